// Values that are bound to a statement may be secrets: no message, and no log, tells them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { statementFailure } from '../../src/engine/driver-failure.ts'
import '../../src/dialects/builtin.ts'
import { describeFailure } from '../../src/cli/failure.ts'
import type { MigrationImpl } from '../../src/impl/migration-impl.ts'
import { createImpl } from '../../src/impl/registry.ts'
import { LiveSink } from '../../src/impl/statement-sink.ts'
import * as sa from '../../src/sa.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'

const SECRET = 'Zq7 \'quoted\' "twice"\nand broken for the Wx9'
const WORDS = /Zq7|Wx9/

describeDatabases(['sqlite', 'postgresql', 'mariadb', 'firebird'], 'bound values', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection
  let log = ''
  const table = sa.table(
    'accounts',
    sa.column('id', sa.Integer()),
    sa.column('name', sa.String(100)),
    sa.column('amount', sa.Text()),
  )

  beforeAll(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url, {
      echo: {
        write: (text: string) => {
          log += text
          return true
        },
      },
    }).connect()
    await connection.execute(
      'CREATE TABLE accounts (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(100) UNIQUE, amount INTEGER CHECK (amount < 10))',
    )
    await run((op) => op.bulkInsert(table, [{ id: 1, name: SECRET, amount: '1' }]))
  })
  afterAll(async () => {
    await connection.close()
    await scratch.dispose()
  })

  /** What operations are carried out on. */
  const run = (work: (op: MigrationImpl) => PromiseLike<unknown>): PromiseLike<unknown> =>
    work(createImpl(connection.dialect, new LiveSink(connection)))

  it.each<[what: string, work: (op: MigrationImpl) => PromiseLike<unknown>]>([
    [
      'a key twice, in many rows',
      (op) =>
        op.bulkInsert(table, [
          { id: 2, name: 'other', amount: '1' },
          { id: 3, name: SECRET, amount: '1' },
        ]),
    ],
    [
      'a key twice, row by row',
      (op) => op.bulkInsert(table, [{ id: 4, name: SECRET, amount: '1' }], { multiinsert: false }),
    ],
    [
      'a key twice, in a statement',
      (op) => op.execute(sa.insert(table).values({ id: 5, name: SECRET, amount: '1' })),
    ],
    [
      'a key twice, in text',
      (op) =>
        op.execute(
          sa.text('INSERT INTO accounts (id, name) VALUES (6, :name)').bindparams({ name: SECRET }),
        ),
    ],
    [
      'no number, in many rows',
      (op) =>
        op.bulkInsert(table, [
          { id: 7, name: 'seven', amount: '1' },
          { id: 8, name: 'eight', amount: SECRET },
        ]),
    ],
    [
      'no number, in text',
      (op) =>
        op.execute(sa.text('UPDATE accounts SET amount = :amount').bindparams({ amount: SECRET })),
    ],
  ])('%s', async (what, work) => {
    const error: unknown = await run(work).then(
      () => null,
      (reason: unknown) => reason,
    )
    // SQLite keeps text in a column of numbers.
    if (error === null && db.name === 'sqlite' && what.startsWith('no number')) return
    expect(error).toMatchObject({ code: 'STATEMENT_FAILED' })
    expect(String(error)).not.toMatch(WORDS)
    expect(describeFailure(error).message).not.toMatch(WORDS)
  })

  it('the log of statements has them without values', () => {
    expect(log).toContain('INSERT INTO accounts')
    expect(log).not.toMatch(WORDS)
  })
})

describe('what servers say of values, that no test can reach', () => {
  it.each([
    [
      "Conversion failed when converting the varchar value 'Zq7' to data type int.",
      'Conversion failed when converting the varchar value … to data type int.',
    ],
    [
      "Violation of UNIQUE KEY constraint 'uq'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (Zq7).",
      "Violation of UNIQUE KEY constraint 'uq'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (…).",
    ],
    [
      "String or binary data would be truncated in table 'd.t', column 'c'. Truncated value: 'Zq7'.",
      "String or binary data would be truncated in table 'd.t', column 'c'. Truncated value: ….",
    ],
  ])('%s', (said, told) => {
    const message = (hasValues: boolean): string =>
      statementFailure(new TypeError(said), 'INSERT', { hasValues }).message
    expect(message(true)).toBe(`${told} [SQL: INSERT]`)
    // Without values it can only be what stands in the statement itself.
    expect(message(false)).toBe(`${said} [SQL: INSERT]`)
  })
})
