import { expect, it } from 'vitest'
import { describeEachDatabase } from '../live/servers.ts'
import { finalState } from './final-state.ts'
import { isFull, runWorker } from './run-worker.ts'

const PROCESSES = 8
const ROUNDS = isFull ? 50 : 1

describeEachDatabase('processes that upgrade one database at once', (db) => {
  it('run every migration exactly once', async () => {
    const alone = await db.createScratch()
    await runWorker(db, alone, 'before', 0)
    const expected = await finalState(db.name, alone)
    await alone.dispose()
    for (let round = 1; round <= ROUNDS; round += 1) {
      const scratch = await db.createScratch()
      try {
        const ended = await Promise.all(
          Array.from({ length: PROCESSES }, () => runWorker(db, scratch, 'before', 0)),
        )
        expect(ended.map(({ output }) => output).filter((text) => !/^\d+$/.test(text))).toEqual([])
        // A migration that ran a second time would have failed, or left more rows.
        expect(await finalState(db.name, scratch), `round ${round}`).toBe(expected)
      } finally {
        await scratch.dispose()
      }
    }
  }, 1_800_000)
})
