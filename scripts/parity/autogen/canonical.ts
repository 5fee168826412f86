type Described = Readonly<Record<string, unknown>>

/** Keys that hold a type; null where the reference did not know it. */
const TYPE_KEYS = new Set(['type', 'existing_type', 'modify_type'])

/** Options that the reference does not read from the catalog. */
const UNREAD_OPTIONS = new Set([
  'postgresql.inherits',
  'postgresql.noInherit',
  'postgresql.notValid',
  'postgresql.partitionBy',
])

/** Formulas of SQLite that the reference cuts at the wrong parenthesis, or does not find. */
function isMisread(formula: unknown): boolean {
  if (typeof formula !== 'object' || formula === null || !('computed' in formula)) return false
  return isMisreadSql((formula.computed as { readonly sql: string }).sql)
}

function isMisreadSql(sql: string): boolean {
  return sql === '' || / AS \(/.test(sql)
}

/** Whether a recorded model has such a formula. */
export function hasMisreadFormula(model: unknown): boolean {
  if (typeof model !== 'object' || model === null) return false
  const { $: kind, sql } = model as Described
  if (kind === 'Computed' && typeof sql === 'string' && isMisreadSql(sql)) return true
  return Object.values(model).some(hasMisreadFormula)
}

/** What was found, without what the vectors can't say: types and options that the reference does not read. */
export function asFarAsRecorded(expected: unknown, actual: unknown): unknown {
  if (typeof expected !== 'object' || expected === null) return actual
  if (typeof actual !== 'object' || actual === null) return actual
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, at) => asFarAsRecorded(expected[at], item))
  }
  const recorded = expected as Described
  const read = Object.entries(actual).filter(([key]) => key in recorded || !UNREAD_OPTIONS.has(key))
  return Object.fromEntries(
    read.map(([key, item]) => {
      const isUnknown = TYPE_KEYS.has(key) && key in recorded && recorded[key] === null
      if (key === 'serverDefault' && isMisread(recorded[key])) return [key, recorded[key]]
      return [key, isUnknown ? null : asFarAsRecorded(recorded[key], item)]
    }),
  )
}

/**
 * Puts dropped tables, and created ones of a downgrade, into the order of the vectors: by schema and name. Here they come
 * in the order of their dependencies. What a downgrade says of numbering is left out: the reference repeats the upgrade's.
 */
export function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { upgrade, downgrade, diffs } = value as {
    readonly upgrade: Described
    readonly downgrade: Described
    readonly diffs: readonly unknown[]
  }
  return {
    upgrade: { ...upgrade, ops: sortedDrops(upgrade['ops'] as Described[]) },
    downgrade: {
      ...downgrade,
      ops: sortedCreates(withoutNumbering(downgrade['ops'] as Described[])),
    },
    diffs: sortedDiffs(diffs),
  }
}

/** Each removed table stands behind the removal of its indexes. */
function sortedDrops(ops: readonly Described[]): unknown {
  return sortRuns(
    ops,
    (group) => group.at(-1)?.['op'] === 'drop_table_op',
    (op, next) =>
      op['op'] === 'modify_table_ops' && next?.['op'] === 'drop_table_op' && sameTable(op, next),
  )
}

/** Each table that comes back stands before its indexes. */
function sortedCreates(ops: readonly Described[]): unknown {
  return sortRuns(
    ops,
    (group) => group[0]?.['op'] === 'create_table_op',
    (op, next) =>
      op['op'] === 'create_table_op' && next?.['op'] === 'modify_table_ops' && sameTable(op, next),
  )
}

function sameTable(a: Described, b: Described): boolean {
  return a['table_name'] === b['table_name'] && (a['schema'] ?? null) === (b['schema'] ?? null)
}

/** Sorts what stands together, group by group; what is no such group stays where it is. */
function sortRuns(
  ops: readonly Described[],
  isWanted: (group: readonly Described[]) => boolean,
  isLinked: (op: Described, next: Described | undefined) => boolean,
): readonly Described[] {
  const groups: Described[][] = []
  for (let at = 0; at < ops.length; at += 1) {
    const op = ops[at] as Described
    const next = ops[at + 1]
    if (next !== undefined && isLinked(op, next)) {
      groups.push([op, next])
      at += 1
    } else groups.push([op])
  }
  const key = (group: readonly Described[]): string => {
    const { table_name: name, schema } = group[0] ?? {}
    return JSON.stringify([schema ?? '', name])
  }
  const wanted = groups.filter(isWanted).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return groups.flatMap((group) => (isWanted(group) ? (wanted.shift() ?? []) : group))
}

function withoutNumbering(ops: readonly Described[]): Described[] {
  return ops.map((op) => {
    if (Array.isArray(op['ops'])) return { ...op, ops: withoutNumbering(op['ops'] as Described[]) }
    if (op['op'] !== 'alter_column_op') return op
    const { autoincrement: _, ...kw } = op['kw'] as Described
    return { ...op, kw }
  })
}

/** Removed tables and the removals of their indexes, which stand before them, by schema and name. */
function sortedDiffs(diffs: readonly unknown[]): readonly unknown[] {
  const groups: unknown[][] = []
  let indexes: unknown[] = []
  for (const diff of diffs) {
    const [tag, object] = diff as readonly [unknown, Described]
    const last = indexes.at(-1) as readonly [unknown, Described] | undefined
    if (tag === 'remove_index' && (last === undefined || last[1]['table'] === object['table'])) {
      indexes.push(diff)
      continue
    }
    if (tag === 'remove_table' && last?.[1]['table'] === object['name']) {
      groups.push([...indexes, diff])
      indexes = []
      continue
    }
    groups.push(...indexes.map((one) => [one]))
    indexes = []
    if (tag === 'remove_index') indexes.push(diff)
    else groups.push([diff])
  }
  groups.push(...indexes.map((one) => [one]))
  const isDrop = (group: readonly unknown[]): boolean =>
    (group.at(-1) as readonly unknown[])[0] === 'remove_table'
  const key = (group: readonly unknown[]): string => {
    const [, table] = group.at(-1) as readonly [unknown, Described]
    return JSON.stringify([table['schema'] ?? '', table['name']])
  }
  const drops = groups.filter(isDrop).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return groups.flatMap((group) => (isDrop(group) ? (drops.shift() ?? []) : group))
}
