import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { RunRecord } from '../../src/command/run-record.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { LockHolder } from '../../src/impl/migration-lock.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import { withLogger } from '../../src/util/logging.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

describeEachDatabase('a run that finds the lock held', (db) => {
  let scratch: ScratchDatabase
  let open: Connection[]

  beforeEach(async () => {
    scratch = await db.createScratch()
    open = []
  })

  afterEach(async () => {
    for (const connection of open) await connection.close()
    await scratch.dispose()
  })

  async function connect(): Promise<Connection> {
    const connection = await createEngine(scratch.url).connect()
    open.push(connection)
    return connection
  }

  async function run(options: MigrationContextOptions): Promise<RunRecord> {
    const record = new RunRecord()
    const { observe } = record
    const connection = await connect()
    const context = await MigrationContext.configure({ connection, observe, ...options })
    await context.beginTransaction(() => context.runMigrations())
    return record
  }

  const history = inMemoryHistory([
    { id: 'a1', down: null, upgrade: () => op.execute('CREATE TABLE a (x INTEGER)') },
  ])

  /** Runs `body` while another run is in the middle of a revision. */
  async function whileRunning(
    body: () => Promise<void>,
    options: MigrationContextOptions = {},
  ): Promise<void> {
    const holding = inMemoryHistory([{ id: 'a1', down: null, upgrade: () => body() }])
    await run({ fn: holding.upgradeTo('a1'), ...options })
  }

  it.each([false, true])(
    'leaves everything to the other one with skip (a transaction per migration: %s)',
    async (transactionPerMigration) => {
      const lines: string[] = []
      const note = (line: string): void => void lines.push(line)
      const logger = { debug: () => {}, info: note, warn: note, error: note }
      let second: RunRecord | undefined
      await whileRunning(
        async () => {
          const fn = history.upgradeTo('a1')
          const options = { fn, lock: 'skip', transactionPerMigration } as const
          second = await withLogger(logger, () => run(options))
        },
        { transactionPerMigration },
      )
      expect(second?.result.databases).toMatchObject([{ steps: [], rows: [], skipped: true }])
      expect(lines.filter((line) => line.includes('holds the lock'))).toHaveLength(1)
      // Nobody made the table: the other run's revision does nothing but wait.
      await expect(scratch.query('SELECT x FROM a')).rejects.toThrow(/\ba\b/)
    },
  )

  it('runs with skip where nobody holds it', async () => {
    const record = await run({ fn: history.upgradeTo('a1'), lock: 'skip' })
    expect(record.result.databases).toMatchObject([{ rows: ['a1'], skipped: false }])
    expect(await scratch.query('SELECT x FROM a')).toEqual([])
  })

  it('can say who holds it', async () => {
    const context = await MigrationContext.configure({ connection: await connect() })
    expect(await context.findLockHolder()).toBe(null)
    const other = await MigrationContext.configure({
      connection: await connect(),
      versionTable: 'other',
    })
    const seen: (LockHolder | null)[] = []
    let session: unknown
    await whileRunning(async () => {
      seen.push(await context.findLockHolder(), await other.findLockHolder())
      if (db.name === 'sqlite') return
      const own = db.name === 'mariadb' ? 'CONNECTION_ID()' : 'pg_backend_pid()'
      const rows = await op.getBind().execute(`SELECT ${own} AS id`)
      session = rows[0]?.['id']
    })
    expect(await context.findLockHolder()).toBe(null)
    if (db.name === 'sqlite') {
      // One writer for the whole file, of whom no more is known.
      const writer = { session: null, activity: 'another connection is writing to the database' }
      expect(seen).toMatchObject([writer, writer])
    } else {
      expect(seen).toMatchObject([{ session: String(session) }, null])
      if (db.name === 'postgresql') {
        expect(seen[0]?.since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
        expect(seen[0]?.activity).toMatch(/^idle in transaction: /)
      }
    }
  })
})
