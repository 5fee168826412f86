import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/postgresql/compile/index.ts'
import { AdvisoryLock } from '../../../src/dialects/postgresql/impl/advisory-lock.ts'
import { PostgresqlImpl } from '../../../src/dialects/postgresql/impl/index.ts'
import * as postgresql from '../../../src/dialects/postgresql/types/index.ts'
import type { ColumnAlteration } from '../../../src/impl/column-alteration.ts'
import type { StatementSink } from '../../../src/impl/statement-sink.ts'
import * as sa from '../../../src/sa.ts'
import { DefaultClause, Identity } from '../../../src/sql/schema/server-default.ts'
import { TableClass } from '../../../src/sql/schema/table.ts'
import { describePostgresql } from './live.ts'

/** Collects what an implementation would run. */
class Script implements StatementSink {
  readonly offline = true
  readonly statements: string[] = []

  async execute({ sql }: { readonly sql: string }): Promise<{ rows: []; rowCount: undefined }> {
    this.statements.push(sql.replaceAll(/\s+/g, ' '))
    return { rows: [], rowCount: undefined }
  }

  async executeMany(): Promise<void> {}

  writeStatic(): void {}
}

async function script(run: (impl: PostgresqlImpl) => Promise<void>): Promise<string[]> {
  const sink = new Script()
  await run(new PostgresqlImpl({ dialect: createDialect(), sink }))
  return sink.statements
}

describe('creating a table', () => {
  it('creates its types before it, then indexes and comments', async () => {
    const columns = [
      sa.Column('a', sa.Enum('x', { name: 'e' }), { comment: 'of a' }),
      sa.Column('b', postgresql.DOMAIN('d', sa.Integer()), { index: true }),
    ]
    const table = new TableClass('t', sa.MetaData(), columns, { comment: 'of t' })
    expect(await script((impl) => impl.createTable(table))).toEqual([
      "CREATE TYPE e AS ENUM ('x')",
      'CREATE DOMAIN d AS INTEGER',
      'CREATE TABLE t ( a e, b d )',
      'CREATE INDEX ix_t_b ON t (b)',
      "COMMENT ON TABLE t IS 'of t'",
      "COMMENT ON COLUMN t.a IS 'of a'",
    ])
  })
})

describe('altering a column', () => {
  const table = { name: 't', quote: null, schema: null }
  const alter = (alteration: Partial<ColumnAlteration>): Promise<string[]> =>
    script((impl) =>
      impl.alterColumn(table, 'c', { existing: {}, dialectOptions: {}, ...alteration }),
    )

  it('changes the type first and the name last', async () => {
    const statements = await alter({
      nullable: false,
      serverDefault: DefaultClause('5'),
      type: sa.Integer(),
      comment: 'x',
      newName: 'd',
      dialectOptions: { postgresql: { using: 'c::integer' } },
    })
    expect(statements).toEqual([
      'ALTER TABLE t ALTER COLUMN c TYPE INTEGER USING c::integer',
      'ALTER TABLE t ALTER COLUMN c SET NOT NULL',
      "ALTER TABLE t ALTER COLUMN c SET DEFAULT '5'",
      "COMMENT ON COLUMN t.c IS 'x'",
      'ALTER TABLE t RENAME c TO d',
    ])
  })

  it('drops the identity before it sets a default', async () => {
    const statements = await alter({
      serverDefault: DefaultClause('5'),
      existing: { serverDefault: Identity() },
    })
    expect(statements).toEqual([
      'ALTER TABLE t ALTER COLUMN c DROP IDENTITY',
      "ALTER TABLE t ALTER COLUMN c SET DEFAULT '5'",
    ])
  })

  it('refuses a conversion without a type', async () => {
    await expect(alter({ dialectOptions: { postgresql: { using: 'x' } } })).rejects.toThrow(
      'postgresql_using must be used with the type_ parameter',
    )
  })
})

it('a batch that makes a table anew drops the named constraints first', async () => {
  const table = new TableClass(
    't',
    sa.MetaData(),
    [
      sa.Column('a', sa.Integer()),
      sa.UniqueConstraint('a', { name: 'u' }),
      sa.CheckConstraint('a > 0', { name: 'k' }),
    ],
    {},
  )
  const namedConstraints = new Map([['u', table.constraints[1]!]])
  expect(await script((impl) => impl.prepTableForBatch({ namedConstraints }, table))).toEqual([
    'ALTER TABLE t DROP CONSTRAINT u',
  ])
})

describePostgresql('the lock', (first, connect) => {
  const target = { versionTable: 'alembic_version', versionTableSchema: null }

  it('is had by one session at a time', async () => {
    const second = await connect()
    const lock = new AdvisoryLock()
    const mine = { ...target, connection: first() }
    const yours = { ...target, versionTableSchema: 'public', connection: second }
    expect(await lock.acquire(mine, 'session', 0)).toBe(true)
    expect(await lock.acquire(yours, 'session', 50)).toBe(false)
    expect(await lock.acquire({ ...yours, versionTable: 'other' }, 'session', 0)).toBe(true)
    const waiting = lock.acquire(yours, 'session', null)
    await lock.release(mine)
    expect(await waiting).toBe(true)
    await second.close()
  })

  it('of a transaction ends with it', async () => {
    const second = await connect()
    const lock = new AdvisoryLock()
    await first().begin()
    expect(await lock.acquire({ ...target, connection: first() }, 'transaction', 0)).toBe(true)
    expect(await lock.acquire({ ...target, connection: second }, 'session', 0)).toBe(false)
    await first().rollback()
    expect(await lock.acquire({ ...target, connection: second }, 'session', 0)).toBe(true)
    await second.close()
  })
})
