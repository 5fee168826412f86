import { describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { type DatabaseName, describeDatabases, type LiveDatabase } from '../live/servers.ts'
import { finalState } from './final-state.ts'
import { COURSES, type Course } from './long-migration.ts'
import { prepare } from './migrate.ts'
import { type Deadly, pointsOf, report, runWorker } from './run-worker.ts'

type Database = LiveDatabase<DatabaseName>

const MOMENTS: Readonly<Record<DatabaseName, readonly Deadly['moment'][]>> = {
  // In the process itself nothing is under way when it is killed.
  sqlite: ['before', 'after'],
  postgresql: ['before', 'during', 'after'],
  mariadb: ['before', 'during', 'after'],
  // Without the lock the next run would come while the server is still at the statement.
  firebird: ['before', 'after'],
}

describeDatabases(
  ['sqlite', 'postgresql', 'mariadb', 'firebird'],
  'a process that is killed at any statement',
  (db) => {
    describe.each(COURSES)('%s', (title, course) => {
      it('leaves a database that the next one completes', async () => {
        const { state, statements } = await undisturbed(db, course)
        const points = pointsOf(statements, title === 'upgrade' ? 3 : 1)
        let kills = 0
        let resumed = 0
        for (const moment of MOMENTS[db.name]) {
          for (const point of points) {
            const found = await killedAt(db, course, { moment, point })
            expect(found.state, `killed ${moment} statement ${point}`).toBe(state)
            kills += 1
            resumed += Number(found.isResumed)
          }
        }
        report(
          `${db.name}, ${title}: ${kills} kills at ${statements} statements, ${resumed} resumed`,
        )
      }, 3_600_000)
    })
  },
)

async function undisturbed(
  db: Database,
  course: Course,
): Promise<{ state: string; statements: number }> {
  const scratch = await db.createScratch()
  try {
    await prepare(db.name, scratch, course)
    const ended = await runWorker(db.name, scratch, course)
    expect(ended).toHaveProperty('sent')
    return {
      state: await finalState(db.name, scratch),
      statements: 'sent' in ended ? ended.sent : 0,
    }
  } finally {
    await scratch.dispose()
  }
}

async function killedAt(
  db: Database,
  course: Course,
  deadly: Deadly,
): Promise<{ state: string; isResumed: boolean }> {
  const scratch = await db.createScratch()
  try {
    await prepare(db.name, scratch, course)
    expect(await runWorker(db.name, scratch, course, deadly)).toEqual({ killed: 'SIGKILL' })
    const next = await runWorker(db.name, scratch, course)
    const isResumed = 'error' in next
    if (isResumed) {
      expect(next.error).toBe('MIGRATION_UNFINISHED')
      const last = await runWorker(db.name, scratch, course, undefined, '--resume')
      expect(last).toHaveProperty('sent')
    }
    return { state: await finalState(db.name, scratch), isResumed }
  } finally {
    await scratch.dispose()
  }
}
