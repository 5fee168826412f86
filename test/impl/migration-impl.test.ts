import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { OfflineRecorder } from '../../src/engine/offline-recorder.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import { UnknownDialectError } from '../../src/errors/driver-error.ts'
import { OperationError } from '../../src/errors/operation-error.ts'
import type { ImplOptions } from '../../src/impl/impl-options.ts'
import { MigrationImpl } from '../../src/impl/migration-impl.ts'
import { createImpl } from '../../src/impl/registry.ts'
import { LiveSink, OfflineSink } from '../../src/impl/statement-sink.ts'
import * as sa from '../../src/sa.ts'
import type { Dialect } from '../../src/sql/compile/dialect.ts'

async function offline(
  name: string,
  options: ImplOptions = {},
  make: (dialect: Dialect, sink: OfflineSink) => MigrationImpl = (dialect, sink) =>
    createImpl(dialect, sink, options),
): Promise<{ impl: MigrationImpl; text: () => string }> {
  const chunks: string[] = []
  const dialect = (await loadDialect(name)).createDialect()
  const output = { write: (text: string) => chunks.push(text) }
  const sink = new OfflineSink((terminators) => new OfflineRecorder(output, terminators))
  return { impl: make(dialect, sink), text: () => chunks.join('') }
}

const table = sa.table('t', sa.column('a', sa.Integer()), sa.column('b', sa.String()))

describe('execute() in a script', () => {
  it.each([
    ['a string', "SELECT 'x\\:y', :z", "SELECT 'x:y', $1;\n\n"],
    ['text', sa.text('SELECT 1'), 'SELECT 1;\n\n'],
    [
      'an INSERT',
      sa.insert(table).values({ b: 'x', a: 1 }),
      'INSERT INTO t (a, b) VALUES ($1, $2);\n\n',
    ],
    [
      'DDL',
      { kind: 'createSchema', name: 's', ifNotExists: true } as const,
      'CREATE SCHEMA IF NOT EXISTS s;\n\n',
    ],
    ['raw SQL', { sql: 'SELECT :raw' }, 'SELECT :raw;\n\n'],
  ])('takes %s', async (_kind, statement, expected) => {
    const { impl, text } = await offline('postgresql')
    await impl.execute(statement)
    expect(text()).toBe(expected)
  })

  it('writes values as literals where the context says so', async () => {
    const { impl, text } = await offline('postgresql', { literalBinds: true })
    await impl.execute(sa.update(table).values({ b: "it's" }).where(sa.column('a').eq(1)))
    expect(text()).toBe("UPDATE t SET b='it''s' WHERE a = 1;\n\n")
  })

  it('refuses what is no statement', async () => {
    const { impl } = await offline('postgresql')
    await expect(impl.execute({} as never)).rejects.toThrow('execute() takes SQL text')
  })
})

it('ends statements and transactions as the dialect does', async () => {
  class OwnImpl extends MigrationImpl {
    override get batchSeparator(): string {
      return 'GO'
    }
  }
  const { impl, text } = await offline(
    'postgresql',
    {},
    (dialect, sink) => new OwnImpl({ dialect, sink }),
  )
  impl.emitBegin()
  await impl.execute('SELECT 1')
  impl.emitCommit()
  expect(text()).toBe('BEGIN;\n\nSELECT 1;\n\nGO\n\nCOMMIT;\n\nGO\n\n')
})

it('makes the reference’s version table', async () => {
  const { impl, text } = await offline('postgresql')
  await impl.createTable(impl.versionTable('alembic_version', 's', true))
  await impl.createTable(impl.versionTable('v', null, false))
  expect(text()).toBe(
    'CREATE TABLE s.alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n\nCREATE TABLE v (\n    version_num VARCHAR(32) NOT NULL\n);\n\n',
  )
})

it('tells whether DDL is undone by ROLLBACK; an option overrides the dialect', async () => {
  const told = async (name: string, options: ImplOptions = {}): Promise<boolean> =>
    (await offline(name, options)).impl.transactionalDdl
  expect([await told('postgresql'), await told('sqlite')]).toEqual([true, false])
  expect(await told('sqlite', { transactionalDdl: true })).toBe(true)
})

it('is registered by the name of the dialect', async () => {
  const dialect = (await loadDialect('sqlite')).createDialect()
  const sink = new OfflineSink(
    () => new OfflineRecorder({ write: () => undefined }, { terminator: ';' }),
  )
  expect(createImpl(dialect, sink).implName).toBe('SQLiteImpl')
  expect(() => createImpl({ ...dialect, name: 'nope' }, sink)).toThrow(UnknownDialectError)
})

describe('on a connection', () => {
  let connection: Connection
  let impl: MigrationImpl

  beforeEach(async () => {
    connection = await createEngine('sqlite://').connect()
    impl = createImpl(connection.dialect, new LiveSink(connection))
    await impl.execute('CREATE TABLE t (a INTEGER, b TEXT)')
  })

  afterEach(async () => {
    await connection.close()
  })

  it('gives the rows of a statement', async () => {
    await impl.bulkInsert(table, [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ])
    await impl.bulkInsert(table, [{ a: 3 }], { multiinsert: false })
    const { rows } = await impl.execute(
      sa.text('SELECT a, b FROM t WHERE a > :min').bindparams({ min: 1 }),
    )
    expect(rows).toEqual([
      { a: 2, b: 'y' },
      { a: 3, b: null },
    ])
  })

  it('sends values as their types are stored', async () => {
    const typed = sa.table(
      't',
      sa.column('a', sa.JSON()),
      sa.column('b', sa.Uuid()),
      sa.column('d', sa.Date()),
    )
    await impl.execute('ALTER TABLE t ADD COLUMN d DATE')
    const b = '12345678-1234-5678-1234-567812345678'
    await impl.bulkInsert(typed, [{ a: [1, { x: null }], b, d: new Date(Date.UTC(2024, 1, 29)) }])
    const { rows } = await impl.execute('SELECT a, b, d FROM t')
    expect(rows).toEqual([
      { a: '[1,{"x":null}]', b: '12345678123456781234567812345678', d: '2024-02-29' },
    ])
  })

  it('refuses a placeholder without a value', async () => {
    await expect(impl.execute("SELECT '12:30', :x")).rejects.toThrow(
      "A value is required for bind parameter 'x'",
    )
  })

  it('refuses what only holds in scripts', () => {
    expect(() => impl.staticOutput('-- comment')).toThrow(OperationError)
    const options = { literalBinds: true }
    expect(() => createImpl(connection.dialect, new LiveSink(connection), options)).toThrow(
      "Can't use literal_binds setting without as_sql mode",
    )
  })

  it('refuses an isolation level for one statement', async () => {
    const call = impl.execute('SELECT 1', { executionOptions: { isolationLevel: 'AUTOCOMMIT' } })
    await expect(call).rejects.toThrow('run it in context.autocommitBlock()')
  })
})
