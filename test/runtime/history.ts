import { Script } from '../../src/script/script.ts'
import type { MigrationFunction } from '../../src/script/script.ts'
import { RevisionStep } from '../../src/script/migration-step.ts'
import { RevisionMap } from '../../src/script/revision-map.ts'
import type { PlanFunction } from '../../src/runtime/plan-function.ts'

/** A revision of a history that exists in memory only. */
export interface InMemoryRevision {
  readonly id: string
  readonly down: string | null
  readonly upgrade: MigrationFunction
  readonly downgrade?: MigrationFunction
}

/** The plans of `upgrade` and `downgrade` over revisions whose functions are given directly. */
export function inMemoryHistory(revisions: readonly InMemoryRevision[]): {
  upgradeTo(target: string): PlanFunction
  downgradeTo(target: string | null): PlanFunction
} {
  const map = new RevisionMap<Script>(() =>
    revisions.map(
      (revision) =>
        new Script({
          revision: revision.id,
          downRevision: revision.down,
          path: `/versions/${revision.id}.ts`,
          longdoc: `message of ${revision.id}`,
          loadFunction: (direction) =>
            Promise.resolve(
              direction === 'upgrade' ? revision.upgrade : (revision.downgrade ?? (() => {})),
            ),
        }),
    ),
  )
  return {
    upgradeTo: (target) => (rows) =>
      [...map.iterateRevisions(target, rows, { implicitBase: true })]
        .reverse()
        .map((script) => new RevisionStep(map, script, 'upgrade')),
    downgradeTo: (target) => (rows) =>
      [...map.iterateRevisions(rows, target, { selectForDowngrade: true })].map(
        (script) => new RevisionStep(map, script, 'downgrade'),
      ),
  }
}
