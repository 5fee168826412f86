import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { RunRecord } from '../../src/command/run-record.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { StatementLockError } from '../../src/errors/lock-error.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import type { RunEvent } from '../../src/runtime/run-event.ts'
import { describeDatabases, describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

let scratch: ScratchDatabase
let connection: Connection

function beforeEachOn(db: { createScratch(): Promise<ScratchDatabase> }): void {
  beforeEach(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url).connect()
    await connection.execute('CREATE TABLE t (x INTEGER)')
    await connection.execute('CREATE TABLE log (x INTEGER)')
    await connection.execute('INSERT INTO t VALUES (1)')
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })
}

/** Runs one revision; `onRetry` is called whenever the transaction begins again. */
async function run(
  upgrade: () => unknown,
  options: MigrationContextOptions,
  onRetry: () => unknown = () => {},
): Promise<RunRecord> {
  const history = inMemoryHistory([
    { id: 'a1', down: null, upgrade: () => op.execute('CREATE TABLE a (x INTEGER)') },
    { id: 'b2', down: 'a1', upgrade: async () => void (await upgrade()) },
  ])
  const record = new RunRecord()
  const observe = (event: RunEvent): void => {
    record.observe(event)
    if (event.kind === 'retry') onRetry()
  }
  const fn = history.upgradeTo('b2')
  const context = await MigrationContext.configure({ connection, fn, observe, ...options })
  await context.beginTransaction(() => context.runMigrations())
  return record
}

const rows = async (table: string): Promise<number> =>
  (await connection.execute(`SELECT x FROM ${table}`)).rows.length

const QUICK = { attempts: 20, firstPause: 50, longestPause: 100 }

describeEachDatabase('a statement that waits for a lock', (db) => {
  beforeEachOn(db)

  /** Another session that keeps the migration from its work until it rolls back. */
  async function block(): Promise<() => Promise<unknown>> {
    await scratch.query('BEGIN')
    await scratch.query('SELECT x FROM t')
    return () => scratch.query('ROLLBACK')
  }

  it('is tried until the lock is free', async () => {
    const release = await block()
    setTimeout(() => void release(), 1500)
    let begun = 0
    let retries = 0
    const record = await run(
      async () => {
        begun += 1
        await op.execute('INSERT INTO log VALUES (1)')
        await op.execute('ALTER TABLE t ADD COLUMN y INTEGER')
      },
      { ddlLockTimeout: 200, ddlRetries: QUICK },
      () => (retries += 1),
    )
    if (db.name === 'mariadb') {
      // It commits with its DDL, so that the statement alone is repeated.
      expect({ begun, retries }).toEqual({ begun: 1, retries: 0 })
    } else {
      expect(retries).toBeGreaterThan(0)
    }
    // SQLite waits for readers at the COMMIT, here that of the first revision.
    if (db.name === 'postgresql') expect(begun).toBe(retries + 1)
    expect(await rows('log')).toBe(1)
    expect(await connection.execute('SELECT y FROM t')).toMatchObject({ rows: [{ y: null }] })
    const [database] = record.result.databases
    expect(database?.steps.map(({ to }) => to)).toEqual([['a1'], ['b2']])
    expect(database?.rows).toEqual(['b2'])
  })

  it('fails after as many tries as were asked for, and says so', async () => {
    const release = await block()
    const upgrade = (): unknown => op.execute('ALTER TABLE t ADD COLUMN y INTEGER')
    const options = { ddlLockTimeout: 100, ddlRetries: { attempts: 1, firstPause: 10 } }
    const failing = run(upgrade, options)
    await expect(failing).rejects.toThrow(StatementLockError)
    await expect(failing).rejects.toThrow('It was tried 2 times')
    await release()
    await run(upgrade, options)
  })
})

