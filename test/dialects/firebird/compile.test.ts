// The statements of the Firebird 3.0 Language Reference: 5.4 TABLE, 5.6 INDEX, 5.13 COMMENT. Where it runs, the same is run on
// a server in live.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/firebird/compile/index.ts'
import { CompileError } from '../../../src/errors/compile-error.ts'
import { op } from '../../../src/index.ts'
import * as sa from '../../../src/sa.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'
import { scriptOf } from '../../operations/op-fixture.ts'

const warnings: string[] = []
beforeEach(() => setWarningHandler((message) => void warnings.push(message)))
afterEach(() => void warnings.splice(0))

const script = (body: () => unknown): Promise<string[]> => scriptOf('firebird', body)
const type = (it: Parameters<ReturnType<typeof createDialect>['types']['compile']>[0]): string =>
  createDialect().types.compile(it)

describe('altering (section 5.4.2)', () => {
  it.each([
    [
      'adds a column without the word COLUMN',
      () =>
        op.addColumn('t', sa.Column('c', sa.Integer(), { serverDefault: '5', nullable: false })),
      ["ALTER TABLE t ADD c INTEGER DEFAULT '5' NOT NULL;"],
    ],
    ['drops a column', () => op.dropColumn('t', 'c'), ['ALTER TABLE t DROP c;']],
    [
      'changes nullability, default and type, each by itself, and the name last',
      () =>
        op.alterColumn('t', 'c', {
          type: sa.String(20),
          nullable: false,
          serverDefault: sa.text('CURRENT_USER'),
          newColumnName: 'd',
        }),
      [
        'ALTER TABLE t ALTER c SET NOT NULL;',
        'ALTER TABLE t ALTER c SET DEFAULT CURRENT_USER;',
        'ALTER TABLE t ALTER c TYPE VARCHAR(20);',
        'ALTER TABLE t ALTER c TO d;',
      ],
    ],
    [
      'takes nullability and default back',
      () => op.alterColumn('t', 'c', { nullable: true, serverDefault: null }),
      ['ALTER TABLE t ALTER c DROP NOT NULL;', 'ALTER TABLE t ALTER c DROP DEFAULT;'],
    ],
    [
      'changes the expression of a computed column',
      () =>
        op.alterColumn('t', 'c', {
          serverDefault: sa.Computed('a + 2'),
          existingServerDefault: sa.Computed('a + 1'),
        }),
      ['ALTER TABLE t ALTER c GENERATED ALWAYS AS (a + 2);'],
    ],
    [
      'drops constraints by name',
      () => op.dropConstraint('uq', 't', { type: 'unique' }),
      ['ALTER TABLE t DROP CONSTRAINT uq;'],
    ],
    [
      'comments (section 5.13)',
      () => {
        void op.createTableComment('t', "it's")
        void op.dropTableComment('t')
        return op.alterColumn('t', 'c', { comment: 'x' })
      },
      [
        "COMMENT ON TABLE t IS 'it''s';",
        'COMMENT ON TABLE t IS NULL;',
        "COMMENT ON COLUMN t.c IS 'x';",
      ],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await script(body)).toEqual(expected)
  })

  it('has no schemas to write', async () => {
    expect(await script(() => op.dropColumn('t', 'c', { schema: 's' }))).toEqual([
      'ALTER TABLE t DROP c;',
    ])
  })

  it("can't rename tables", async () => {
    await expect(script(() => op.renameTable('a', 'b'))).rejects.toThrow(
      "Firebird can't rename a table ('a' to 'b'); create 'b', copy the rows",
    )
  })

  it("can't ask what exists", async () => {
    const column = (): sa.Column => sa.Column('c', sa.Integer())
    for (const body of [
      () => op.addColumn('t', column(), { ifNotExists: true }),
      () => op.dropColumn('t', 'c', { ifExists: true }),
      () => op.dropConstraint('u', 't', { ifExists: true }),
    ]) {
      await expect(script(body)).rejects.toThrow(/has no IF (NOT )?EXISTS in ALTER TABLE/)
    }
  })

  it("can't make a plain column computed, or number itself", async () => {
    await expect(
      script(() => op.alterColumn('t', 'c', { serverDefault: sa.Computed('a') })),
    ).rejects.toThrow(CompileError)
    await expect(
      script(() => op.alterColumn('t', 'c', { serverDefault: sa.Identity() })),
    ).rejects.toThrow(CompileError)
  })
})

