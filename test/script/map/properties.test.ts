import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeadMaintainer } from '../../../src/script/head-maintainer.ts'
import type { MigrationStep } from '../../../src/script/migration-step.ts'
import type { ScriptDirectory } from '../../../src/script/script-directory.ts'
import type { Script } from '../../../src/script/script.ts'
import { type ShortRevision, directoryOf } from '../graph.ts'

const idOf = (index: number): string => `r${String(index).padStart(4, '0')}`

/** Any graph: revisions in any load order, with up to two parents and two dependencies each. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 25 })
  .chain((picks) => {
    const revisions = picks.map((numbers, index): ShortRevision => {
      const below = numbers.map((number) => number % (index + 1)).filter((other) => other < index)
      const ids = below.map(idOf)
      return [idOf(index), [...new Set(ids.slice(0, 2))], { deps: [...new Set(ids.slice(2))] }]
    })
    return fc.shuffledSubarray(revisions, { minLength: revisions.length })
  })

/** The second, naive implementation: sets and fixed points. */
class Naive {
  readonly parents: ReadonlyMap<string, ReadonlySet<string>>

  constructor(revisions: readonly ShortRevision[]) {
    this.parents = new Map(
      revisions.map(([id, down, more]) => [id, new Set([down ?? [], more?.deps ?? []].flat())]),
    )
  }

  /** The ids and all they need. */
  closure(ids: Iterable<string>): Set<string> {
    const all = new Set(ids)
    for (const id of all) for (const parent of this.parents.get(id) ?? []) all.add(parent)
    return all
  }

  /** What the version table has when these are applied: those that nothing applied is built upon. */
  rows(applied: ReadonlySet<string>): Set<string> {
    const below = new Set([...applied].flatMap((id) => [...(this.parents.get(id) ?? [])]))
    return new Set([...applied].filter((id) => !below.has(id)))
  }
}

/** Runs steps and checks each: after what it needs, not twice, and the rows are those of what is applied. */
function run(naive: Naive, steps: readonly MigrationStep[], applied: Set<string>): void {
  const maintainer = new HeadMaintainer(naive.rows(applied))
  for (const step of steps) {
    const id = step.info.upRevisionId ?? ''
    const needs = [...(naive.parents.get(id) ?? [])]
    if (step.isUpgrade) {
      expect(applied.has(id)).toBe(false)
      expect(needs.every((need) => applied.has(need))).toBe(true)
      applied.add(id)
    } else {
      expect(applied.delete(id)).toBe(true)
      for (const other of applied) expect(naive.parents.get(other)?.has(id)).toBe(false)
    }
    maintainer.updateToStep(step)
    expect([...maintainer.heads].sort()).toEqual([...naive.rows(applied)].sort())
  }
}

const cases = fc.record({
  revisions: graphs,
  state: fc.array(fc.nat(), { maxLength: 3 }),
  target: fc.nat(),
})

function pick(revisions: readonly ShortRevision[], number: number): string {
  return revisions[number % revisions.length]![0]
}