describeDatabases(['postgresql'], 'limits of time', (db) => {
  beforeEachOn(db)

  const setting = async (name: string): Promise<unknown> =>
    (await connection.execute(`SELECT current_setting('${name}') AS value`)).rows[0]?.['value']

  it.each([false, true])(
    'hold for the run alone, and name who holds the lock (a transaction per migration: %s)',
    async (transactionPerMigration) => {
      await connection.execute("SET lock_timeout = '1234ms'")
      await connection.execute("SET statement_timeout = '5min'")
      await scratch.query("SET application_name = 'reports'")
      await scratch.query('BEGIN')
      await scratch.query('LOCK TABLE t')
      const seen: unknown[] = []
      const failing = run(
        async () => {
          seen.push(await setting('lock_timeout'), await setting('statement_timeout'))
          await op.execute('ALTER TABLE t ADD COLUMN y INTEGER')
        },
        { ddlLockTimeout: 100, statementTimeout: 60_000, transactionPerMigration },
      )
      await expect(failing).rejects.toThrow(
        /It was tried once\. What may hold the lock: pid \d+ \(reports.*\) has locked t \(AccessExclusiveLock\)/,
      )
      await scratch.query('ROLLBACK')
      expect(seen).toEqual(['100ms', '1min'])
      expect(await setting('lock_timeout')).toBe('1234ms')
      expect(await setting('statement_timeout')).toBe('5min')
    },
  )

  it('do not make a slow statement run again', async () => {
    let begun = 0
    const failing = run(
      () => {
        begun += 1
        void op.execute('SELECT pg_sleep(5)')
      },
      { statementTimeout: 100, ddlRetries: QUICK },
    )
    await expect(failing).rejects.toThrow(/statement timeout/)
    expect(begun).toBe(1)
  })

  it('repeat the statement alone in an autocommit block', async () => {
    await scratch.query('BEGIN')
    await scratch.query('LOCK TABLE t')
    setTimeout(() => void scratch.query('ROLLBACK'), 800)
    let begun = 0
    await run(
      async () => {
        begun += 1
        await op.createIndex('t_x', 't', ['x'], { postgresql: { concurrently: true } })
      },
      { ddlLockTimeout: 100, ddlRetries: QUICK },
    )
    expect(begun).toBe(1)
    const { rows: found } = await connection.execute(
      "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 't_x'::regclass",
    )
    expect(found).toEqual([{ valid: true }])
  })

  it('do not repeat what an autocommit block has committed', async () => {
    await scratch.query('BEGIN')
    await scratch.query('LOCK TABLE t')
    const failing = run(
      async () => {
        await op.getContext().autocommitBlock(async () => {
          await op.execute('INSERT INTO log VALUES (1)')
        })
        await op.execute('ALTER TABLE t ADD COLUMN y INTEGER')
      },
      { ddlLockTimeout: 100, ddlRetries: QUICK },
    )
    await expect(failing).rejects.toThrow(/lock timeout/)
    await scratch.query('ROLLBACK')
    expect(await rows('log')).toBe(1)
  })
})

describeDatabases(['mariadb'], 'limits of time', (db) => {
  beforeEachOn(db)

  it('hold for the run alone, and name who has a transaction open', async () => {
    const variables = async (): Promise<unknown> =>
      (
        await connection.execute(
          'SELECT @@lock_wait_timeout AS l, @@innodb_lock_wait_timeout AS i, @@max_statement_time AS s',
        )
      ).rows
    await connection.execute('SET SESSION lock_wait_timeout = 77')
    const before = await variables()
    const seen: unknown[] = []
    await scratch.query('BEGIN')
    await scratch.query('INSERT INTO t VALUES (2)')
    const [holder] = await scratch.query('SELECT CONNECTION_ID() AS id')
    const failing = run(
      async () => {
        seen.push(await variables())
        await op.execute('ALTER TABLE t ADD COLUMN y INTEGER')
      },
      { ddlLockTimeout: 100, statementTimeout: 60_500 },
    )
    await expect(failing).rejects.toThrow(
      `It was tried once. What may hold the lock: connection ${String(holder?.['id'])} (`,
    )
    await scratch.query('ROLLBACK')
    expect(seen).toEqual([[expect.objectContaining({ l: 1, i: 1 })]])
    expect(await variables()).toEqual(before)
  })

  it('repeat a statement on rows that timed out, in its transaction', async () => {
    await scratch.query('BEGIN')
    await scratch.query('UPDATE t SET x = 2')
    setTimeout(() => void scratch.query('ROLLBACK'), 1500)
    await run(
      async () => {
        await op.execute('INSERT INTO log VALUES (1)')
        await op.execute('UPDATE t SET x = 3')
      },
      { ddlLockTimeout: 1000, ddlRetries: QUICK },
    )
    expect(await rows('log')).toBe(1)
    expect((await connection.execute('SELECT x FROM t')).rows).toEqual([{ x: 3 }])
  })
})

describeDatabases(['sqlite'], 'limits of time', (db) => {
  beforeEachOn(db)

  it('are refused where the database has none', async () => {
    await expect(run(() => {}, { statementTimeout: 1000 })).rejects.toThrow(
      /SQLite has no limit for the time of a statement/,
    )
  })
  it('let a revision begin again whose COMMIT a reader holds up', async () => {
    let begun = 0
    const record = await run(
      async () => {
        begun += 1
        await op.execute('INSERT INTO log VALUES (1)')
        await op.execute('CREATE TABLE b (x INTEGER)')
        if (begun > 1) return
        await scratch.query('BEGIN')
        await scratch.query('SELECT x FROM t')
      },
      { ddlLockTimeout: 50, ddlRetries: QUICK },
      () => begun === 1 && scratch.query('ROLLBACK'),
    )
    expect(begun).toBe(2)
    expect(await rows('log')).toBe(1)
    const [database] = record.result.databases
    expect(database?.steps.map(({ to }) => to)).toEqual([['a1'], ['b2']])
    const { rows: tables } = await connection.execute(
      "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    )
    expect(tables.map(({ name }) => name)).toEqual(['a', 'alembic_version', 'b', 'log', 't'])
  })
})
