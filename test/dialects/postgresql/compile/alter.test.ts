import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../../src/dialects/postgresql/compile/index.ts'
import * as sa from '../../../../src/sa.ts'
import type { DdlStatement } from '../../../../src/sql/ddl/statement.ts'
import { DefaultClause, Identity } from '../../../../src/sql/schema/server-default.ts'
import { TableClass } from '../../../../src/sql/schema/table.ts'
import { describePostgresql } from '../live.ts'

const dialect = createDialect()
const compile = (statement: DdlStatement): string => dialect.ddl.compile(statement)
const target = { table: { name: 't', quote: null, schema: 's' }, column: 'C', existing: {} }

describe('altering a column', () => {
  it.each<[DdlStatement, string]>([
    [{ kind: 'alterColumnNullable', ...target, nullable: true }, 'DROP NOT NULL'],
    [{ kind: 'alterColumnNullable', ...target, nullable: false }, 'SET NOT NULL'],
    [{ kind: 'alterColumnType', ...target, type: sa.Integer(), using: null }, 'TYPE INTEGER'],
    [
      { kind: 'alterColumnType', ...target, type: sa.Integer(), using: '"C"::integer' },
      'TYPE INTEGER USING "C"::integer',
    ],
    [{ kind: 'alterColumnDefault', ...target, serverDefault: null }, 'DROP DEFAULT'],
    [
      { kind: 'alterColumnDefault', ...target, serverDefault: DefaultClause("it's") },
      "SET DEFAULT 'it''s'",
    ],
  ])('%#', (statement, expected) => {
    expect(compile(statement)).toBe(`ALTER TABLE s.t ALTER COLUMN "C" ${expected}`)
  })

  it('renames without the word COLUMN', () => {
    expect(compile({ kind: 'renameColumn', ...target, newName: 'd' })).toBe(
      'ALTER TABLE s.t RENAME "C" TO d',
    )
  })

  it('comments', () => {
    const comment = { kind: 'setColumnComment', ...target, replaces: false } as const
    expect(compile({ ...comment, comment: "it's" })).toBe(`COMMENT ON COLUMN s.t."C" IS 'it''s'`)
    expect(compile({ ...comment, comment: null })).toBe('COMMENT ON COLUMN s.t."C" IS NULL')
  })
})

describe('identity', () => {
  const alter = (identity: Identity | null, before?: Identity | null): string =>
    compile({
      kind: 'alterColumnIdentity',
      ...target,
      existing: before === undefined ? {} : { serverDefault: before },
      identity,
      existingIdentity: before ?? null,
    }).replace('ALTER TABLE s.t ALTER COLUMN "C" ', '')

  it('is added where the column is known to have no default', () => {
    expect(alter(Identity({ always: true, start: 5, increment: 2 }), null)).toBe(
      'ADD GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 START WITH 5)',
    )
  })

  it('is dropped', () => {
    expect(alter(null, Identity())).toBe('DROP IDENTITY')
  })

  it('is changed option by option, by name', () => {
    const wanted = Identity({ always: true, start: 3, increment: 2, cycle: true, nomaxvalue: true })
    expect(alter(wanted, Identity({ start: 3, maxvalue: 9 }))).toBe(
      'SET GENERATED ALWAYS SET CYCLE SET INCREMENT BY 2 SET NO MAXVALUE',
    )
  })

  it('what is not given stays', () => {
    expect(alter(Identity({ cache: 5 }), Identity({ cache: 4, start: 9 }))).toBe('SET CACHE 5')
  })
})

describe('a column that is added', () => {
  const added = (column: ReturnType<typeof sa.Column>): string => {
    const table = new TableClass('t', sa.MetaData(), [column], {})
    return compile({
      kind: 'addColumn',
      table,
      column,
      ifNotExists: true,
      inlineReferences: true,
      inlinePrimaryKey: true,
    })
  }

  it('has its key and its reference where asked', () => {
    expect(added(sa.Column('q', sa.Integer(), { primaryKey: true }))).toBe(
      'ALTER TABLE t ADD COLUMN IF NOT EXISTS q SERIAL NOT NULL PRIMARY KEY',
    )
    const key = sa.ForeignKey('o.id', { ondelete: 'CASCADE', name: 'lost' })
    expect(added(sa.Column('q', sa.Integer(), key))).toBe(
      'ALTER TABLE t ADD COLUMN IF NOT EXISTS q INTEGER REFERENCES o (id) ON DELETE CASCADE',
    )
  })
})

it('statements of other dialects are refused', () => {
  const statement = {
    kind: 'dialectStatement',
    dialect: 'other',
    statement: { kind: 'x' },
  } as const
  expect(() => compile(statement)).toThrow("guard the operation with the dialect's name")
})

describePostgresql('altering on a server', (connection) => {
  it('runs every statement', async () => {
    const table = { name: 't', quote: null, schema: null }
    const c = { table, column: 'c', existing: {} }
    await connection().execute('CREATE TABLE t (c text)')
    const statements: DdlStatement[] = [
      { kind: 'alterColumnType', ...c, type: sa.Integer(), using: 'length(c)' },
      { kind: 'alterColumnNullable', ...c, nullable: false },
      {
        kind: 'alterColumnIdentity',
        ...c,
        existing: { serverDefault: null },
        identity: Identity({ start: 5 }),
        existingIdentity: null,
      },
      {
        kind: 'alterColumnIdentity',
        ...c,
        identity: Identity({ always: true, cycle: true }),
        existingIdentity: Identity({ start: 5 }),
      },
      { kind: 'setColumnComment', table, column: 'c', comment: 'new', replaces: false },
      { kind: 'renameColumn', ...c, newName: 'd' },
    ]
    for (const statement of statements) await connection().execute(compile(statement))
    const { rows } = await connection().execute(
      `SELECT attname, atttypid::regtype::text AS type, attnotnull, attidentity::text,
         col_description(attrelid, attnum) AS comment
       FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 1`,
    )
    expect(rows).toEqual([
      { attname: 'd', type: 'integer', attnotnull: true, attidentity: 'a', comment: 'new' },
    ])
  })
})
