// Each statement of a batch fails once, in turn.
import { expect, it } from 'vitest'
import type { Operations } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { openBatchDatabase, type BatchDatabase } from './batch-database.ts'

const STATEMENTS = [
  'CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE, b INTEGER, CHECK (b > 0))',
  'CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id) ON DELETE CASCADE)',
  'CREATE INDEX ix_a ON p (lower(a)) WHERE b > 1',
  'CREATE VIEW v AS SELECT a FROM p',
  'CREATE TRIGGER tr AFTER UPDATE ON p BEGIN UPDATE c SET p_id = new.id WHERE p_id = new.id; END',
  "INSERT INTO p VALUES (1, 'x', 1), (2, 'y', 2), (9, 'z', 3)",
  'DELETE FROM p WHERE id = 9',
  'INSERT INTO c VALUES (10, 1), (11, 2)',
  'ANALYZE',
]

async function change(op: Operations): Promise<void> {
  await op.batchAlterTable('p', (batchOp) => {
    void batchOp.alterColumn('b', { type: sa.Float(), nullable: false })
    void batchOp.addColumn(sa.Column('n', sa.Integer(), { serverDefault: sa.text('(1 + 1)') }))
  })
}

async function dump(database: BatchDatabase): Promise<unknown> {
  const names = ['p', 'c', 'v', 'sqlite_sequence', 'sqlite_stat1']
  const rows = names.map((name) => database.rows(`SELECT * FROM ${name} ORDER BY 1`))
  const pragmas = ['foreign_keys', 'legacy_alter_table', 'foreign_key_check', 'integrity_check']
  return await Promise.all([
    database.rows('SELECT type, name, sql FROM sqlite_master ORDER BY type, name'),
    ...rows,
    ...pragmas.map((name) => database.rows(`PRAGMA ${name}`)),
  ])
}

interface Outcome {
  /** The statement that failed; `null` where there were fewer. */
  readonly failed: string | null
  readonly error: unknown
}

/** Runs `body` with its statement number `point` failing. */
async function failAt(
  { connection }: BatchDatabase,
  point: number,
  body: () => Promise<void>,
): Promise<Outcome> {
  const session = connection.driverConnection
  const { execute } = session
  let sent = 0
  let failed: string | null = null
  session.execute = async (sql, parameters) => {
    sent += 1
    if (sent !== point) return await execute.call(session, sql, parameters)
    failed = sql
    throw new RangeError('this statement fails')
  }
  try {
    await body()
    return { failed, error: null }
  } catch (error) {
    return { failed, error }
  } finally {
    session.execute = execute
  }
}

it.each([
  ['in a migration', (database: BatchDatabase) => database.migrate(change)],
  ['outside of a transaction', (database: BatchDatabase) => change(database.op)],
])('a batch that fails at any statement changes nothing: %s', async (_, run) => {
  const undisturbed = await openBatchDatabase(...STATEMENTS)
  await run(undisturbed)
  const changed = await dump(undisturbed)
  const survived: string[] = []
  let points = 0
  for (let point = 1; ; point += 1) {
    const database = await openBatchDatabase(...STATEMENTS)
    const before = await dump(database)
    const { failed, error } = await failAt(database, point, () => run(database))
    if (failed === null) break
    points += 1
    if (error === null) survived.push(failed)
    else expect((error as Error).message).toContain('this statement fails')
    expect(await database.connection.isInTransaction(), `statement ${point}: ${failed}`).toBe(false)
    expect(await dump(database), `statement ${point}: ${failed}`).toEqual(
      error === null ? changed : before,
    )
    await database.connection.close()
  }
  expect(points).toBeGreaterThan(30)
  // Only what gives the session its settings back is tried again.
  const settings = /^PRAGMA (?:foreign_keys = ON|legacy_alter_table = OFF|busy_timeout = \d+)$/
  expect(survived.filter((sql) => !settings.test(sql))).toEqual([])
})
