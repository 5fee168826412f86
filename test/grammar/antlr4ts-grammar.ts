// Grammars of antlr4ts-sql 1.1.0: T-SQL and PL/SQL of antlr/grammars-v4, MySQL of MySQL Workbench. The parsers are imported
// one by one: the package's entry point loads all of them, PL/pgSQL too.
import {
  type CharStream,
  CharStreams,
  CommonTokenStream,
  type Lexer,
  type Parser,
  type ParserErrorListener,
  Token,
} from 'antlr4ts'
import { PredictionMode } from 'antlr4ts/atn/PredictionMode.js'
import { MultiQueryMySQLParser } from 'antlr4ts-sql/dist/src/grammar-output/mysql/MultiQueryMySQLParser.js'
import { MySQLLexer } from 'antlr4ts-sql/dist/src/grammar-output/mysql/MySQLLexer.js'
import { PlSqlLexer } from 'antlr4ts-sql/dist/src/grammar-output/plsql/PlSqlLexer.js'
import { PlSqlParser } from 'antlr4ts-sql/dist/src/grammar-output/plsql/PlSqlParser.js'
import { TSqlLexer } from 'antlr4ts-sql/dist/src/grammar-output/tsql/TSqlLexer.js'
import { TSqlParser } from 'antlr4ts-sql/dist/src/grammar-output/tsql/TSqlParser.js'
import type { Grammar } from './gate.ts'

/** MySQL 8.0.34, as the Workbench writes it. */
const MYSQL_VERSION = 80_034

export const transactSql: Grammar = (sql) =>
  complaintOf(
    new TSqlLexer(inUpperCase(sql)),
    (tokens) => new TSqlParser(tokens),
    (parser) => parser.tsql_file(),
  )

/** A script of one statement, as the grammar has the semicolon in its statements. */
export const plSql: Grammar = (sql) =>
  complaintOf(
    new PlSqlLexer(inUpperCase(`${sql};`)),
    (tokens) => new PlSqlParser(tokens),
    (parser) => parser.sql_script(),
  )

export const mysql8: Grammar = (sql) => {
  const lexer = new MySQLLexer(CharStreams.fromString(sql))
  lexer.serverVersion = MYSQL_VERSION
  return complaintOf(
    lexer,
    (tokens) => Object.assign(new MultiQueryMySQLParser(tokens), { serverVersion: MYSQL_VERSION }),
    (parser) => parser.query(),
  )
}

/** Two of the grammars know keywords in upper case only. */
function inUpperCase(sql: string): CharStream {
  const stream = CharStreams.fromString(sql)
  const ahead = stream.LA.bind(stream)
  const upper = (code: number): number => (code >= 0x61 && code <= 0x7a ? code - 0x20 : code)
  return Object.assign(stream, { LA: (offset: number) => upper(ahead(offset)) })
}

function complaintOf<P extends Parser>(
  lexer: Lexer,
  makeParser: (tokens: CommonTokenStream) => P,
  rule: (parser: P) => unknown,
): string | undefined {
  const complaints: string[] = []
  const syntaxError: ParserErrorListener['syntaxError'] = (_, __, ___, column, message) =>
    void complaints.push(`${column}: ${message.replace(/ expecting \{.*/, '')}`)
  lexer.removeErrorListeners()
  lexer.addErrorListener({ syntaxError })
  const tokens = new CommonTokenStream(lexer)
  tokens.fill()
  if (complaints.length > 0) return complaints[0]
  const parser = makeParser(tokens)
  parser.removeErrorListeners()
  parser.addErrorListener({ syntaxError })
  // The faster mode, and the stricter one: the full mode takes any word at the end of T-SQL for the call of a procedure.
  parser.interpreter.setPredictionMode(PredictionMode.SLL)
  rule(parser)
  // The rule for MySQL ends with the statement, not with the text.
  if (parser.inputStream.LA(1) !== Token.EOF) complaints.push('there is text behind the end')
  return complaints[0]
}
