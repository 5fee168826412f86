import type { Rename } from './rename.ts'

const LONGEST_TEMPORARY_NAME = 30

/**
 * The renames of one place in an order in which no name is taken twice; names that go round in a circle go through one that
 * nothing has.
 */
export function renameSteps(renames: readonly Rename[], taken: ReadonlySet<string>): Rename[] {
  const steps: Rename[] = []
  const waiting = new Map(renames.map((rename) => [rename.from, rename]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ to }) => !waiting.has(to))
    for (const rename of free) {
      waiting.delete(rename.from)
      steps.push(rename)
    }
    const [stuck] = waiting.values()
    if (free.length > 0 || stuck === undefined) continue
    const between = temporaryName(stuck.from, new Set([...taken, ...waiting.keys()]))
    waiting.delete(stuck.from)
    waiting.set(between, { ...stuck, from: between })
    steps.push({ ...stuck, to: between })
  }
  return steps
}

function temporaryName(name: string, taken: ReadonlySet<string>): string {
  const base = `_alembic_tmp_${name}`.slice(0, LONGEST_TEMPORARY_NAME)
  let [candidate, number] = [base, 1]
  while (taken.has(candidate)) candidate = `${base}${(number += 1)}`
  return candidate
}

/** Whether a name is left by one rename and taken by another. */
export function isLinked(renames: readonly Rename[]): boolean {
  const left = new Set(renames.map(({ from }) => from))
  return renames.some(({ to }) => left.has(to))
}
