import type { EnumType } from '../../../sql/types/enum.ts'
import type { ConvertedColumn, TypeStatement } from '../types/type-statements.ts'
import type { PostgresqlSqlCompiler } from './sql.ts'
import type { PostgresqlTypeCompiler } from './types.ts'

type StatementOf<K extends TypeStatement['kind']> = Extract<TypeStatement, { readonly kind: K }>
type Replacements = Readonly<Record<string, string>>

/** Writes how columns go over to an enumeration type of the same name with other labels. */
export class EnumConversion {
  readonly #sql: PostgresqlSqlCompiler

  constructor(sql: PostgresqlSqlCompiler) {
    this.#sql = sql
  }

  /** One statement, and so one new copy of the table, for all its columns. */
  columns({ type, table, columns, replace }: StatementOf<'convertEnumColumns'>): string {
    const actions = columns.flatMap((column) => this.#actions(type, column, replace))
    return `ALTER TABLE ${this.#sql.preparer.formatTable(table)} ${actions.join(', ')}`
  }

  /** PostgreSQL 15, ALTER TABLE: a default is not converted by USING, so it goes before and comes back after. */
  #actions(type: EnumType, column: ConvertedColumn, replace: Replacements): string[] {
    const name = this.#sql.preparer.quote(column.name)
    const target = this.#target(type, column.isArray)
    const change = `ALTER COLUMN ${name} TYPE ${target} USING ${this.#using(name, type, column.isArray, replace)}`
    if (column.default === null) return [change]
    const back = `ALTER COLUMN ${name} SET DEFAULT ${column.default}`
    return [`ALTER COLUMN ${name} DROP DEFAULT`, change, back]
  }

  #name(type: EnumType): string {
    return (this.#sql.types as PostgresqlTypeCompiler).formatType(type)
  }

  #target(type: EnumType, isArray: boolean): string {
    return this.#name(type) + (isArray ? '[]' : '')
  }

  #literal(value: string): string {
    return this.#sql.literals.renderString(value, null)
  }

  /** What a column's value becomes. `name` is SQL. */
  #using(name: string, type: EnumType, isArray: boolean, replace: Replacements): string {
    const target = this.#target(type, isArray)
    const pairs = Object.entries(replace)
    if (pairs.length === 0) return `${name}::text${isArray ? '[]' : ''}::${target}`
    if (isArray) {
      // A subquery is not allowed in USING; array_replace() keeps the array's dimensions.
      const replaced = pairs.reduce(
        (array, [from, to]) =>
          `array_replace(${array}, ${this.#literal(from)}, ${this.#literal(to)})`,
        `${name}::text[]`,
      )
      return `${replaced}::${target}`
    }
    const cases = pairs.map(([from, to]) => `WHEN ${this.#literal(from)} THEN ${this.#literal(to)}`)
    return `(CASE ${name}::text ${cases.join(' ')} ELSE ${name}::text END)::${target}`
  }

  /**
   * A block that finds the columns where the script is run. `%1$s` is the table, `%2$I` the column, `%3$s` the default.
   */
  script({ type, formerName, replace }: StatementOf<'convertEnumInScript'>): string {
    const former = Object.assign(type.clone(), { name: formerName })
    const name = this.#literal(this.#name(former))
    const using = (isArray: boolean): string =>
      this.#literal(
        ` TYPE ${this.#format(this.#target(type, isArray))} USING ${this.#format(this.#using('\0', type, isArray, replace)).replaceAll('\0', '%2$I')}`,
      )
    return `DO $alembic$
DECLARE
    it record;
BEGIN
    FOR it IN
        SELECT a.attrelid::regclass AS tab, a.attname AS col, a.atttypid = t.oid AS single,
               replace(pg_catalog.pg_get_expr(d.adbin, d.adrelid), pg_catalog.format_type(t.oid, NULL), ${this.#literal(this.#name(type))}) AS def
          FROM pg_catalog.pg_type t
          JOIN pg_catalog.pg_attribute a ON a.atttypid IN (t.oid, t.typarray)
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
          LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE t.oid = ${name}::regtype AND c.relkind IN ('r', 'p') AND a.attnum > 0
           AND NOT a.attisdropped AND a.attinhcount = 0
         ORDER BY 1, a.attnum
    LOOP
        EXECUTE pg_catalog.format(
            'ALTER TABLE %1$s '
            || CASE WHEN it.def IS NULL THEN '' ELSE 'ALTER COLUMN %2$I DROP DEFAULT, ' END
            || 'ALTER COLUMN %2$I' || CASE WHEN it.single THEN ${using(false)} ELSE ${using(true)} END
            || CASE WHEN it.def IS NULL THEN '' ELSE ', ALTER COLUMN %2$I SET DEFAULT %3$s' END,
            it.tab, it.col, it.def);
    END LOOP;
END
$alembic$`
  }

  /** Text as a part of what `format()` reads. */
  #format(text: string): string {
    return text.replaceAll('%', '%%')
  }
}
