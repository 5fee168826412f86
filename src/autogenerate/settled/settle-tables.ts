import type { TableDefinitions } from '../../impl/table-definitions.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { ExistingTable } from '../compare/existing-table.ts'
import type { ColumnFacts, FactPair, OpenSettlement, Settle } from './settlement.ts'

/** A table in which nothing changed, as far as can be told before the server is asked. */
export interface NearlySettled {
  readonly table: ExistingTable
  readonly open: readonly OpenSettlement[]
}

/**
 * The tables about which every comparator says that it would find nothing: no objects need to be made of what was read of them.
 * Hooks that look at objects, and comparators that can't say so, leave none.
 */
export function nearlySettled(
  context: AutogenContext,
  tables: readonly ExistingTable[],
): readonly NearlySettled[] {
  const { comparators, dialect, opts } = context
  if ((opts.includeObject ?? null) !== null || (opts.includeName ?? null) !== null) return []
  const settlers = comparators.settlers(dialect.name)
  if (settlers === null || tables.some(isRenamed)) return []
  return tables.flatMap((table) => {
    const open = settle(context, table, settlers)
    return open === null ? [] : [{ table, open }]
  })
}

/** Names of foreign keys may be made of that of a table that goes on under another one. */
function isRenamed({ reflected }: ExistingTable): boolean {
  return reflected.renamedFrom !== undefined
}

/** What the server has to be asked about them. */
export function questionsOf(tables: Iterable<NearlySettled>): readonly TableDefinitions[] {
  return [...tables].flatMap(({ open }) => open.map(({ questions }) => questions))
}

/** What is left open; `null` where a comparator has to look closer. */
function settle(
  context: AutogenContext,
  table: ExistingTable,
  settlers: readonly Settle<AutogenContext>[],
): readonly OpenSettlement[] | null {
  const pair = factPair(table)
  if (pair === null) return null
  const open: OpenSettlement[] = []
  for (const settler of settlers) {
    const settlement = settler(context, pair)
    if (settlement === false) return null
    if (settlement !== true) open.push(settlement)
  }
  return open
}

/** `null` where the columns are not the same by name, or anything goes on under another one. */
function factPair({ reflected, metadataTable }: ExistingTable): FactPair | null {
  const wanted = metadataTable.columns.filter((column) => !column.system)
  const saysRename = metadataTable.renamedFrom !== null
  const isElsewhere = (metadataTable.schema ?? null) !== (reflected.schema ?? null)
  if (saysRename || isElsewhere || wanted.length !== reflected.columns.length) return null
  const columns: ColumnFacts[] = []
  let byName: Map<string, Column> | undefined
  for (const [at, fact] of reflected.columns.entries()) {
    let metadata = wanted[at]
    if (metadata?.name !== fact.name) {
      byName ??= new Map(wanted.map((column) => [column.name, column]))
      metadata = byName.get(fact.name)
    }
    if (metadata === undefined || metadata.renamedFrom !== null) return null
    if (fact.renamedFrom !== undefined) return null
    columns.push({ reflected: fact, metadata })
  }
  return { reflected, metadataTable, columns }
}
