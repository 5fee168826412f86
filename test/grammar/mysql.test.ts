// Statements for MySQL 8, judged by a grammar: MariaDB is the live server. "Manual" is the MySQL 8.0 Reference Manual.
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { mysql8 } from './antlr4ts-grammar.ts'
import type { Gate } from './gate.ts'
import { testGate } from './gate-tests.ts'

const gate: Gate = {
  grammar: mysql8,
  gaps: [
    {
      form: /(?<= )DROP CHECK(?= )/,
      readAs: 'DROP FOREIGN KEY',
      manual: 'ALTER TABLE: DROP { CHECK | CONSTRAINT } symbol, 8.0.16 and later',
    },
    {
      form: /(?<=`\w+)``(?=\w+`)/,
      readAs: '_',
      manual: 'Schema Object Names: a quote character within an identifier is doubled',
    },
  ],
  foreign: [
    { form: /(?<=[ (.])order\b(?=[ ,).]|$)/, reason: 'a reserved word with quote: false' },
    { form: /\bDEFERRABLE\b| INITIALLY /, reason: 'asked for; the server lacks it' },
    { form: / ON DELETE SET DEFAULT/, reason: 'asked for; InnoDB refuses it' },
    { form: / (?:COLUMN|INDEX) IF (?:NOT )?EXISTS /, reason: 'asked for; MariaDB has it' },
    { form: /(?<= SET) DEFAULT (?:\w+\(|CURRENT_)/, reason: 'an expression without parentheses' },
    {
      form: / DEFAULT (?!now\(|CURRENT_TIMESTAMP)(?:\w+\(|CURRENT_DATE|\w \+ |x$)/,
      reason: "the call's SQL: an expression without parentheses",
    },
    {
      form: /INDEX \S+ ON [\w.]+ \((?:\w+\(\D|a \+ |a COLLATE )/,
      reason: "the call's SQL: an expression without parentheses",
    },
    { form: /\(\(a \w+ NULLS (?:FIRST|LAST)\)\)/, reason: 'asked for; the server lacks it' },
    {
      form: /::jsonb|\[1, 2, 3\]|, :w\)/,
      reason: "the call's values and SQL, for another database",
    },
    { form: /^CREATE TEMP TABLE/, reason: "a prefix of the call's" },
    { form: / ADD$|(?<! VALUES) \( ?\)$| ENUM\(\)/, reason: 'a call with nothing in it' },
    {
      form: / (?:CLOB|UUID|NATIONAL (?:LONG)?TEXT)\b/,
      reason: 'asked for; MariaDB has some of them',
    },
    { form: /\)(?:DATA DIRECTORY=\/|WITH=x|ENGINE=Inno')/, reason: 'a table option of the call' },
    { form: / COLLATE utf8mb4\//, reason: "the call's name of a collation" },
    { form: / (?:dot\.ted|db\.owner)\./, reason: 'a schema is one name' },
    { form: / COMMENT NULL$/, reason: "a comment that isn't there: the server takes text" },
    { form: / REFERENCES t2 \(id\) CONSTRAINT /, reason: 'sql_yacc.yy: REFERENCES is the last' },
  ],
}

const ofItsOwn: readonly (() => unknown)[] = [
  () =>
    op.createTable(
      't',
      sa.Column('id', sa.BigInteger(), { primaryKey: true, comment: "it's" }),
      sa.Column('e', sa.Enum('a', "b'c", { name: 'e' }), { serverDefault: 'a', nullable: false }),
      sa.Column('n', sa.mysql.INTEGER({ unsigned: true, zerofill: true })),
      sa.Column('v', sa.mysql.VARCHAR(20, { charset: 'utf8mb4', collation: 'utf8mb4_bin' })),
      sa.Column('u', sa.String(36), { serverDefault: sa.text('(uuid())') }),
      sa.Column('d', sa.mysql.DATETIME({ fsp: 3 }), {
        serverDefault: sa.text('CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)'),
      }),
      sa.Column('twice', sa.Integer(), sa.Computed('id * 2', { persisted: true })),
      sa.CheckConstraint("v <> '100%'", { name: 'ck' }),
      { comment: 'of a shop', mysql: { engine: 'InnoDB', charset: 'utf8mb4' } },
    ),
  () =>
    op.alterColumn('t', 'a`b', {
      type: sa.String(30),
      nullable: false,
      serverDefault: 'x',
      existingType: sa.Text(),
      existingComment: 'y',
    }),
  () => op.createIndex('ix', 't', [sa.text('(lower(a))')], { mysql: { using: 'btree' } }),
  () => op.createIndex('ix', 't', ['a'], { mysql: { length: 10 } }),
  () => op.createIndex('ix', 't', ['a'], { mysql: { prefix: 'FULLTEXT', withParser: 'ngram' } }),
  () => op.dropConstraint('ck', 't', { type: 'check' }),
]

testGate({
  dialect: 'mysql',
  gate,
  ofItsOwn,
  asSent: (sql) => (sql.startsWith('INSERT ') ? sql.replaceAll('%s', '?') : sql),
})
