import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import { unreadableView } from '../../../engine/unreadable-view.ts'
import type { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { columnAsReference, defaultAsReference, isUnreadByReference } from './as-reference.ts'
import {
  isView,
  optionalText,
  text,
  type Catalog,
  type CatalogRow,
  type TableRow,
} from './catalog.ts'
import { readColumnChecks } from './column-checks.ts'
import { columnType } from './column-type.ts'
import { readableExpression } from './expression-text.ts'
import { readJsonColumns } from './json-columns.ts'

const COLUMNS = [
  'TABLE_NAME',
  'COLUMN_NAME',
  'COLUMN_DEFAULT',
  'IS_NULLABLE',
  'COLUMN_TYPE',
  'CHARACTER_SET_NAME',
  'COLLATION_NAME',
  'EXTRA',
  'COLUMN_COMMENT',
] as const

/** Columns of all tables of the scope: one query, and that for the tables. */
export async function readColumns(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const tables = await catalog.tableRows(scope)
  const rows = await columnRows(catalog, scope)
  const qualifier = scope.schema === null ? await ownQualifier(catalog) : null
  const isJson = await readJsonColumns(catalog, scope, rows)
  const checkOf = await readColumnChecks(catalog, scope, rows)
  const columns = new Map<string, ReflectedColumn[]>([...tables.keys()].map((name) => [name, []]))
  for (const row of rows) {
    const table = tables.get(text(row, 'table_name'))
    if (table === undefined) continue
    const reflected = reflectColumn(catalog, row, table)
    const check = checkOf(table.name, reflected.name)
    const column = isJson(table.name, reflected.name)
      ? { ...reflected, declaredType: 'JSON' }
      : { ...reflected, ...(check !== undefined && { check }) }
    columns.get(table.name)?.push(qualifier === null ? column : withoutQualifier(column, qualifier))
  }
  if (scope.tables !== null) assertReadable(columns, tables)
  return columns
}

/** The servers list no columns of a view that names tables or columns which are gone (error 1356 elsewhere). */
function assertReadable(
  columns: ReadonlyMap<string, readonly ReflectedColumn[]>,
  tables: ReadonlyMap<string, TableRow>,
): void {
  for (const [name, row] of tables) {
    if (isView(row) && columns.get(name)?.length === 0) throw unreadableView(name)
  }
}

/** What MariaDB puts before the sequences of the session's own database in defaults. */
async function ownQualifier(catalog: Catalog): Promise<string> {
  const { preparer } = catalog.connection.dialect
  return `(${preparer.quoteAlways(await catalog.schemaOf(null))}.`
}

/** `nextval(`shop`.`s1`)` → `nextval(`s1`)`: a migration is to run in a database of another name too. */
function withoutQualifier(column: ReflectedColumn, qualifier: string): ReflectedColumn {
  const written = column.default
  if (written === null || !/^(?:nextval|lastval)\(/.test(written)) return column
  return { ...column, default: written.replace(qualifier, '(') }
}

/** The rows themselves, in the order of the columns. */
export function columnRows(catalog: Catalog, scope: CatalogScope): Promise<readonly CatalogRow[]> {
  return catalog.once(scope, 'columns', () => {
    const generated = catalog.isAtLeast([10, 2, 5], [5, 7, 6]) ? ['GENERATION_EXPRESSION'] : []
    const srid = !catalog.traits.isMariadb && catalog.isAtLeast([], [8, 0, 3]) ? ['SRS_ID'] : []
    return catalog.select(scope, [...COLUMNS, ...generated, ...srid], 'COLUMNS', {
      schema: 'TABLE_SCHEMA',
      table: 'TABLE_NAME',
      position: 'ORDINAL_POSITION',
    })
  })
}

function reflectColumn(catalog: Catalog, row: CatalogRow, table: TableRow): ReflectedColumn {
  const name = text(row, 'column_name')
  const extra = text(row, 'extra')
  const srid = optionalText(row, 'srs_id')
  const type = columnType(
    {
      columnType: text(row, 'column_type'),
      characters: ownCharacters(row, table),
      srid: srid === null ? null : Number(srid),
    },
    name,
  )
  if (catalog.traits.reflectsAsReference && isUnreadByReference(row)) {
    const autoincrement = type.affinity === 'Integer' ? { autoincrement: false } : {}
    return { name, type, nullable: true, default: null, comment: null, ...autoincrement }
  }
  const computed = computedOf(catalog, row, extra)
  const isNullable = text(row, 'is_nullable') === 'YES'
  const comment = text(row, 'column_comment')
  const column: ReflectedColumn = {
    name,
    type,
    // The reference reads views through DESCRIBE, whose word NO it takes for yes.
    nullable: isNullable || (catalog.traits.reflectsAsReference && isView(table)),
    default: computed === null ? defaultOf(catalog, row, extra) : null,
    comment: comment === '' ? null : comment,
    ...(/\bauto_increment\b/i.test(extra)
      ? { autoincrement: true }
      : type.affinity === 'Integer'
        ? { autoincrement: false }
        : {}),
    ...(computed === null ? {} : { computed }),
    ...ownOptions(catalog, text(row, 'column_type'), extra),
  }
  return catalog.traits.reflectsAsReference ? columnAsReference(column, extra) : column
}

/** What only these servers say of a column. */
function ownOptions(
  catalog: Catalog,
  columnTypeText: string,
  extra: string,
): Pick<ReflectedColumn, 'dialectOptions'> {
  if (catalog.traits.reflectsAsReference) return {}
  const options = {
    ...(/\bCOMPRESSED\b/.test(columnTypeText) ? { compressed: true } : {}),
    ...(/\bINVISIBLE\b/.test(extra) ? { invisible: true } : {}),
    ...(extra.includes('WITHOUT SYSTEM VERSIONING') ? { systemVersioning: false } : {}),
  }
  if (Object.keys(options).length === 0) return {}
  return { dialectOptions: { [catalog.optionsKey]: options } }
}

/** Character set and collation, where they are not the table's; a view has none to differ from. */
function ownCharacters(
  row: CatalogRow,
  table: TableRow,
): { readonly charset: string; readonly collation: string } | null {
  const charset = optionalText(row, 'character_set_name')
  const collation = optionalText(row, 'collation_name')
  if (charset === null || collation === null || table.collation === null) return null
  return collation === table.collation ? null : { charset, collation }
}

/** Both servers put the expression in parentheses where they show the whole definition. */
function computedOf(
  catalog: Catalog,
  row: CatalogRow,
  extra: string,
): { readonly sqltext: string; readonly persisted: boolean } | null {
  const kind = /\b(VIRTUAL|STORED|PERSISTENT)\b(?: GENERATED)?/i.exec(extra)
  const expression = optionalText(row, 'generation_expression')
  if (kind === null || expression === null || expression === '') return null
  return {
    sqltext: `(${unescapeExpression(catalog, expression)})`,
    persisted: kind[1]?.toUpperCase() !== 'VIRTUAL',
  }
}

/** MySQL escapes the quotes of expressions in its catalog, MariaDB doesn't. */
export function unescapeExpression(catalog: Catalog, expression: string): string {
  return catalog.traits.isMariadb
    ? readableExpression(catalog.connection.dialect, expression)
    : expression.replaceAll(String.raw`\'`, "'")
}

/** The default as DDL writes it, with the ON UPDATE that stands behind it. */
function defaultOf(catalog: Catalog, row: CatalogRow, extra: string): string | null {
  const written = writtenDefault(catalog, row, extra)
  if (written === null) return null
  const onUpdate = /\bon update (\S+)/i.exec(extra)?.[1]
  const whole = onUpdate === undefined ? written : `${written} ON UPDATE ${onUpdate}`
  const read = catalog.traits.reflectsAsReference ? defaultAsReference(whole) : whole
  return read === 'NULL' ? null : read
}

/** MariaDB from 10.2.7 keeps defaults as SQL, MySQL the bare value, or the expression with a mark beside it. */
function writtenDefault(catalog: Catalog, row: CatalogRow, extra: string): string | null {
  const stored = optionalText(row, 'column_default')
  const hasOnUpdate = /\bon update\b/i.test(extra)
  if (stored === null) {
    return hasOnUpdate && text(row, 'is_nullable') === 'YES' ? 'NULL' : null
  }
  if (catalog.traits.isMariadb && catalog.isAtLeast([10, 2, 7], [])) {
    return unescapeExpression(catalog, stored)
  }
  const isTime = /^(?:timestamp|datetime)/i.test(text(row, 'column_type'))
  if (isTime && /^current_timestamp\b/i.test(stored)) return stored
  if (/\bDEFAULT_GENERATED\b/i.test(extra)) return `(${unescapeExpression(catalog, stored)})`
  if (/^bit\b/i.test(text(row, 'column_type'))) return stored
  const literals: LiteralCompiler = catalog.connection.dialect.literals
  return literals.renderString(stored, null)
}
