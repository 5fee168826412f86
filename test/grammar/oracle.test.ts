// Statements for Oracle, judged by a grammar: there is no server at hand. "Manual" is the SQL Language Reference, 19c unless said.
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { plSql } from './antlr4ts-grammar.ts'
import type { Gate } from './gate.ts'
import { testGate } from './gate-tests.ts'

const gate: Gate = {
  grammar: plSql,
  gaps: [
    {
      form: / MODIFY ("[^"]+"|\w+)(?= GENERATED )/,
      readAs: ' ADD $1 INTEGER',
      manual: 'ALTER TABLE, modify_col_properties: identity_clause',
    },
    {
      form: / AS IDENTITY \(([^()]*)\)/,
      readAs: ' AS IDENTITY',
      apart: 'CREATE SEQUENCE s $1',
      manual: 'CREATE TABLE, identity_clause: ( identity_options )',
    },
    {
      form: /(?<= MODIFY \w+ )DROP IDENTITY$/,
      readAs: 'NULL',
      manual: 'ALTER TABLE, modify_col_properties: drop_identity_clause',
    },
    {
      form: /\bGENERATED ALWAYS AS (\([^()]*\))(?: VIRTUAL)?/,
      readAs: 'DEFAULT $1',
      manual: 'CREATE TABLE, virtual_column_definition: [ GENERATED ALWAYS ] AS ( … )',
    },
    {
      form: /(?<=^DROP (?:TABLE|INDEX)) IF EXISTS\b|(?<=^CREATE TABLE) IF NOT EXISTS\b/,
      readAs: '',
      manual: '23ai, DROP TABLE, DROP INDEX, CREATE TABLE',
    },
    {
      form: / COLLATE "\w+"/,
      readAs: '',
      manual: 'CREATE TABLE, column_definition: COLLATE; COLLATE operator (12.2)',
    },
    {
      form: /(?<=NUMBER\(\d+, )-(?=\d)/,
      readAs: '',
      manual: 'Data types, NUMBER(p,s): the scale is -84 to 127',
    },
    {
      form: / COMPRESS(?: FOR OLTP)?(?= TABLESPACE |$)/,
      readAs: '',
      manual:
        'CREATE TABLE, table_compression; CREATE INDEX, prefix_compression: COMPRESS [ integer ]',
    },
    {
      form: /(?<= (?:BY|WITH|MINVALUE) )-(?=\d)/,
      readAs: '',
      manual: 'CREATE SEQUENCE: integers, positive or negative',
    },
    {
      form: /(?<= SELECT .*)\b\w+\.(?=\w+\.\w)/,
      readAs: '',
      manual: 'SELECT, expressions: [ schema . ] table . column',
    },
    { form: /\bVECTOR\([^()]*\)/, readAs: 'CLOB', manual: '23ai, Data types, VECTOR' },
  ],
  foreign: [
    { form: /(?<=[ (.])order\b(?=[ ,).]|$)/, reason: 'a reserved word with quote: false' },
    { form: / MATCH (?:FULL|SIMPLE)\b/, reason: 'asked for; the server lacks it' },
    { form: / ON DELETE SET (?:DEFAULT|NULL \()/, reason: 'asked for; the server lacks it' },
    {
      form: / (?:COLUMN|CONSTRAINT) IF EXISTS /,
      reason: 'asked for; 23ai has it for whole objects',
    },
    { form: /\(a \w+ NULLS (?:FIRST|LAST)\)/, reason: 'asked for; an index has no such order' },
    { form: / ALWAYS ON NULL AS IDENTITY/, reason: 'asked for; only BY DEFAULT has ON NULL' },
    { form: / COMPRESS FOR 6$/, reason: 'asked for; there is no such level' },
    {
      form: /::jsonb| ON UPDATE CURRENT_TIMESTAMP/,
      reason: "the call's SQL, for another database",
    },
    { form: /^CREATE TEMP(?:ORARY)? TABLE/, reason: "a prefix of the call's" },
    { form: / \( ?\)(?: |$)/, reason: 'a call with nothing in it' },
    { form: / dot\.ted\./, reason: 'a schema is one name' },
    {
      form: /^COMMENT ON .* IS NULL$/,
      reason: "a comment that isn't there: the server takes text",
    },
    { form: / (?:TEXT|(?:VAR)?BINARY)\(\d+\)|\(max\b/, reason: 'a type of another database' },
    { form: / MODIFY c (?:TIME|TEXT|BINARY|DATETIME|UUID)$/, reason: 'a type of another database' },
  ],
}

const ofItsOwn: readonly (() => unknown)[] = [
  () =>
    op.createTable(
      't',
      sa.Column('id', sa.BigInteger(), sa.Identity({ always: true, start: -5, minvalue: -5 })),
      sa.Column('n', sa.oracle.NVARCHAR2(50), {
        comment: "it's",
        nullable: false,
        serverDefault: 'x',
      }),
      sa.Column('d', sa.oracle.TIMESTAMP({ localTimezone: true }), {
        serverDefault: sa.text('SYSTIMESTAMP'),
      }),
      sa.Column('twice', sa.Integer(), sa.Computed('id * 2')),
      sa.Column('amount', sa.Numeric(10, 2)),
      sa.UniqueConstraint('n', { name: 'Uq n' }),
      sa.CheckConstraint("n <> ''", { name: 'ck' }),
      { schema: 'Shop', comment: 'of a shop', oracle: { tablespace: 'space', compress: 'OLTP' } },
    ),
  () =>
    op.createTable('t', sa.Column('a', sa.Integer()), {
      prefixes: ['GLOBAL TEMPORARY'],
      oracle: { onCommit: 'PRESERVE ROWS' },
    }),
  () => op.alterColumn('t', 'c', { type: sa.String(30), nullable: false, serverDefault: 'x' }),
  () => op.alterColumn('t', 'c', { newColumnName: 'order', schema: 's' }),
  () => op.alterColumn('t', 'c', { serverDefault: null }),
  () => op.alterColumn('t', 'c', { comment: 'x' }),
  () => op.createIndex('ix', 't', ['a'], { oracle: { bitmap: true } }),
  () => op.createIndex('ix', 't', ['a', 'b'], { unique: true, oracle: { compress: 1 } }),
  () => op.dropTableComment('t', { schema: 's' }),
]

testGate({ dialect: 'oracle', gate, ofItsOwn })
