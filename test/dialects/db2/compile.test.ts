// The statements of the Db2 11.5 for Linux, Unix and Windows SQL reference: ALTER TABLE, RENAME, COMMENT; and REORG TABLE of
// "Administrative routines, ADMIN_CMD". No server is at hand to run them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/db2/compile/index.ts'
import { op } from '../../../src/index.ts'
import * as sa from '../../../src/sa.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'
import { scriptOf } from '../../operations/op-fixture.ts'

const warnings: string[] = []
beforeEach(() => setWarningHandler((message) => void warnings.push(message)))
afterEach(() => void warnings.splice(0))

const script = (body: () => unknown): Promise<string[]> => scriptOf('db2', body)
const REORG = "CALL SYSPROC.ADMIN_CMD('REORG TABLE t');"

describe('ALTER TABLE', () => {
  it.each([
    [
      'adds columns',
      () =>
        op.addColumn('t', sa.Column('c', sa.Integer(), { serverDefault: '5', nullable: false })),
      ["ALTER TABLE t ADD COLUMN c INT NOT NULL WITH DEFAULT '5';"],
    ],
    [
      'drops columns, and reorganises the table',
      () => op.dropColumn('t', 'c', { schema: 's' }),
      ['ALTER TABLE s.t DROP COLUMN c;', "CALL SYSPROC.ADMIN_CMD('REORG TABLE s.t');"],
    ],
    [
      'changes type and nullability, and reorganises the table once',
      () =>
        op.alterColumn('t', 'c', {
          type: sa.BigInteger(),
          nullable: false,
          serverDefault: sa.text('CURRENT TIMESTAMP'),
          newColumnName: 'd',
        }),
      [
        'ALTER TABLE t ALTER COLUMN c SET NOT NULL;',
        'ALTER TABLE t ALTER COLUMN c SET DEFAULT CURRENT TIMESTAMP;',
        'ALTER TABLE t ALTER COLUMN c SET DATA TYPE BIGINT;',
        'ALTER TABLE t RENAME COLUMN c TO d;',
        REORG,
      ],
    ],
    [
      'takes nullability back',
      () => op.alterColumn('t', 'c', { nullable: true }),
      ['ALTER TABLE t ALTER COLUMN c DROP NOT NULL;', REORG],
    ],
    [
      'makes strings longer without reorganising',
      () => op.alterColumn('t', 'c', { type: sa.String(50), existingType: sa.String(20) }),
      ['ALTER TABLE t ALTER COLUMN c SET DATA TYPE VARCHAR(50);'],
    ],
    [
      'changes and drops defaults without reorganising',
      () => op.alterColumn('t', 'c', { serverDefault: null }),
      ['ALTER TABLE t ALTER COLUMN c DROP DEFAULT;'],
    ],
    [
      'drops constraints by their kind',
      () => {
        void op.dropConstraint('pk', 't', { type: 'primary' })
        void op.dropConstraint('fk', 't', { type: 'foreignkey' })
        void op.dropConstraint('uq', 't', { type: 'unique' })
        void op.dropConstraint('ck', 't', { type: 'check' })
        return op.dropConstraint('any', 't')
      },
      [
        'ALTER TABLE t DROP PRIMARY KEY;',
        'ALTER TABLE t DROP FOREIGN KEY fk;',
        'ALTER TABLE t DROP UNIQUE uq;',
        'ALTER TABLE t DROP CHECK ck;',
        'ALTER TABLE t DROP CONSTRAINT "any";',
      ],
    ],
    [
      'adds, changes and drops identities',
      () => {
        const existing = sa.Identity({ start: 1 })
        void op.alterColumn('t', 'c', { serverDefault: sa.Identity({ always: true, start: 5 }) })
        void op.alterColumn('t', 'c', {
          serverDefault: sa.Identity({ always: true, start: 9, increment: 2 }),
          existingServerDefault: existing,
        })
        return op.alterColumn('t', 'c', { serverDefault: null, existingServerDefault: existing })
      },
      [
        'ALTER TABLE t ALTER COLUMN c SET GENERATED ALWAYS AS IDENTITY (START WITH 5);',
        'ALTER TABLE t ALTER COLUMN c SET GENERATED ALWAYS SET INCREMENT BY 2 RESTART WITH 9;',
        'ALTER TABLE t ALTER COLUMN c DROP IDENTITY;',
      ],
    ],
    [
      'adds and drops expressions',
      () => {
        void op.alterColumn('t', 'c', { serverDefault: sa.Computed('a + 1') })
        return op.alterColumn('t', 'c', {
          serverDefault: null,
          existingServerDefault: sa.Computed('a + 1'),
        })
      },
      [
        'ALTER TABLE t ALTER COLUMN c SET GENERATED ALWAYS AS (a + 1);',
        'ALTER TABLE t ALTER COLUMN c DROP EXPRESSION;',
      ],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await script(body)).toEqual(expected)
  })

  it("can't ask what exists", async () => {
    await expect(script(() => op.dropColumn('t', 'c', { ifExists: true }))).rejects.toThrow(
      'Dialect db2 has no IF EXISTS in ALTER TABLE',
    )
    await expect(script(() => op.createSequence('s', { ifNotExists: true }))).rejects.toThrow(
      "CREATE SEQUENCE takes no IF NOT EXISTS; look for sequence 's' with sa.inspect() first",
    )
  })
})