describe('creating', () => {
  it('leaves comments and identities of models out, with a warning, as the reference does', async () => {
    const columns = [
      sa.Column('id', sa.Integer(), sa.Identity(), { primaryKey: true, comment: 'x' }),
    ] as const
    expect(await script(() => op.createTable('t', ...columns, { comment: 'y' }))).toEqual([
      'CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) );',
    ])
    expect(warnings).toEqual([
      expect.stringContaining("The identity of column 'id' is left out on firebird"),
      expect.stringContaining('Comments of tables and columns are left out on firebird'),
    ])
  })

  it('puts the collation last', async () => {
    const collated = sa.firebird.VARCHAR(9, { charset: 'UTF8', collation: 'UNICODE_CI' })
    const column = sa.Column('c', collated, { serverDefault: 'x', nullable: false })
    expect(await script(() => op.createTable('t', column))).toEqual([
      `CREATE TABLE t ( c VARCHAR(9) CHARACTER SET UTF8 DEFAULT 'x' NOT NULL COLLATE "UNICODE_CI" );`,
    ])
  })

  it('makes descending indexes of whole keys', async () => {
    const body = (): unknown =>
      op.createIndex('ix', 't', ['a'], { unique: true, firebird: { descending: true } })
    expect(await script(body)).toEqual(['CREATE UNIQUE DESCENDING INDEX ix ON t (a);'])
  })

  it('refuses stored computed columns', async () => {
    const column = sa.Column('c', sa.Integer(), sa.Computed('a', { persisted: true }))
    await expect(script(() => op.createTable('t', column))).rejects.toThrow(CompileError)
  })
})

describe('types', () => {
  it.each([
    [sa.firebird.DECFLOAT(16), 'DECFLOAT(16)'],
    [sa.firebird.INT128(), 'INT128'],
    [sa.firebird.CHAR(3, { charset: 'OCTETS' }), 'CHAR(3) CHARACTER SET OCTETS'],
    [sa.Double(), 'DOUBLE PRECISION'],
    [sa.DateTime({ timezone: true }), 'TIMESTAMP'],
  ])('%s', (it_, sql) => {
    expect(type(it_)).toBe(sql)
  })

  it('have time zones from Firebird 4 on', () => {
    const { types } = createDialect({ serverVersion: [4, 0] })
    expect(types.compile(sa.DateTime({ timezone: true }))).toBe('TIMESTAMP WITH TIME ZONE')
    expect(types.compile(sa.Time({ timezone: true }))).toBe('TIME WITH TIME ZONE')
  })

  it('that the server lacks are refused', () => {
    expect(() => type(sa.JSON())).toThrow("withVariant(…, 'firebird')")
    expect(() => type(sa.String())).toThrow('VARCHAR requires a length')
  })
})

it('names get longer with Firebird 4', () => {
  expect(createDialect().traits.maxIdentifierLength).toBe(31)
  expect(createDialect({ serverVersion: [4, 0, 1] }).traits.maxIdentifierLength).toBe(63)
})

it('writes bytes, sequences and context variables', async () => {
  const t = sa.table('t', sa.column('b', sa.LargeBinary()))
  expect(await script(() => op.bulkInsert(t, [{ b: Uint8Array.of(1, 255) }]))).toEqual([
    "INSERT INTO t (b) VALUES (x'01FF');",
  ])
  const { sql } = createDialect()
  expect(sql.compileForDdl(sa.func.now())).toBe('CURRENT_TIMESTAMP')
  expect(sql.compileForDdl(sa.func['current_role']!())).toBe('current_role')
  expect(sql.compileForDdl(sa.Sequence('s').nextValue())).toBe('gen_id(s, 1)')
})
