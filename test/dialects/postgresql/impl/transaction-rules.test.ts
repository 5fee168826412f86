import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../../../src/dialects/builtin.ts'
import { refusesTransactions } from '../../../../src/dialects/postgresql/impl/transaction-rules.ts'
import type { Connection } from '../../../../src/engine/connection.ts'
import { createEngine } from '../../../../src/engine/engine.ts'
import { op } from '../../../../src/operations/operations.ts'
import { MigrationContext } from '../../../../src/runtime/migration-context.ts'
import type { MigrationFunction } from '../../../../src/script/script.ts'
import { describeDatabases, type ScratchDatabase } from '../../../live/servers.ts'
import { inMemoryHistory } from '../../../runtime/history.ts'

const REFUSED = [
  'VACUUM',
  '-- tidy up\n  vacuum (analyze) t',
  '/* a */ CREATE INDEX CONCURRENTLY i ON t (x)',
  'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (x)',
  'DROP INDEX CONCURRENTLY IF EXISTS "no such"',
  'REINDEX TABLE CONCURRENTLY t',
  'REINDEX (CONCURRENTLY, VERBOSE) TABLE t',
  'REINDEX SCHEMA public',
  'CREATE DATABASE alembic_never_made',
  'DROP DATABASE IF EXISTS alembic_never_made',
  "ALTER SYSTEM SET application_name = 'x'",
]
const ALLOWED = [
  'CREATE INDEX i ON t (x)',
  `CREATE VIEW v AS SELECT 'CREATE INDEX CONCURRENTLY' AS a`,
  'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
  'REINDEX TABLE t',
  'ANALYZE t',
  'ALTER TABLE t ALTER x SET STATISTICS 100',
  'CREATE TABLE vacuum ("concurrently" INT)',
]

describeDatabases(['postgresql'], 'statements that PostgreSQL refuses in transactions', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection

  beforeEach(async () => {
    scratch = await db.createScratch()
    await scratch.query('CREATE TABLE t (x INTEGER)')
    await scratch.query('CREATE MATERIALIZED VIEW m AS SELECT 1 AS a')
    await scratch.query('CREATE UNIQUE INDEX m_a ON m (a)')
    connection = await createEngine(scratch.url).connect()
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })

  const inTransaction = async (sql: string): Promise<string> => {
    await scratch.query('BEGIN')
    return await scratch.query(sql).then(
      () => 'runs',
      (error: unknown) => String(error),
    )
  }
  const migrate = async (upgrade: MigrationFunction): Promise<void> => {
    const fn = inMemoryHistory([{ id: 'a1', down: null, upgrade }]).upgradeTo('a1')
    const context = await MigrationContext.configure({ connection, fn })
    await context.beginTransaction(() => context.runMigrations())
  }

  it.each(REFUSED)('%s', async (sql) => {
    expect(await inTransaction(sql)).toMatch(/(?:cannot run|cannot be run) inside a transaction/)
    expect(refusesTransactions(sql)).toBe(true)
  })

  it.each(ALLOWED)('but not %s', async (sql) => {
    expect(await inTransaction(sql)).toBe('runs')
    expect(refusesTransactions(sql)).toBe(false)
  })

  it('need no ceremony in op.execute()', async () => {
    await migrate(async () => {
      await op.execute('INSERT INTO t VALUES (1), (2)')
      await op.execute('CREATE INDEX CONCURRENTLY ix ON t (x)')
      await op.execute('VACUUM t')
      await op.execute('INSERT INTO t VALUES (3)')
    })
    expect(await scratch.query('SELECT x FROM t ORDER BY x')).toEqual([
      { x: 1 },
      { x: 2 },
      { x: 3 },
    ])
    expect(await scratch.query("SELECT 'ix'::regclass::text AS name")).toEqual([{ name: 'ix' }])
    expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 'a1' },
    ])
  })

  it('are named where the transaction is the caller’s', async () => {
    const fn = inMemoryHistory([
      { id: 'a1', down: null, upgrade: () => op.execute('VACUUM t') },
    ]).upgradeTo('a1')
    await connection.begin()
    const context = await MigrationContext.configure({ connection, fn })
    await expect(context.beginTransaction(() => context.runMigrations())).rejects.toThrow(
      /needs to commit, but the transaction was begun by the caller.*\[SQL: VACUUM t\]/,
    )
    await connection.rollback()
  })
})

describeDatabases(['postgresql'], 'an index that failed', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection

  beforeEach(async () => {
    scratch = await db.createScratch()
    await scratch.query('CREATE SCHEMA "o""s"')
    await scratch.query('CREATE TABLE "o""s"."t t" (x INTEGER)')
    await scratch.query('INSERT INTO "o""s"."t t" VALUES (1), (1)')
    connection = await createEngine(scratch.url).connect()
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })

  const clear = async (sql: string): Promise<void> => {
    const { impl } = await MigrationContext.configure({ connection })
    await impl.journal?.clearRemains(connection, sql)
  }
  const invalid = async (): Promise<readonly unknown[]> =>
    await scratch.query(
      'SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid ORDER BY 1',
    )
  const fail = async (name: string): Promise<string> => {
    const sql = `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON "o""s"."t t" (x)`
    await expect(scratch.query(sql)).rejects.toThrow('could not create unique index')
    return sql
  }

  it('goes, and no other whose name is part of its name', async () => {
    await fail('ix')
    const sql = await fail('"Ix ""a"')
    expect(await invalid()).toEqual([{ name: 'Ix "a' }, { name: 'ix' }])
    await clear(sql)
    expect(await invalid()).toEqual([{ name: 'ix' }])
  })

  it('goes where it was about to be dropped', async () => {
    await fail('ix')
    await clear('DROP INDEX CONCURRENTLY "o""s".ix')
    expect(await invalid()).toEqual([])
  })
})
