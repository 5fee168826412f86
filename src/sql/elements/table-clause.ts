import { brand } from '../../util/brand.ts'
import { NoSuchObjectError } from '../../errors/schema-error.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import { ColumnExpression, type TableReference } from './column-expression.ts'
import { givenSchema, nameParts, type NameLike } from './identifier.ts'
import { TableExpression } from './statements.ts'

/** A column by name, outside any `MetaData`: what `sa.column()` makes. */
export class ColumnClause<Name extends string = string> extends ColumnExpression {
  static {
    brand(this, 'ColumnClause')
  }

  declare readonly $name: Name
  override readonly name: string
  override readonly quote: boolean | null
  override readonly type: TypeEngine | null
  override table: TableReference | null = null

  constructor(name: NameLike, type: TypeEngine | null = null) {
    super()
    const parts = nameParts(name)
    this.name = parts.text
    this.quote = parts.quote
    this.type = type
  }
}

/** Columns by name, as far as the compiler knows their names. */
type ClausesByName<Columns extends readonly ColumnClause[]> = number extends Columns['length']
  ? Readonly<Record<string, ColumnClause>>
  : string extends Columns[number]['$name']
    ? Readonly<Record<string, ColumnClause>>
    : { readonly [C in Columns[number] as C['$name']]: C }

/** A table by name with just the columns that a data migration needs: what `sa.table()` makes. */
export class TableClause<
  Columns extends readonly ColumnClause[] = readonly ColumnClause[],
> extends TableExpression {
  static {
    brand(this, 'TableClause')
  }

  override readonly name: string
  override readonly quote: boolean | null
  override readonly schema: string | null
  override readonly columns: readonly ColumnClause[]

  constructor(name: NameLike, columns: readonly ColumnClause[], schema: string | null = null) {
    super()
    const parts = nameParts(name)
    this.name = parts.text
    this.quote = parts.quote
    this.schema = schema
    this.columns = columns
    for (const column of columns) column.table = this
  }

  /** The columns by name. */
  get c(): ClausesByName<Columns> {
    const { name } = this
    const byName = Object.fromEntries(this.columns.map((column) => [column.name, column]))
    return new Proxy(byName, {
      get(target, key) {
        if (typeof key !== 'string' || Object.hasOwn(target, key)) return target[key as string]
        throw new NoSuchObjectError(
          `Table '${name}' has no column '${key}'; list it in sa.table('${name}', sa.column('${key}'))`,
        )
      },
    }) as ClausesByName<Columns>
  }
}

/**
 * A reference to a column by name.
 *
 * @example
 * sa.column('name', sa.String())
 */
export function column<const N extends string>(name: N, type?: TypeEngine): ColumnClause<N>
export function column(name: NameLike, type?: TypeEngine): ColumnClause
export function column(name: NameLike, type?: TypeEngine): ColumnClause {
  return new ColumnClause(name, type ?? null)
}

interface TableClauseOptions {
  readonly schema?: string | null
}

/**
 * A table for data migrations: its name and the columns that are used.
 *
 * @example
 * const account = sa.table('account', sa.column('name', sa.String()))
 * await op.execute(sa.update(account).values({ name: 'x' }))
 */
export function table<const C extends readonly ColumnClause[]>(
  name: NameLike,
  ...columns: C
): TableClause<C>
export function table<const C extends readonly ColumnClause[]>(
  name: NameLike,
  ...rest: readonly [...C, TableClauseOptions]
): TableClause<C>
export function table(
  name: NameLike,
  ...rest: readonly (ColumnClause | TableClauseOptions)[]
): TableClause {
  const columns: ColumnClause[] = []
  let schema: string | null = null
  for (const item of rest) {
    if (item instanceof ColumnClause) columns.push(item)
    else schema = givenSchema(item.schema)
  }
  return new TableClause(name, columns, schema)
}