it('RENAME TABLE leaves a table in its schema', async () => {
  expect(await script(() => op.renameTable('a', 'b', { schema: 's' }))).toEqual([
    'RENAME TABLE s.a TO b;',
  ])
})

it('COMMENT ON writes comments, an empty one where none is wanted', async () => {
  const body = (): unknown => {
    void op.createTableComment('t', "it's")
    void op.dropTableComment('t')
    return op.alterColumn('t', 'c', { comment: null })
  }
  expect(await script(body)).toEqual([
    "COMMENT ON TABLE t IS 'it''s';",
    "COMMENT ON TABLE t IS '';",
    "COMMENT ON COLUMN t.c IS '';",
  ])
})

it('what CREATE TABLE leaves out, as the reference does, is told', async () => {
  const body = (): unknown =>
    op.createTable(
      't',
      sa.Column('a', sa.Integer(), sa.Computed('1'), { comment: 'x' }),
      sa.Column('b', sa.String(5), sa.Identity()),
      sa.Column('c', sa.Integer(), sa.ForeignKey('o.id', { onupdate: 'CASCADE' })),
    )
  expect(await script(body)).toEqual([
    'CREATE TABLE t ( a INT, b VARCHAR(5) NOT NULL, c INT, FOREIGN KEY(c) REFERENCES o (id) );',
  ])
  expect(warnings.map((text) => text.slice(0, 60))).toEqual(
    [
      "The expression of computed column 'a' is left out on db2, as",
      "The identity of column 'b' is left out on db2, as the refere",
      'ON UPDATE CASCADE is left out: DB2 does not support UPDATE CA',
      'Comments of tables and columns are left out on db2, as the re',
    ].map((text) => text.slice(0, 60)),
  )
})

it('refuses types that Db2 lacks, and strings without a length', () => {
  const { types } = createDialect()
  expect(() => types.compile(sa.JSON())).toThrow('Db2 keeps JSON in CLOB, VARCHAR or BLOB')
  expect(() => types.compile(sa.String())).toThrow('VARCHAR requires a length')
  expect(types.compile(sa.db2.DECFLOAT(16))).toBe('DECFLOAT(16)')
  expect(types.compile(sa.db2.LONGVARCHAR())).toBe('LONG VARCHAR')
})

it('writes bytes and sequences', async () => {
  const t = sa.table('t', sa.column('b', sa.LargeBinary()))
  expect(await script(() => op.bulkInsert(t, [{ b: Uint8Array.of(1, 255) }]))).toEqual([
    "INSERT INTO t (b) VALUES (BX'01FF');",
  ])
  const next = sa.Sequence('s', { schema: 'x' }).nextValue()
  expect(createDialect().sql.compileForDdl(next)).toBe('NEXT VALUE FOR x.s')
})
