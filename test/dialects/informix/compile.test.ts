// The statements of the Informix 14.10 Guide to SQL: Syntax: ALTER TABLE (ADD Column, MODIFY, DROP Column, ADD CONSTRAINT,
// DROP CONSTRAINT clauses), RENAME COLUMN, RENAME TABLE. No server is at hand to run them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDialect } from '../../../src/dialects/informix/compile/index.ts'
import { readType } from '../../../src/dialects/informix/inspect/column-types.ts'
import { CompileError } from '../../../src/errors/compile-error.ts'
import { op } from '../../../src/index.ts'
import * as sa from '../../../src/sa.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'
import { scriptOf } from '../../operations/op-fixture.ts'

const warnings: string[] = []
beforeEach(() => setWarningHandler((message) => void warnings.push(message)))
afterEach(() => void warnings.splice(0))

const script = (body: () => unknown): Promise<string[]> => scriptOf('informix', body)

describe('ALTER TABLE', () => {
  it.each([
    [
      'adds columns in parentheses, the default before NOT NULL',
      () =>
        op.addColumn('t', sa.Column('c', sa.Integer(), { serverDefault: '5', nullable: false })),
      ["ALTER TABLE t ADD (c INTEGER DEFAULT '5' NOT NULL);"],
    ],
    ['drops columns', () => op.dropColumn('t', 'c'), ['ALTER TABLE t DROP (c);']],
    [
      'modifies all of a column at once, the name last',
      () =>
        op.alterColumn('t', 'c', {
          type: sa.String(20),
          nullable: false,
          serverDefault: 'x',
          newColumnName: 'd',
        }),
      ["ALTER TABLE t MODIFY (c VARCHAR(20) DEFAULT 'x' NOT NULL);", 'RENAME COLUMN t.c TO d;'],
    ],
    [
      'says again what is known of a column, because it would be lost',
      () =>
        op.alterColumn('t', 'c', {
          nullable: false,
          existingType: sa.Integer(),
          existingServerDefault: sa.text('7'),
        }),
      ['ALTER TABLE t MODIFY (c INTEGER DEFAULT 7 NOT NULL);'],
    ],
    [
      'drops a default by not saying it',
      () =>
        op.alterColumn('t', 'c', {
          serverDefault: null,
          existingType: sa.Integer(),
          existingServerDefault: sa.text('7'),
          existingNullable: false,
        }),
      ['ALTER TABLE t MODIFY (c INTEGER NOT NULL);'],
    ],
    [
      'names constraints behind their definition',
      () => {
        void op.createUniqueConstraint('uq', 't', ['a'])
        return op.dropConstraint('uq', 't')
      },
      [
        'ALTER TABLE t ADD CONSTRAINT UNIQUE (a) CONSTRAINT uq;',
        'ALTER TABLE t DROP CONSTRAINT uq;',
      ],
    ],
    ['renames tables', () => op.renameTable('a', 'b', { schema: 's' }), ['RENAME TABLE s.a TO b;']],
    [
      'renames columns',
      () => op.alterColumn('t', 'a', { newColumnName: 'B', schema: 's' }),
      ['RENAME COLUMN s.t.a TO "B";'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await script(body)).toEqual(expected)
  })

  it('needs the type of what it modifies', async () => {
    await expect(script(() => op.alterColumn('t', 'c', { nullable: false }))).rejects.toThrow(
      "Informix can't change column 'c' of table 't' without its type; give alterColumn() the option existingType",
    )
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

it('comments are left out, with one warning', async () => {
  const body = (): unknown => {
    void op.createTable('t', sa.Column('a', sa.Integer(), { comment: 'x' }), { comment: 'y' })
    void op.createTableComment('t', 'z')
    return op.alterColumn('t', 'a', { comment: 'w' })
  }
  expect(await script(body)).toEqual(['CREATE TABLE t ( a INTEGER );'])
  expect(warnings).toEqual([
    'Comments are left out: informix has no comments on tables and columns',
  ])
})

it.each([
  [sa.informix.DATETIME({ qualifier: 'YEAR TO FRACTION(3)' }), 'DATETIME YEAR TO FRACTION(3)'],
  [sa.informix.INTERVAL({ qualifier: 'DAY(3) TO SECOND' }), 'INTERVAL DAY(3) TO SECOND'],
  [sa.informix.LVARCHAR(500), 'LVARCHAR(500)'],
  [sa.informix.MONEY(16, 2), 'MONEY(16, 2)'],
  [sa.informix.BIGSERIAL(), 'BIGSERIAL'],
  [sa.informix.BYTE(), 'BYTE'],
  [sa.TIMESTAMP(), 'DATETIME YEAR TO FRACTION(5)'],
  [sa.JSON(), 'JSON'],
])('the type %s', (type, sql) => {
  expect(createDialect().types.compile(type)).toBe(sql)
})

// Numbers and packed lengths as "Guide to SQL: Reference, SYSCOLUMNS" describes them.
it.each([
  [{ type: 0, length: 20 }, 'CHAR(20)'],
  [{ type: 256 + 2, length: 4 }, 'INTEGER'],
  [{ type: 5, length: 10 * 256 + 2 }, 'DECIMAL(10, 2)'],
  [{ type: 5, length: 16 * 256 + 255 }, 'DECIMAL(16)'],
  [{ type: 256 + 6, length: 4 }, 'SERIAL'],
  [{ type: 10, length: 14 * 256 + 10 }, 'DATETIME YEAR TO SECOND'],
  [{ type: 10, length: 5 * 256 + 10 * 16 + 13 }, 'DATETIME SECOND TO FRACTION(3)'],
  [{ type: 13, length: 10 * 256 + 128 }, 'VARCHAR(128)'],
  [{ type: 14, length: 9 * 256 + 4 * 16 + 10 }, 'INTERVAL DAY(3) TO SECOND'],
  [{ type: 40, length: 2048, extended: 'lvarchar' }, 'LVARCHAR(2048)'],
  [{ type: 41, length: 1, extended: 'boolean' }, 'BOOLEAN'],
  [{ type: 53, length: 8 }, 'BIGSERIAL'],
])('the catalog says %j', (row, sql) => {
  expect(createDialect().types.compile(readType({ extended: null, ...row }))).toBe(sql)
})
