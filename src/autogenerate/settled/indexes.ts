import type { ReflectedIndex } from '../../engine/reflected.ts'
import { ColumnExpression } from '../../sql/elements/column-expression.ts'
import type { DialectOptions } from '../../sql/schema/dialect-options.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { Index } from '../../sql/schema/table-index.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { FactPair } from './settlement.ts'

/** An index or unique constraint over plain columns, about which nothing else is said. */
interface PlainKey {
  /** `null` for a unique constraint that the server is to name. */
  readonly name: string | null
  readonly kind: 'index' | 'unique index' | 'unique constraint'
  readonly columns: string
}

/** One of the database. */
interface PlainKeyThere extends PlainKey {
  /** The catalog has it as an index and as a constraint. */
  readonly isBoth: boolean
  /** The database made it on its own. */
  readonly isImplicit: boolean
}

/** Indexes and unique constraints are the same by name and columns, and none has options, orders or expressions. */
export function settleIndexes(context: AutogenContext, pair: FactPair): boolean {
  const there = reflectedKeys(context, pair)
  const wanted = there === null ? null : modelKeys(context, pair)
  if (there === null || wanted === null) return false
  const open = new Map(there.map((key) => [key.name, key]))
  // Two of one name, or without.
  if (open.size !== there.length) return false
  for (const key of wanted) {
    if (key.name === null) continue
    const same = open.get(key.name)
    if (same === undefined || !isAlike(same, key)) return false
    open.delete(key.name)
  }
  if (!wanted.every((key) => key.name !== null || takeAlike(open, key))) return false
  return [...open.values()].every(({ isImplicit }) => isImplicit)
}

function isAlike(there: PlainKeyThere, wanted: PlainKey): boolean {
  if (there.columns !== wanted.columns) return false
  return there.isBoth ? wanted.kind !== 'index' : there.kind === wanted.kind
}

/** Takes out one of those without a counterpart by name. */
function takeAlike(open: Map<string | null, PlainKeyThere>, wanted: PlainKey): boolean {
  for (const [name, key] of open) {
    if (isAlike(key, wanted)) return open.delete(name)
  }
  return false
}

/** `null` where one of them says more than a name and columns. */
function reflectedKeys(
  { comparison }: AutogenContext,
  { reflected }: FactPair,
): readonly PlainKeyThere[] | null {
  const keys: PlainKeyThere[] = []
  const doubled = new Set<string | null>()
  for (const {
    name,
    columnNames,
    duplicatesIndex,
    dialectOptions,
  } of reflected.uniqueConstraints) {
    if (!saysNothing(dialectOptions)) return null
    if (duplicatesIndex !== undefined) doubled.add(duplicatesIndex)
    else keys.push({ name, kind: 'unique constraint', columns: listed(columnNames), ...NEITHER })
  }
  for (const index of reflected.indexes) {
    const { name, columnNames, duplicatesConstraint, unique } = index
    if (duplicatesConstraint !== undefined) continue
    if (!isPlain(index)) return null
    keys.push({
      name,
      kind: unique ? 'unique index' : 'index',
      columns: listed(columnNames),
      isBoth: doubled.has(name),
      isImplicit: comparison.isMadeForForeignKey(index, reflected),
    })
  }
  return keys
}

const NEITHER = { isBoth: false, isImplicit: false } as const

function isPlain(index: ReflectedIndex): boolean {
  const { expressions, columnSorting, includeColumns, dialectOptions } = index
  return (
    expressions === undefined &&
    (columnSorting === undefined || Object.keys(columnSorting).length === 0) &&
    (includeColumns === undefined || includeColumns.length === 0) &&
    saysNothing(dialectOptions)
  )
}

function modelKeys(
  { dialect }: AutogenContext,
  { metadataTable }: FactPair,
): readonly PlainKey[] | null {
  const keys: PlainKey[] = []
  for (const constraint of metadataTable.constraints) {
    if (!(constraint instanceof UniqueConstraint)) continue
    if (constraint.columnKeys.length === 0 || !saysNothing(constraint.dialectOptions)) return null
    const resolved = resolveName(constraint)
    const name = resolved === null ? null : dialect.preparer.fitConstraint(resolved)
    const columns = listed(constraint.columns.map((column) => column.name))
    keys.push({ name, kind: 'unique constraint', columns })
  }
  for (const index of metadataTable.indexes) {
    const resolved = resolveName(index)
    const columns = plainColumns(index)
    if (resolved === null || columns === null || !saysNothing(index.dialectOptions)) return null
    const name = dialect.preparer.fitIndex(resolved)
    keys.push({ name, kind: index.unique ? 'unique index' : 'index', columns: listed(columns) })
  }
  return keys
}

function plainColumns({ elements }: Index): readonly string[] | null {
  const columns = elements.map((element) =>
    element instanceof ColumnExpression ? element.name : null,
  )
  return columns.every((column) => column !== null) ? columns : null
}

function listed(columns: readonly (string | null)[]): string {
  return columns.join('\0')
}

/** Whether all options of all databases are empty, or off. */
function saysNothing(options: DialectOptions = {}): boolean {
  for (const own of Object.values(options)) {
    for (const value of Object.values(own ?? {})) {
      if (Array.isArray(value) ? value.length > 0 : Boolean(value)) return false
    }
  }
  return true
}
