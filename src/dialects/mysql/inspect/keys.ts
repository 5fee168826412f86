import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type {
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import {
  byName,
  groupRows,
  optionalText,
  text,
  type Catalog,
  type CatalogRow,
  type TableRow,
} from './catalog.ts'
import { unescapeExpression } from './columns.ts'
import { readParsers } from './full-text-parsers.ts'
import { readPeriods } from './periods.ts'

const PRIMARY = 'PRIMARY'

/** One key of a table: its rows in the order of its elements. */
interface Key {
  readonly name: string
  readonly kind: string
  readonly unique: boolean
  readonly elements: readonly CatalogRow[]
}

/** All keys by table: one query for primary keys, unique constraints and indexes alike. */
async function readKeys(catalog: Catalog, scope: CatalogScope): Promise<ByTable<readonly Key[]>> {
  const tables = await catalog.tableRows(scope)
  const rows = await catalog.once(scope, 'statistics', () => {
    const { isMariadb } = catalog.traits
    const own = [
      // Functional key parts are MySQL's, from 8.0.13.
      ...(!isMariadb && catalog.isAtLeast([], [8, 0, 13]) ? ['EXPRESSION'] : []),
      ...(!isMariadb && catalog.isAtLeast([], [8]) ? ['IS_VISIBLE'] : []),
      ...(isMariadb && catalog.isAtLeast([10, 6], []) ? ['IGNORED'] : []),
    ]
    return catalog.select(
      scope,
      [
        ...['TABLE_NAME', 'INDEX_NAME', 'NON_UNIQUE', 'COLUMN_NAME', 'SUB_PART'],
        ...['COLLATION', 'INDEX_TYPE', 'INDEX_COMMENT', ...own],
      ],
      'STATISTICS',
      {
        schema: 'TABLE_SCHEMA',
        table: 'TABLE_NAME',
        position: 'SEQ_IN_INDEX',
      },
    )
  })
  const periods = await readPeriods(catalog, scope)
  const keys = new Map<string, readonly Key[]>()
  for (const [table, ofTable] of groupRows(rows, 'table_name')) {
    if (!tables.has(table)) continue
    const ofName = [...groupRows(ofTable, 'index_name')].map(([name, elements]) => ({
      name,
      kind: text(elements[0] ?? {}, 'index_type'),
      unique: Number(elements[0]?.['non_unique']) === 0,
      // The catalog ends `(id, p WITHOUT OVERLAPS)` with the period's two columns.
      elements: periods.get(table)?.keys.has(name) === true ? elements.slice(0, -2) : elements,
    }))
    keys.set(table, ofName.toSorted(byName))
  }
  return keys
}

/** Primary keys; their constraints have no names here. */
export async function readPrimaryKeys(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  const found = new Map<string, ReflectedPrimaryKey>()
  for (const [table, keys] of await readKeys(catalog, scope)) {
    const primary = keys.find(({ name }) => name === PRIMARY)
    if (primary === undefined) continue
    const constrainedColumns = primary.elements.map((row) => text(row, 'column_name'))
    found.set(table, { constrainedColumns, name: null })
  }
  return found
}

/** Unique constraints: every one is an index too, and every unique index of plain columns is one. */
export async function readUniqueConstraints(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  const found = new Map<string, readonly ReflectedUniqueConstraint[]>()
  for (const [table, keys] of await readKeys(catalog, scope)) {
    const unique = keys.filter((key) => key.unique && key.name !== PRIMARY && !hasExpression(key))
    const constraints = unique.map(({ name, elements }) => ({
      name,
      columnNames: elements.map((row) => text(row, 'column_name')),
      duplicatesIndex: name,
    }))
    if (constraints.length > 0) found.set(table, constraints)
  }
  return found
}

/** Indexes, those of unique constraints and foreign keys included. */
export async function readIndexes(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const tables = await catalog.tableRows(scope)
  const keys = await readKeys(catalog, scope)
  const withFullText = [...keys].flatMap(([table, ofTable]) =>
    ofTable.some(({ kind }) => kind === 'FULLTEXT') ? [table] : [],
  )
  const parsers = await readParsers(catalog, scope.schema, withFullText)
  const found = new Map<string, readonly ReflectedIndex[]>()
  for (const [table, ofTable] of keys) {
    const indexes = ofTable
      .filter(({ name }) => name !== PRIMARY)
      .map((key) =>
        reflectIndex(catalog, key, tables.get(table), parsers.get(table)?.get(key.name)),
      )
    if (indexes.length > 0) found.set(table, indexes)
  }
  return found
}

function hasExpression(key: Key): boolean {
  return key.elements.some((row) => row['column_name'] === null)
}

function reflectIndex(
  catalog: Catalog,
  key: Key,
  table: TableRow | undefined,
  parser: string | undefined,
): ReflectedIndex {
  const { reflectsAsReference } = catalog.traits
  const options = {
    ...indexOptions(key, parser),
    ...(reflectsAsReference ? {} : furtherOptions(key, table)),
  }
  const sorted = reflectsAsReference ? [] : descending(key)
  return {
    name: key.name,
    columnNames: key.elements.map((row) => optionalText(row, 'column_name')),
    ...(hasExpression(key)
      ? { expressions: key.elements.map((row) => element(catalog, row)) }
      : {}),
    unique: key.unique,
    ...(sorted.length === 0
      ? {}
      : { columnSorting: Object.fromEntries(sorted.map((name) => [name, ['desc']])) }),
    ...(Object.keys(options).length === 0
      ? {}
      : { dialectOptions: { [catalog.optionsKey]: options } }),
  }
}

/** An element as CREATE INDEX takes it: functional ones in parentheses. */
function element(catalog: Catalog, row: CatalogRow): string {
  const expression = optionalText(row, 'expression')
  if (expression === null) return text(row, 'column_name')
  return `(${unescapeExpression(catalog, expression)})`
}

function descending(key: Key): readonly string[] {
  return key.elements
    .filter((row) => row['collation'] === 'D' && row['column_name'] !== null)
    .map((row) => text(row, 'column_name'))
}

function indexOptions(key: Key, parser: string | undefined): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {}
  const isSpecial = key.kind === 'FULLTEXT' || key.kind === 'SPATIAL'
  if (isSpecial) options['prefix'] = key.kind
  if (parser !== undefined) options['withParser'] = parser
  // A SPATIAL key has a length of its own making, which CREATE INDEX does not take.
  const lengths = isSpecial
    ? []
    : key.elements
        .filter((row) => row['sub_part'] !== null && row['column_name'] !== null)
        .map((row) => [text(row, 'column_name'), Number(row['sub_part'])] as const)
  if (lengths.length > 0) options['length'] = Object.fromEntries(lengths)
  return options
}

/** What the reference does not read. */
function furtherOptions(key: Key, table: TableRow | undefined): Readonly<Record<string, unknown>> {
  const [first = {}] = key.elements
  const options: Record<string, unknown> = {}
  // MEMORY makes hash indexes unless told otherwise; everywhere else BTREE is what there is.
  if (table?.engine === 'MEMORY' && key.kind === 'BTREE') options['using'] = 'BTREE'
  const comment = text(first, 'index_comment')
  if (comment !== '') options['comment'] = comment
  if (text(first, 'ignored') === 'YES') options['ignored'] = true
  if (text(first, 'is_visible') === 'NO') options['invisible'] = true
  return options
}
