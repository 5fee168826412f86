// The statements of the Adaptive Server Enterprise 16.0 Reference Manual: Commands (alter table) and Procedures (sp_rename). No
// server is at hand to run them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/sybase/compile/index.ts'
import { CompileError } from '../../../src/errors/compile-error.ts'
import { op } from '../../../src/index.ts'
import * as sa from '../../../src/sa.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'
import { scriptOf } from '../../operations/op-fixture.ts'

const warnings: string[] = []
beforeEach(() => setWarningHandler((message) => void warnings.push(message)))
afterEach(() => void warnings.splice(0))

const script = (body: () => unknown): Promise<string[]> => scriptOf('sybase', body)

describe('alter table', () => {
  it.each([
    [
      'adds columns and says that they may be NULL',
      () => op.addColumn('t', sa.Column('c', sa.Integer())),
      ['ALTER TABLE t ADD c INTEGER NULL;'],
    ],
    [
      'adds columns with a default',
      () =>
        op.addColumn('t', sa.Column('c', sa.Integer(), { serverDefault: '5', nullable: false })),
      ["ALTER TABLE t ADD c INTEGER DEFAULT '5' NOT NULL;"],
    ],
    ['drops columns', () => op.dropColumn('t', 'c'), ['ALTER TABLE t DROP c;']],
    [
      'modifies types, keeping what is known of nullability',
      () => op.alterColumn('t', 'c', { type: sa.String(20), existingNullable: false }),
      ['ALTER TABLE t MODIFY c VARCHAR(20) NOT NULL;'],
    ],
    [
      'modifies type and nullability',
      () => op.alterColumn('t', 'c', { type: sa.String(20), nullable: true }),
      ['ALTER TABLE t MODIFY c VARCHAR(20) NULL;'],
    ],
    [
      'modifies nullability alone',
      () => op.alterColumn('t', 'c', { nullable: false, existingType: sa.Integer() }),
      ['ALTER TABLE t MODIFY c INTEGER NOT NULL;'],
    ],
    [
      'modifies nullability of a column of which nothing else is known',
      () => op.alterColumn('t', 'c', { nullable: true }),
      ['ALTER TABLE t MODIFY c NULL;'],
    ],
    [
      'replaces defaults, by NULL where none is wanted',
      () => {
        void op.alterColumn('t', 'c', { serverDefault: "it's" })
        return op.alterColumn('t', 'c', { serverDefault: null })
      },
      ["ALTER TABLE t REPLACE c DEFAULT 'it''s';", 'ALTER TABLE t REPLACE c DEFAULT NULL;'],
    ],
    [
      'renames with a procedure',
      () => {
        void op.alterColumn('t', 'c', { newColumnName: 'D d', schema: 's' })
        return op.renameTable('order', 'b')
      },
      ["EXEC sp_rename 's.t.c', 'D d', 'column';", `EXEC sp_rename '"order"', 'b';`],
    ],
    [
      'takes the placeholder of the reference for a table that is not given',
      () => op.dropIndex('ix'),
      ['DROP INDEX "no_table".ix;'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await script(body)).toEqual(expected)
  })

  it("can't ask what exists, nor make columns computed or number themselves", async () => {
    for (const body of [
      () => op.dropColumn('t', 'c', { ifExists: true }),
      () => op.alterColumn('t', 'c', { serverDefault: sa.Computed('a') }),
      () => op.alterColumn('t', 'c', { serverDefault: sa.Identity() }),
    ]) {
      await expect(script(body)).rejects.toThrow(CompileError)
    }
  })
})

it('comments and computed columns are left out, with a warning', async () => {
  const body = (): unknown =>
    op.createTable('t', sa.Column('a', sa.Integer(), sa.Computed('1'), { comment: 'x' }))
  expect(await script(body)).toEqual(['CREATE TABLE t ( a INTEGER NULL );'])
  expect(warnings).toEqual([
    expect.stringContaining("The expression of computed column 'a' is left out on sybase"),
    'Comments are left out: sybase has no comments on tables and columns',
  ])
})

it('writes bytes', async () => {
  const t = sa.table('t', sa.column('b', sa.LargeBinary()))
  expect(await script(() => op.bulkInsert(t, [{ b: Uint8Array.of(1, 255) }]))).toEqual([
    'INSERT INTO t (b) VALUES (0x01FF);',
  ])
})

it('refuses types that the server lacks', () => {
  const { types } = createDialect()
  expect(() => types.compile(sa.JSON())).toThrow("withVariant(…, 'sybase')")
  expect(() => types.compile(sa.sybase.UNICHAR())).toThrow('UNICHAR requires a length')
})
