// Statements for SQL Server, judged by a grammar: there is no server at hand. "Manual" is the Transact-SQL reference.
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { transactSql } from './antlr4ts-grammar.ts'
import type { Gate } from './gate.ts'
import { testGate } from './gate-tests.ts'

const gate: Gate = {
  grammar: transactSql,
  gaps: [
    {
      form: /(?<= IDENTITY\([-\d,]*)-(?=\d)/,
      readAs: '',
      manual: 'CREATE TABLE, IDENTITY (property): seed and increment may be negative',
    },
    {
      form: /(?<= DROP (?:COLUMN|CONSTRAINT)) IF EXISTS\b/,
      readAs: '',
      manual: 'ALTER TABLE: DROP [ CONSTRAINT | COLUMN ] [ IF EXISTS ], 2016 and later',
    },
    {
      form: /(?<= ADD DEFAULT )NULL(?= FOR )/,
      readAs: '0',
      manual: 'ALTER TABLE, column_constraint: DEFAULT takes NULL',
    },
    {
      form: /(?<=^CREATE )COLUMNSTORE(?= INDEX )/,
      readAs: '',
      manual: 'CREATE COLUMNSTORE INDEX: the nonclustered one takes a list of columns',
    },
    {
      form: /(?<= VARBINARY\(max\)) FILESTREAM\b/i,
      readAs: '',
      manual: 'CREATE TABLE, column_definition: [ FILESTREAM ] behind the type',
    },
  ],
  foreign: [
    { form: /(?<=[ (.])order\b(?=[ ,).]|$)/, reason: 'a reserved word with quote: false' },
    { form: /\bDEFERRABLE\b| MATCH (?:FULL|SIMPLE)\b/, reason: 'asked for; the server lacks it' },
    {
      form: /::jsonb| ON UPDATE CURRENT_TIMESTAMP/,
      reason: "the call's SQL, for another database",
    },
    {
      form: / DEFAULT (?:sysdate|TRUE|x|a \+ 5)\b/,
      reason: "the call's SQL, for another database",
    },
    { form: / CHECK \((?:1|x)\)/, reason: "the call's SQL is no condition" },
    {
      form: / ADD$| CHECK \(\)|\( \)$|^CREATE INDEX ix ON t1$/,
      reason: 'a call with nothing in it',
    },
    { form: /^CREATE (?:TEMP|GLOBAL TEMPORARY) TABLE/, reason: "a prefix of the call's" },
    {
      form: /\(a \+ b\)|lower\(b\)\)$| NULLS (?:FIRST|LAST)\)|COLLATE "C"\)/,
      reason: 'no index on expressions',
    },
    { form: / CLUSTERED COLUMNSTORE INDEX \w+ ON \w+ \(/, reason: 'it takes no list of columns' },
    {
      form: /^EXEC sp_rename '\[sin'gle\]|object_id\('(?:sch\.)?o'table/,
      reason: 'a quote in a name as text',
    },
    { form: /'schema', (?:dot\.ted|shop\.dbo),/, reason: 'an argument of a procedure is one name' },
  ],
}

/** What has no form of its own among the directives' tests. */
const ofItsOwn: readonly (() => unknown)[] = [
  () =>
    op.createTable(
      't',
      sa.Column('id', sa.BigInteger(), sa.Identity({ start: -5, increment: 2 }), {
        primaryKey: true,
      }),
      sa.Column('n', sa.mssql.NVARCHAR(50, { collation: 'Latin1_General_CI_AS' }), {
        comment: "it's",
        nullable: false,
        serverDefault: 'x',
      }),
      sa.Column('d', sa.mssql.DATETIMEOFFSET(3), { serverDefault: sa.text('sysdatetimeoffset()') }),
      sa.Column('sum', sa.Integer(), sa.Computed('id + 1', { persisted: true })),
      sa.Column('v', sa.mssql.VARBINARY('max')),
      sa.UniqueConstraint('n', { name: 'Uq n', mssql: { clustered: true } }),
      sa.CheckConstraint("n <> ''", { name: 'ck' }),
      { schema: 'shop.dbo', comment: 'of a shop' },
    ),
  () => op.dropColumn('t', 'c', { mssql: { dropDefault: true, dropCheck: true } }),
  () => op.dropColumn('t', 'a b', { schema: 's', mssql: { dropForeignKey: true } }),
  () => op.alterColumn('t', 'c', { type: sa.String(30), nullable: false, serverDefault: 'x' }),
  () => op.alterColumn('t', 'a b', { newColumnName: 'order', schema: 's' }),
  () => op.alterColumn('t', 'c', { comment: 'x', existingComment: 'y' }),
  () => op.createIndex('ix', 't', ['a'], { mssql: { clustered: true } }),
  () => op.createIndex('ix', 't', ['a'], { mssql: { include: ['b'], where: 'a > 5' } }),
  () => op.createIndex('ix', 't', ['a', 'b'], { mssql: { columnstore: true } }),
  () => op.dropTableComment('t', { schema: 's' }),
]

testGate({
  dialect: 'mssql',
  gate,
  ofItsOwn,
  asSent: (sql) => (sql.startsWith('INSERT ') ? sql.replaceAll(/(?<=[ (]):(?=\w)/g, '@') : sql),
})
