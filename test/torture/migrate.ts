import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import type { DatabaseName, ScratchDatabase } from '../live/servers.ts'
import { type Course, longHistory } from './long-migration.ts'

/** What a run is asked for beside its course. */
export interface RunSettings {
  readonly resume?: boolean
  /** Where to, in place of the end. */
  readonly target?: string
}

/** Runs the long migration on a connection. @returns the revisions that it ran, in order */
export async function migrate(
  database: DatabaseName,
  connection: Connection,
  { direction, transactionPerMigration, autocommit }: Course,
  { resume = false, target }: RunSettings = {},
): Promise<readonly string[]> {
  const history = longHistory(database, autocommit)
  const ran: string[] = []
  const context = await MigrationContext.configure({
    connection,
    fn:
      direction === 'upgrade'
        ? history.upgradeTo(target ?? 'c3')
        : history.downgradeTo(target ?? 'a1'),
    transactionPerMigration,
    resume: resume ? 'continue' : null,
    // A lease outlives a killed process by half a minute; its own tests are elsewhere.
    lock: database === 'firebird' ? 'off' : 'wait',
    observe: (event) => {
      if (event.kind === 'end') ran.push(event.step.info.upRevisionId ?? '')
    },
  })
  await context.beginTransaction(() => context.runMigrations())
  return ran
}

/** Brings an empty database to where a course begins. */
export async function prepare(
  database: DatabaseName,
  { url }: ScratchDatabase,
  course: Course,
): Promise<void> {
  if (course.direction === 'upgrade') return
  const connection = await createEngine(url).connect()
  await migrate(database, connection, { ...course, direction: 'upgrade' })
  await connection.close()
}
