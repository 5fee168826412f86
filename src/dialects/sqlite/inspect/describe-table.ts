import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { verbatimText } from '../../../sql/elements/placeholders.ts'
import type { ColumnRow } from './catalog.ts'
import { resolveColumnType } from './column-types.ts'
import { parseCreateIndex } from './create-index.ts'
import type { ParsedForeignKey, ParsedKey, ParsedTable } from './create-table.ts'
import { isSameName, trimComments } from './tokens.ts'

/** A table as its two sources have it: the columns of the catalog, and what the stored statement says beyond them. */
export interface TableSources {
  readonly columns: readonly ColumnRow[]
  readonly parsed: ParsedTable
}

/** Options under the dialect's name; none where all are at their defaults. */
function ownOptions(options: Readonly<Record<string, unknown>>): {
  readonly dialectOptions?: ReflectedDialectOptions
} {
  const given = Object.entries(options).filter(([, value]) => value !== null && value !== undefined)
  return given.length === 0 ? {} : { dialectOptions: { sqlite: Object.fromEntries(given) } }
}

/** Names of columns as the table declares them: SQLite doesn't mind the case in which constraints name them. */
function declaredNames(table: TableSources, names: readonly string[]): string[] {
  return names.map(
    (name) => table.columns.find((column) => isSameName(column.name, name))?.name ?? name,
  )
}

/** The columns, those of virtual tables that only queries can use left out. */
export function describeColumns(table: TableSources): ReflectedColumn[] {
  return table.columns.filter(({ hidden }) => hidden !== 1).map((row) => describeColumn(row, table))
}

function describeColumn(row: ColumnRow, { parsed }: TableSources): ReflectedColumn {
  const written = parsed.columns.find(({ name }) => isSameName(name, row.name))
  // SQLite takes the first words of GENERATED ALWAYS AS for a part of the type.
  const declaredType = row.hidden >= 2 ? row.type.replace(/\s*\bGENERATED ALWAYS$/i, '') : row.type
  const computed =
    row.hidden < 2
      ? {}
      : { computed: { sqltext: written?.generated ?? '', persisted: row.hidden === 3 } }
  return {
    name: row.name,
    type: resolveColumnType(declaredType),
    // The catalog takes the quotes off, and words in them may be no type then.
    declaredType: written?.type ?? declaredType,
    nullable: row.notnull === 0,
    default: row.default === null ? null : trimComments(String(row.default)),
    primaryKey: row.pk,
    ...computed,
    ...ownOptions({
      collation: written?.collation,
      onConflictNotNull: written?.onConflictNotNull,
    }),
  }
}

/** The primary key; the catalog knows its columns, the statement its name. */
export function describePrimaryKey(table: TableSources): ReflectedPrimaryKey {
  const members = table.columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  const { primaryKey } = table.parsed
  return {
    constrainedColumns: members.map(({ name }) => name),
    name: members.length === 0 ? null : (primaryKey?.name ?? null),
    ...ownOptions({ onConflict: primaryKey?.onConflict }),
  }
}

/** Unique constraints, each combination of columns once: SQLite makes one index for all that say the same. */
export function describeUniques(table: TableSources): ReflectedUniqueConstraint[] {
  const known = new Set<string>()
  const primaryKey = describePrimaryKey(table).constrainedColumns.join('\0')
  const uniques: ReflectedUniqueConstraint[] = []
  for (const unique of table.parsed.uniques.toSorted(byPlace)) {
    const columnNames = declaredNames(table, unique.columns)
    const key = columnNames.join('\0')
    if (known.has(key) || (key === primaryKey && unique.name === null)) continue
    known.add(key)
    uniques.push({
      name: unique.name,
      columnNames,
      ...ownOptions({ onConflict: unique.onConflict }),
    })
  }
  return uniques
}

/** Constraints of the table before those of columns, as the reference lists them. */
function byPlace(a: ParsedKey, b: ParsedKey): number {
  return Number(a.inline) - Number(b.inline)
}

/** CHECK constraints, by name, those without one last. */
export function describeChecks({ parsed }: TableSources): ReflectedCheckConstraint[] {
  const checks = parsed.checks.map(({ name, sqltext, onConflict }) => ({
    name,
    sqltext,
    ...ownOptions({ onConflict }),
  }))
  const place = (name: string | null): string => name ?? '~'
  return checks.toSorted((a, b) => compare(place(a.name), place(b.name)))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Foreign keys, in the reference's order: the table's, then those of columns, last one first. `primaryKeyOf` finds the columns that one without a list points at. */
export function describeForeignKeys(
  table: TableSources,
  schema: string | null,
  primaryKeyOf: (table: string) => readonly string[],
): ReflectedForeignKey[] {
  const { foreignKeys } = table.parsed
  const ofColumns = foreignKeys.filter(({ inline }) => inline).toReversed()
  return [...foreignKeys.filter(({ inline }) => !inline), ...ofColumns].map((foreignKey) => {
    const { referredColumns, referredTable } = foreignKey
    return {
      name: foreignKey.name,
      constrainedColumns: declaredNames(table, foreignKey.columns),
      referredSchema: schema,
      referredTable,
      referredColumns: referredColumns.length > 0 ? referredColumns : primaryKeyOf(referredTable),
      options: foreignKeyOptions(foreignKey),
    }
  })
}

function foreignKeyOptions(foreignKey: ParsedForeignKey): ReflectedForeignKey['options'] {
  const { onupdate, ondelete, deferrable, initially, match } = foreignKey
  return {
    ...(onupdate === null || onupdate === 'NO ACTION' ? {} : { onupdate }),
    ...(ondelete === null || ondelete === 'NO ACTION' ? {} : { ondelete }),
    ...(deferrable === null ? {} : { deferrable }),
    ...(initially === null ? {} : { initially }),
    ...(match === null ? {} : { match }),
  }
}

/** An index from its statement. */
export function describeIndex(name: string, sql: string, table: TableSources): ReflectedIndex {
  const { unique, elements, where } = parseCreateIndex(sql)
  const keys = elements.map(({ name: column, expression }) => {
    const [declared] = column === null ? [null] : declaredNames(table, [column])
    const isColumn = table.columns.some((candidate) => candidate.name === declared)
    return { columnName: isColumn ? (declared ?? null) : null, expression }
  })
  const keyOf = (at: number): string => keys[at]?.columnName ?? keys[at]?.expression ?? ''
  const sorted = elements.flatMap(({ descending }, at) =>
    descending ? [[keyOf(at), ['desc']] as const] : [],
  )
  const collated = elements.flatMap(({ collation }, at) =>
    collation === null ? [] : [[keyOf(at), collation] as const],
  )
  return {
    name,
    columnNames: keys.map(({ columnName }) => columnName),
    ...(keys.some(({ columnName }) => columnName === null)
      ? { expressions: keys.map(({ expression }) => expression) }
      : {}),
    unique,
    ...(sorted.length === 0 ? {} : { columnSorting: Object.fromEntries(sorted) }),
    ...ownOptions({
      where: where === null ? null : verbatimText(where),
      collate: collated.length === 0 ? null : Object.fromEntries(collated),
    }),
  }
}

/** Table options that differ from the defaults, under the dialect's name. */
export function describeOptions({ parsed }: TableSources): ReflectedDialectOptions {
  const options = {
    ...(parsed.autoincrement ? { autoincrement: true } : {}),
    ...(parsed.withoutRowid ? { withRowid: false } : {}),
    ...(parsed.strict ? { strict: true } : {}),
  }
  return Object.keys(options).length === 0 ? {} : { sqlite: options }
}
