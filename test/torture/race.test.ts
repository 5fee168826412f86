import { expect, it } from 'vitest'
import { describeEachDatabase } from '../live/servers.ts'
import { finalState } from './final-state.ts'
import { COURSES } from './long-migration.ts'
import { isFull, report, runWorker } from './run-worker.ts'

const PROCESSES = 8
const ROUNDS = isFull ? 50 : 1

describeEachDatabase('processes that upgrade one database at once', (db) => {
  it('run every migration exactly once', async () => {
    const [, course] = COURSES[0]!
    const alone = await db.createScratch()
    await runWorker(db.name, alone, course)
    const expected = await finalState(db.name, alone)
    await alone.dispose()
    const winners = new Set<number>()
    for (let round = 1; round <= ROUNDS; round += 1) {
      const scratch = await db.createScratch()
      try {
        const ended = await Promise.all(
          Array.from({ length: PROCESSES }, () => runWorker(db.name, scratch, course)),
        )
        expect(
          ended.filter((end) => !('ran' in end)),
          `round ${round}`,
        ).toEqual([])
        const ran = ended.map((end) => ('ran' in end ? end.ran : []))
        expect(ran.flat().toSorted(), `round ${round}`).toEqual(['a1', 'b2', 'c3'])
        expect(await finalState(db.name, scratch), `round ${round}`).toBe(expected)
        ran.forEach((revisions, process) => revisions.length > 0 && winners.add(process))
      } finally {
        await scratch.dispose()
      }
    }
    report(`${db.name}: ${ROUNDS} rounds of ${PROCESSES} processes, won by ${winners.size} of them`)
  }, 3_600_000)
})
