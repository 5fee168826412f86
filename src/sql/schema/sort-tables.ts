import { strongComponents } from '../../util/strong-components.ts'
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
  const waiting = new Map([...byKey].sort(([a], [b]) => (a < b ? -1 : 1)))
  const { parents, children } = dependencies([...waiting.values()], byKey)
  const withoutParents = (): T[] =>
    [...waiting.values()].filter((table) => parents.get(table.key)?.size === 0)
  const sorted: T[] = []
  const cyclic: ForeignKeyConstraint[] = []
  let ready = withoutParents()
  while (waiting.size > 0) {
    if (ready.length === 0) {
      cyclic.push(...cutCycles([...waiting.values()], parents))
      ready = withoutParents()
    }
    const next: T[] = []
    for (const table of ready) {
      sorted.push(table)
      waiting.delete(table.key)
      for (const child of children.get(table.key) ?? []) {
        const left = parents.get(child.key)
        if (left?.delete(table.key) === true && left.size === 0) next.push(child)
      }
    }
    ready = next.sort((a, b) => (a.key < b.key ? -1 : 1))
  }
  return { tables: sorted, cyclic }
}

/** For each table the keys of those that it refers to, and the tables that refer to it. */
function dependencies<T extends SortableTable>(
  tables: readonly T[],
  known: ReadonlyMap<string, T>,
): { readonly parents: Map<string, Set<string>>; readonly children: Map<string, T[]> } {
  const parents = new Map<string, Set<string>>()
  const children = new Map<string, T[]>()
  for (const table of tables) {
    const keys = parentKeys(table, known)
    parents.set(table.key, keys)
    for (const key of keys) {
      const referring = children.get(key)
      if (referring === undefined) children.set(key, [table])
      else referring.push(table)
    }
  }
  return { parents, children }
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
  const component = strongComponents(
    waiting.map((table) => table.key),
    parents,
  )
  const cut: ForeignKeyConstraint[] = []
  for (const table of waiting) {
    for (const constraint of table.foreignKeyConstraints) {
      const target = constraint.referredTable?.key
      if (target === undefined || target === table.key) continue
      if (!parents.get(table.key)?.has(target)) continue
      if (component.get(target) === component.get(table.key)) cut.push(constraint)
    }
  }
  for (const constraint of cut) {
    const target = constraint.referredTable?.key
    if (target !== undefined) parents.get(constraint.table?.key ?? '')?.delete(target)
  }
  return cut
}
