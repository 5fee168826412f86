// Statements for Db2, judged by Apache Derby, which has Db2's syntax as far as it goes. "Manual" is the SQL reference of Db2 11.5
// for Linux, Unix and Windows. What Derby lacks is held by the exact text in test/dialects/db2/.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { scriptOf } from '../operations/op-fixture.ts'
import { describeWithDerby, isSyntaxError, runOnDerby } from './derby.ts'
import { complaints, type ForeignForm, type Gate, idleRows } from './gate.ts'
import { areRecorded, recordedStatements } from './recorded-statements.ts'

const broken = readFileSync(join(import.meta.dirname, 'db2.broken.sql'), 'utf8')

const foreign: readonly ForeignForm[] = [
  {
    form: / (?:VAR)?(?:GRAPHIC|BINARY)\(| DBCLOB\(| LONG VARGRAPHIC\b/,
    reason: 'manual, CREATE TABLE, built-in types: Derby has CHAR FOR BIT DATA only',
  },
  { form: / IF (?:NOT )?EXISTS /, reason: 'manual, CREATE TABLE, DROP; Derby lacks it' },
  { form: /\bix_\$dollar/, reason: 'manual, Identifiers: $ is a letter; not to Derby' },
  {
    form: / DEFAULT \(|INDEX .* \(\w+\(/,
    reason: 'manual, CREATE INDEX: expressions as keys; Derby lacks them',
  },
  { form: /^CREATE GLOBAL TEMPORARY TABLE/, reason: 'manual, CREATE GLOBAL TEMPORARY TABLE' },
  { form: /(?<=[ (.])order\b(?=[ ,).]|$)/, reason: 'a reserved word with quote: false' },
  { form: /(?<=[ (])1leading\b/, reason: 'a name that needs quotes, recorded without them' },
  { form: / MATCH (?:FULL|SIMPLE)\b/, reason: 'asked for; the server lacks it' },
  { form: / ON DELETE SET NULL \(| NULLS FIRST/, reason: 'asked for; the server lacks it' },
  { form: /::jsonb| DEFAULT 1 \+| NVARCHAR \)|\(\(a \+ b\)\)/, reason: "the call's SQL and types" },
  { form: / ADD$| CHECK \(\)/, reason: 'a call with nothing in it' },
]

const T = 'CREATE TABLE t (id INT NOT NULL, a INT NOT NULL, b VARCHAR(10), c SMALLINT DEFAULT 7)'
const O = 'CREATE TABLE o (id INT NOT NULL, a INT NOT NULL, PRIMARY KEY (id))'

/** A call, and what must be there before: all of it runs. */
const calls: readonly (readonly [setUp: readonly string[], call: () => unknown])[] = [
  [
    [O],
    () =>
      op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('name', sa.String(50), { nullable: false, serverDefault: "it's", index: true }),
        sa.Column('Amount', sa.Numeric(10, 2), { serverDefault: sa.text('0.5') }),
        sa.Column('at', sa.DateTime(), { serverDefault: sa.text('CURRENT TIMESTAMP') }),
        sa.Column('o', sa.Integer(), sa.ForeignKey('o.id', { ondelete: 'CASCADE' })),
        sa.Column('big', sa.BigInteger()),
        sa.Column('text', sa.Text()),
        sa.Column('data', sa.LargeBinary(100)),
        sa.Column('real', sa.Float()),
        sa.Column('e', sa.Enum('x', 'y', { name: 'ck_e', createConstraint: true })),
        sa.UniqueConstraint('name', { name: 'Uq name' }),
        sa.CheckConstraint("name <> '100%'", { name: 'ck' }),
      ),
  ],
  [[T], () => op.dropTable('t')],
  [[T], () => op.renameTable('t', 'u')],
  [[T], () => op.addColumn('t', sa.Column('d', sa.Date(), { serverDefault: '2024-02-29' }))],
  [[T], () => op.addColumn('t', sa.Column('d', sa.SmallInteger(), { unique: true }))],
  [
    [T, O],
    () => op.addColumn('t', sa.Column('o', sa.Integer(), sa.ForeignKey('o.id', { name: 'fk' }))),
  ],
  [[T], () => op.dropColumn('t', 'b')],
  [[T], () => op.alterColumn('t', 'b', { nullable: false, existingType: sa.String(10) })],
  [[T], () => op.alterColumn('t', 'a', { nullable: true })],
  [[T], () => op.alterColumn('t', 'b', { type: sa.String(30), existingType: sa.String(10) })],
  [[T], () => op.alterColumn('t', 'b', { serverDefault: "x'y" })],
  [[T], () => op.alterColumn('t', 'c', { serverDefault: null })],
  [[T], () => op.createIndex('ix', 't', ['a', sa.desc('b')], { unique: true })],
  [[T, 'CREATE INDEX ix ON t (a)'], () => op.dropIndex('ix', 't')],
  [[T], () => op.createPrimaryKey('pk', 't', ['id', 'a'])],
  [[T], () => op.createUniqueConstraint('uq', 't', ['a'])],
  [[T, O], () => op.createForeignKey('fk', 't', 'o', ['a'], ['id'], { ondelete: 'RESTRICT' })],
  [[T], () => op.createCheckConstraint('ck', 't', sa.column('a').gt(5))],
  [[O], () => op.dropConstraint('pk', 'o', { type: 'primary' })],
  [
    [T, 'ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a)'],
    () => op.dropConstraint('uq', 't', { type: 'unique' }),
  ],
  [
    [T, O, 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES o (id)'],
    () => op.dropConstraint('fk', 't', { type: 'foreignkey' }),
  ],
  [
    [T, 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 5)'],
    () => op.dropConstraint('ck', 't', { type: 'check' }),
  ],
  [[T, 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 5)'], () => op.dropConstraint('ck', 't')],
  [
    [T],
    () =>
      op.bulkInsert(
        sa.table('t', sa.column('id', sa.Integer()), sa.column('a'), sa.column('b', sa.String())),
        [
          { id: 1, a: 2, b: "it's" },
          { id: 2, a: 3, b: null },
        ],
      ),
  ],
]

/** In every script that changes a table so; Derby has no such procedure. */
const isReorganisation = (sql: string): boolean => sql.startsWith("CALL SYSPROC.ADMIN_CMD('REORG ")

describeWithDerby('Derby, for Db2,', () => {
  it.skipIf(!areRecorded)(
    'reads what is emitted for the recorded calls',
    async () => {
      const statements = await recordedStatements('db2')
      const answers = new Map(runOnDerby(statements).map((said, i) => [statements[i], said]))
      const grammar: Gate['grammar'] = (sql) => {
        const said = answers.get(sql)
        return isSyntaxError(said) ? said : undefined
      }
      const gate: Gate = { grammar, gaps: [], foreign }
      expect(complaints(gate, statements)).toEqual([])
      expect(idleRows(gate, statements)).toEqual([])
      expect(statements.length).toBeGreaterThan(300)
    },
    180_000,
  )

  it('runs calls of each kind', async () => {
    const statements: string[] = []
    for (const [index, [setUp, call]] of calls.entries()) {
      const emitted = (await scriptOf('db2', call)).map((chunk) => chunk.replace(/;$/, ''))
      statements.push(`CREATE SCHEMA c${index}`, `SET SCHEMA c${index}`, ...setUp, ...emitted)
    }
    const executed = statements.filter((sql) => !isReorganisation(sql))
    const answers = runOnDerby(executed).map((said, i) => [executed[i], said])
    expect(answers.filter(([, said]) => said !== undefined)).toEqual([])
  }, 60_000)

  it('refuses what is broken or for another database', () => {
    const statements = broken.trimEnd().split('\n')
    const answers = runOnDerby(statements)
    expect(statements.filter((_, index) => !isSyntaxError(answers[index]))).toEqual([])
  }, 60_000)
})
