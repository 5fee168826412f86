import type { ForeignKeyConstraint } from './foreign-key.ts'
import type { OwnerTable } from './owner.ts'

/** A table whose foreign keys say what must come before it. */
export interface SortableTable extends OwnerTable {
  readonly foreignKeyConstraints: readonly ForeignKeyConstraint[]
}

/** Tables in dependency order, and the foreign keys that no order can satisfy. */
export interface SortedTables<T> {
  readonly tables: readonly T[]
  readonly cyclic: readonly ForeignKeyConstraint[]
}

/**
 * Sorts tables such that each comes after those that it refers to; by key where that leaves a choice.
 * Foreign keys within a cycle of tables are set aside and returned as `cyclic`.
 */
export function sortTables<T extends SortableTable>(tables: readonly T[]): SortedTables<T> {
  const byKey = new Map(tables.map((table) => [table.key, table]))
  const parents = new Map<string, Set<string>>()
  for (const table of tables) parents.set(table.key, parentKeys(table, byKey))
  let waiting = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  const sorted: T[] = []
  const cyclic: ForeignKeyConstraint[] = []
  while (waiting.length > 0) {
    const ready = waiting.filter((table) => parents.get(table.key)?.size === 0)
    if (ready.length === 0) {
      cyclic.push(...cutCycles(waiting, parents))
      continue
    }
    sorted.push(...ready)
    const done = new Set(ready.map((table) => table.key))
    waiting = waiting.filter((table) => !done.has(table.key))
    for (const table of waiting) for (const key of done) parents.get(table.key)?.delete(key)
  }
  return { tables: sorted, cyclic }
}

function parentKeys(table: SortableTable, known: ReadonlyMap<string, unknown>): Set<string> {
  const keys = new Set<string>()
  for (const constraint of table.foreignKeyConstraints) {
    const key = constraint.useAlter ? undefined : constraint.referredTable?.key
    if (key !== undefined && key !== table.key && known.has(key)) keys.add(key)
  }
  return keys
}

/** Removes the edges between tables that can reach each other, and returns their foreign keys. */
function cutCycles(
  waiting: readonly SortableTable[],
  parents: ReadonlyMap<string, Set<string>>,
): ForeignKeyConstraint[] {
  const reachable = new Map(waiting.map((table) => [table.key, reach(table.key, parents)]))
  const cut: ForeignKeyConstraint[] = []
  for (const table of waiting) {
    for (const constraint of table.foreignKeyConstraints) {
      const target = constraint.referredTable?.key
      if (target === undefined || target === table.key) continue
      if (!parents.get(table.key)?.has(target)) continue
      if (reachable.get(target)?.has(table.key) === true) cut.push(constraint)
    }
  }
  for (const constraint of cut) {
    const target = constraint.referredTable?.key
    if (target !== undefined) parents.get(constraint.table?.key ?? '')?.delete(target)
  }
  return cut
}

function reach(start: string, parents: ReadonlyMap<string, Set<string>>): Set<string> {
  const seen = new Set<string>()
  const stack = [...(parents.get(start) ?? [])]
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    stack.push(...(parents.get(key) ?? []))
  }
  return seen
}