describe('for any graph, any state that can be reached and any target', () => {
  it('an upgrade runs exactly what is missing, each after what it needs', () => {
    fc.assert(
      fc.property(cases, ({ revisions, state, target }) => {
        const naive = new Naive(revisions)
        const script = directoryOf(revisions)
        const applied = naive.closure(state.map((number) => pick(revisions, number)))
        const goal = pick(revisions, target)
        const steps = script.upgradeRevs(goal, [...naive.rows(applied)])
        const missing = [...naive.closure([goal])].filter((id) => !applied.has(id))
        expect(steps.map(({ revision }) => revision.revision).sort()).toEqual(missing.sort())
        run(naive, steps, applied)
      }),
      { numRuns: 500 },
    )
  })

  it('an upgrade to all heads and the way back to the base leave no row', () => {
    fc.assert(
      fc.property(cases, ({ revisions, state }) => {
        const naive = new Naive(revisions)
        const script = directoryOf(revisions)
        const applied = naive.closure(state.map((number) => pick(revisions, number)))
        run(naive, script.upgradeRevs('heads', [...naive.rows(applied)]), applied)
        expect(applied.size).toBe(revisions.length)
        run(naive, script.downgradeRevs('base', [...naive.rows(applied)]), applied)
        expect(applied.size).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it('a downgrade, and the upgrade back, give the rows back', () => {
    fc.assert(
      fc.property(cases, ({ revisions, state, target }) => {
        const naive = new Naive(revisions)
        const script = directoryOf(revisions)
        const applied = naive.closure(state.map((number) => pick(revisions, number)))
        const before = [...naive.rows(applied)].sort()
        const steps = downgrade(script, pick(revisions, target), before)
        run(naive, steps, applied)
        for (const row of before)
          run(naive, script.upgradeRevs(row, [...naive.rows(applied)]), applied)
        expect([...naive.rows(applied)].sort()).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })
})

/** Plans a downgrade; a target that is not below the rows has none. */
function downgrade(
  script: ScriptDirectory,
  target: string,
  rows: readonly string[],
): readonly MigrationStep[] {
  try {
    return script.downgradeRevs(target, rows)
  } catch (error) {
    expect((error as Error).message).toContain('is not a valid downgrade target')
    return []
  }
}

describe('the order of revisions', () => {
  it("is Alembic's, as its own algorithm with sets of ancestors has it", () => {
    fc.assert(
      fc.property(graphs, (revisions) => {
        const script = directoryOf(revisions)
        const ids = Array.from(script.walkRevisions(), ({ revision }) => revision)
        expect(ids).toEqual(orderWithSets(script.revisionMap.revisions))
      }),
      { numRuns: 500 },
    )
  })

  it('of 50,000 revisions is found in about five times the time of 10,000', () => {
    const times = [10_000, 50_000].map((count) => {
      const revisions = Array.from({ length: count }, (_, index): ShortRevision => {
        const earlier = (step: number): string => idOf(Math.max(0, index - step))
        const down =
          index === 0
            ? []
            : index % 13 === 0
              ? [earlier(1), earlier(7)]
              : [earlier(index % 17 === 0 ? 5 : 1)]
        const deps = index % 29 === 0 && index > 0 ? [idOf(Math.floor(index / 3))] : []
        return [idOf(index), [...new Set(down)], { deps: deps.filter((id) => !down.includes(id)) }]
      })
      const script = directoryOf(revisions)
      const start = process.cpuUsage()
      expect([...script.walkRevisions()]).toHaveLength(count)
      expect(script.upgradeRevs('heads', script.getHeads({ considerDependsOn: true }))).toEqual([])
      return process.cpuUsage(start).user
    })
    // Generous, for machines with other work: a quadratic way would take 25 times as long.
    expect(times[1]! / times[0]!).toBeLessThan(15)
  })
})

function orderWithSets(revisions: readonly Script[]): string[] {
  const byId = new Map(revisions.map((script) => [script.revision, script]))
  const parentsOf = (id: string): readonly string[] => byId.get(id)!.normalizedDownRevisions
  const ancestorsOf = (id: string): Set<string> => {
    const all = new Set([id])
    for (const each of all) for (const parent of parentsOf(each)) all.add(parent)
    return all
  }
  const todo = new Set(byId.keys())
  const lines = revisions.filter((r) => r.isRealHead).map((r) => r.revision)
  const output: string[] = []
  for (let at = 0; lines.length > 0;) {
    const id = lines[at]!
    const above = lines.findIndex((other, index) => index !== at && ancestorsOf(other).has(id))
    if (above >= 0) {
      at = above
      continue
    }
    output.push(id)
    todo.delete(id)
    const [next, ...others] = parentsOf(id).filter((p) => todo.has(p) && !lines.includes(p))
    if (next === undefined) {
      lines.splice(at, 1)
      at = Math.max(at - 1, 0)
    } else {
      lines[at] = next
      lines.push(...others)
    }
  }
  return output
}
