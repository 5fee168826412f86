import { expect, it } from 'vitest'
import { describeEachDatabase, type LiveDatabase } from '../live/servers.ts'
import { finalState } from './final-state.ts'
import { isFull, runWorker as run } from './run-worker.ts'

describeEachDatabase('a process that is killed at any statement', (db) => {
  it('leaves a database that the next one completes', async () => {
    const { state, statements } = await undisturbed(db)
    // Some points for every test run, each a different place of the migration; all of them for `npm run torture`.
    const step = isFull ? 1 : Math.ceil(statements / 5)
    for (const moment of ['before', 'after'] as const) {
      for (let point = moment === 'before' ? 2 : 1; point <= statements; point += step) {
        const found = await killedAt(db, moment, point)
        expect(found, `killed ${moment} statement ${point}`).toBe(state)
      }
    }
  }, 900_000)
})

async function undisturbed(db: LiveDatabase): Promise<{ state: string; statements: number }> {
  const scratch = await db.createScratch()
  try {
    const { output } = await run(db, scratch, 'before', 0)
    return { state: await finalState(db.name, scratch), statements: Number(output) }
  } finally {
    await scratch.dispose()
  }
}

async function killedAt(db: LiveDatabase, moment: string, point: number): Promise<string> {
  const scratch = await db.createScratch()
  try {
    const killed = await run(db, scratch, moment, point)
    expect(killed).toEqual({ signal: 'SIGKILL', output: '' })
    const next = await run(db, scratch, moment, 0)
    if (next.output === 'MIGRATION_UNFINISHED') await run(db, scratch, moment, 0, '--resume')
    return await finalState(db.name, scratch)
  } finally {
    await scratch.dispose()
  }
}
