import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { ReflectedDialectOptions } from '../../../engine/reflected.ts'
import { isTable, SYSTEM_VERSIONED, type Catalog, type TableRow } from './catalog.ts'
import { asReferencePartitions, isReferenceOption } from './as-reference.ts'
import { partitionOptions } from './partitions.ts'

/** Of CREATE_OPTIONS, what is no option: a mark, and what Aria says of every table. */
const NOT_OPTIONS: ReadonlySet<string> = new Set(['partitioned', 'transactional'])

/** Options of tables, by the name of the dialect; partitions are asked for with SHOW CREATE TABLE, for tables with any. */
export async function readTableOptions(
  catalog: Catalog,
  scope: CatalogScope,
): Promise<ByTable<ReflectedDialectOptions>> {
  const found = new Map<string, ReflectedDialectOptions>()
  for (const row of (await catalog.tableRows(scope)).values()) {
    if (!isTable(row)) continue
    const options: Record<string, string | boolean> = { ...ownOptions(catalog, row) }
    if (row.type === SYSTEM_VERSIONED && !catalog.traits.reflectsAsReference) {
      options['systemVersioning'] = true
    }
    if (/\bpartitioned\b/.test(row.createOptions)) {
      const definition = await catalog.showCreate(row.name, scope.schema)
      const read = catalog.traits.reflectsAsReference
        ? asReferencePartitions(definition, catalog.traits.name)
        : partitionOptions(definition)
      Object.assign(options, read)
    }
    found.set(row.name, { [catalog.optionsKey]: options })
  }
  return found
}

function ownOptions(catalog: Catalog, row: TableRow): Readonly<Record<string, string>> {
  const options: Record<string, string> = {}
  if (row.comment !== '') options['comment'] = row.comment
  if (row.engine !== null) options['engine'] = row.engine
  if (row.collation !== null) {
    // Every collation begins with the name of its character set.
    options['defaultCharset'] = row.collation.split('_')[0] ?? row.collation
    options['collate'] = row.collation
  }
  const { reflectsAsReference } = catalog.traits
  for (const [name, value] of createOptions(row.createOptions)) {
    if (!reflectsAsReference || isReferenceOption(name)) options[camelCase(name)] = value
  }
  // SHOW CREATE TABLE has PAGE_CHECKSUM=1 for Aria, in which the reference finds CHECKSUM=1.
  if (reflectsAsReference && row.engine === 'Aria') options['checksum'] = '1'
  return options
}

/** ``row_format=DYNAMIC `encrypted`='no'``: words with values, quoted where they are engine-defined. */
function createOptions(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/`?(\w+)`?(?:=('(?:''|[^'])*'|\S+))?/g)].flatMap(
    ([, name = '', value]) =>
      value === undefined || NOT_OPTIONS.has(name.toLowerCase())
        ? []
        : [[name.toLowerCase(), value] as const],
  )
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())
}
