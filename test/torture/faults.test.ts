import { describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import {
  type DatabaseName,
  describeDatabases,
  type LiveDatabase,
  type ScratchDatabase,
} from '../live/servers.ts'
import { finalState } from './final-state.ts'
import { COURSES, type Course } from './long-migration.ts'
import { migrate, prepare } from './migrate.ts'
import { isFull, pointsOf, report } from './run-worker.ts'
import { disturb, type Moment } from './disturb.ts'

type Database = LiveDatabase<DatabaseName>

const MOMENTS: Readonly<Record<DatabaseName, readonly Moment[]>> = {
  sqlite: ['fails', 'lost before', 'lost after'],
  postgresql: ['fails', 'lost before', 'lost after', 'cut'],
  mariadb: ['fails', 'lost before', 'lost after', 'cut'],
  // node-firebird 2.17.1 never answers on a session that the server has ended.
  firebird: ['fails', 'lost before', 'lost after'],
}

/** A database as it is between two revisions, by the rows of its version table. */
type CleanStates = ReadonlyMap<string, string>

describeDatabases(
  ['sqlite', 'postgresql', 'mariadb', 'firebird'],
  'a statement that fails, or a session that is lost at it',
  (db) => {
    describe.each(COURSES)('%s', (title, course) => {
      it('leaves a database that the next run completes', async () => {
        const expected = await undisturbed(db, course)
        const clean = await cleanStates(db, course)
        const points = pointsOf(expected.statements, title === 'upgrade' ? 5 : 1)
        let faults = 0
        let resumed = 0
        for (const moment of MOMENTS[db.name]) {
          for (const point of points) {
            const outcome = await disturbed(db, course, { moment, point, clean })
            expect(outcome.state, `${moment} at statement ${point}`).toBe(expected.state)
            faults += 1
            resumed += Number(outcome.isResumed)
          }
        }
        // Where a transaction holds everything there is nothing to resume; elsewhere it must have come to that.
        const holds = db.name === 'sqlite' && !course.autocommit
        if (holds) expect(resumed).toBe(0)
        else if (isFull || title === 'upgrade') expect(resumed).toBeGreaterThan(0)
        report(
          `${db.name}, ${title}: ${faults} faults at ${expected.statements} statements, ${resumed} resumed`,
        )
      }, 1_800_000)
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
    const connection = await createEngine(scratch.url).connect()
    let statements = 0
    connection.observe(() => void (statements += 1))
    await migrate(db.name, connection, course)
    await connection.close()
    return { state: await finalState(db.name, scratch), statements }
  } finally {
    await scratch.dispose()
  }
}

/** The state of the database at each revision on the way. */
async function cleanStates(db: Database, course: Course): Promise<CleanStates> {
  const clean = new Map<string, string>()
  const targets = course.direction === 'upgrade' ? ['a1', 'b2', 'c3'] : ['c3', 'b2', 'a1']
  for (const target of targets) {
    const scratch = await db.createScratch()
    await prepare(db.name, scratch, course)
    const connection = await createEngine(scratch.url).connect()
    await migrate(db.name, connection, course, { target })
    await connection.close()
    clean.set(target, await finalState(db.name, scratch))
    await scratch.dispose()
  }
  return clean
}

interface Disturbance {
  readonly moment: Moment
  readonly point: number
  readonly clean: CleanStates
}

async function disturbed(
  db: Database,
  course: Course,
  { moment, point, clean }: Disturbance,
): Promise<{ state: string; isResumed: boolean }> {
  const scratch = await db.createScratch()
  try {
    await prepare(db.name, scratch, course)
    const connection = await createEngine(scratch.url).connect()
    const fault = disturb(db.name, scratch, connection, { moment, point })
    await migrate(db.name, connection, course).catch(() => undefined)
    expect(fault.hasHappened(), `${moment} at statement ${point} happened`).toBe(true)
    await connection.close().catch(() => undefined)
    const isHalfDone = await isBetweenRevisions(db, scratch, clean)
    const isResumed = await complete(db, scratch, course)
    // Nothing is half done that the journal doesn't say.
    if (isHalfDone) expect(isResumed, `${moment} at statement ${point} is resumed`).toBe(true)
    return { state: await finalState(db.name, scratch), isResumed }
  } finally {
    await scratch.dispose()
  }
}

/** Whether the database is not as the version table says. The tables of the run itself don't count. */
async function isBetweenRevisions(
  db: Database,
  scratch: ScratchDatabase,
  clean: CleanStates,
): Promise<boolean> {
  const versions = await scratch.query('SELECT version_num FROM alembic_version').catch(() => [])
  const [version = ''] = versions.map((row) => row['version_num'] as string)
  const state = await finalState(db.name, scratch)
  const journal = await scratch
    .query('SELECT state FROM alembic_version_journal')
    .catch(() => undefined)
  if (journal !== undefined && journal.length > 0) return false
  if (version === '') return /accounts/i.test(state)
  return journal === undefined && state !== clean.get(version)
}

/** Runs again as a user would: plainly, and where that says so with `--resume`. @returns whether it took that */
async function complete(db: Database, scratch: ScratchDatabase, course: Course): Promise<boolean> {
  const connection: Connection = await createEngine(scratch.url).connect()
  try {
    await migrate(db.name, connection, course)
    return false
  } catch (error) {
    if ((error as { code?: string }).code !== 'MIGRATION_UNFINISHED') throw error
    await migrate(db.name, connection, course, { resume: true })
    return true
  } finally {
    await connection.close()
  }
}
