import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import '../../../src/dialects/builtin.ts'
import { OfflineRecorder } from '../../../src/engine/offline-recorder.ts'
import { loadDialect } from '../../../src/engine/registry.ts'
import { withOwnDelimiter } from '../../../src/impl/compound-statement.ts'
import { createImpl } from '../../../src/impl/registry.ts'
import { OfflineSink } from '../../../src/impl/statement-sink.ts'
import type { DialectSettings } from '../../../src/sql/compile/dialect.ts'
import type { ScriptSyntax } from '../../../src/sql/split/script-syntax.ts'
import { type SplitScript, splitScript } from '../../../src/sql/split/split-script.ts'

const SEMICOLON_DIALECTS = [
  ...['postgresql', 'mysql', 'mariadb', 'sqlite', 'oracle', 'firebird', 'db2', 'informix'],
] as const
const ALL = [...SEMICOLON_DIALECTS, 'mssql', 'sybase'] as const
const syntaxes = new Map<string, ScriptSyntax>()

async function syntaxOf(name: string, settings: DialectSettings = {}): Promise<ScriptSyntax> {
  const dialect = (await loadDialect(name)).createDialect(settings)
  const sink = new OfflineSink((ends) => new OfflineRecorder({ write: () => true }, ends))
  return createImpl(dialect, sink).scriptSyntax
}

beforeAll(async () => {
  for (const name of ALL) syntaxes.set(name, await syntaxOf(name))
})

function split(name: string, text: string): SplitScript {
  return splitScript(text, syntaxes.get(name)!)
}

function statements(name: string, text: string): string[] {
  const { statements: found, problem } = split(name, text)
  expect(problem).toBeNull()
  return found.map(({ sql }) => sql)
}

describe('every dialect', () => {
  test.each(SEMICOLON_DIALECTS)(
    '%s: statements end at semicolons, of which the last may be missing',
    (name) => {
      expect(statements(name, 'SELECT 1;\n\n;; SELECT 2 ;SELECT\n  3')).toEqual([
        'SELECT 1',
        'SELECT 2',
        'SELECT\n  3',
      ])
    },
  )

  test.each(ALL)(
    '%s: quotes and comments hold anything; what stands between statements is left out',
    (name) => {
      const first = `INSERT INTO t VALUES ('a;''b', "c;""d") /* e; ' */ + -- f; "\n 1`
      const second = `SELECT ':not %a bind' , 100 % 7`
      const end = syntaxes.get(name)!.semicolons ? ' -- g;\n ; /* h */' : '\nGO\n'
      expect(statements(name, `-- begin; '\n${first}${end}\n${second} -- end`)).toEqual([
        first,
        second,
      ])
    },
  )

  test.each(ALL)('%s: nothing comes of nothing', (name) => {
    for (const text of ['', ' \n', '-- comment', '/* comment */\n-- ;', ';;'].slice(
      0,
      syntaxes.get(name)!.semicolons ? 5 : 4,
    ))
      expect(statements(name, text)).toEqual([])
  })

  test.each(ALL)(
    '%s: the line of each statement is that of its first word, with any line breaks',
    (name) => {
      const end = syntaxes.get(name)!.semicolons ? ';' : '\nGO'
      const lines = (text: string): number[] => split(name, text).statements.map(({ line }) => line)
      const text = `\n-- one\nSELECT 'a\nb'${end}\n/* two\n*/ SELECT 2${end}\nSELECT 3`
      const expected = syntaxes.get(name)!.semicolons ? [3, 6, 7] : [3, 7, 9]
      expect(lines(text)).toEqual(expected)
      expect(lines(text.replaceAll('\n', '\r\n'))).toEqual(expected)
    },
  )

  test.each(ALL)('%s: what has no end is told, with the line on which it begins', (name) => {
    expect(split(name, `SELECT 1\n, 'it''s`).problem).toEqual({
      text: 'a quote that has no end',
      line: 2,
    })
    expect(split(name, `SELECT 1\n\n/* no end`).problem).toEqual({
      text: 'a comment that has no end',
      line: 3,
    })
    expect(split(name, `SELECT "a`).problem?.line).toBe(1)
  })
})

describe('PostgreSQL', () => {
  const name = 'postgresql'

  test('dollar quotes, with tags in one another, and names and parameters with dollars', () => {
    const body = `CREATE FUNCTION f() RETURNS trigger AS $body$
BEGIN
  EXECUTE $q$ SELECT ';' $q$; -- it's
  RETURN NEW;
END $body$ LANGUAGE plpgsql`
    expect(
      statements(name, `${body}; DO $$ BEGIN PERFORM 1; END $$;\nSELECT a$b$c, $1;SELECT 2`),
    ).toEqual([body, 'DO $$ BEGIN PERFORM 1; END $$', 'SELECT a$b$c, $1', 'SELECT 2'])
    expect(split(name, 'SELECT $a$ x $b$;').problem).toEqual({
      text: 'a quote that has no end',
      line: 1,
    })
  })

  test('comments in comments', () => {
    expect(statements(name, '/* a /* b; */ ; */ SELECT 1; SELECT 2')).toEqual([
      'SELECT 1',
      'SELECT 2',
    ])
  })

  test("backslashes in E'' alone, or in every string where the server is set so", async () => {
    expect(
      statements(name, String.raw`SELECT 'a\'; SELECT E'b\';c', e'\\'; SELECT name'x;'`),
    ).toEqual([String.raw`SELECT 'a\'`, String.raw`SELECT E'b\';c', e'\\'`, `SELECT name'x;'`])
    const old = await syntaxOf(name, { flags: { backslashEscapes: true } })
    expect(
      splitScript(String.raw`SELECT 'a\'; SELECT 1'; SELECT 2`, old).statements.map(
        ({ sql }) => sql,
      ),
    ).toEqual([String.raw`SELECT 'a\'; SELECT 1'`, 'SELECT 2'])
  })

  test('SQL bodies, and rules with several commands', () => {
    const routine = `create or replace procedure p(n int) BEGIN ATOMIC
  INSERT INTO t VALUES (CASE WHEN n > 0 THEN 1 ELSE 0 END);
  DELETE FROM u;
END`
    const rule = 'CREATE RULE r AS ON DELETE TO v DO INSTEAD (DELETE FROM a; DELETE FROM b)'
    expect(statements(name, `BEGIN; ${routine}; ${rule}; COMMIT; SELECT "end", x[1];`)).toEqual([
      'BEGIN',
      routine,
      rule,
      'COMMIT',
      'SELECT "end", x[1]',
    ])
  })
})

describe.each(['mysql', 'mariadb'])('%s', (name) => {
  test('DELIMITER, as often as one likes, and between any statements', () => {
    expect(
      statements(
        name,
        `CREATE TABLE t (a INT);
DELIMITER $$
CREATE PROCEDURE p() BEGIN SELECT 1; SELECT '$$'; END$$
  delimiter //
CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW IF NEW.a < 0 THEN SET NEW.a = 0; END IF//
DELIMITER ;
SELECT delimiter FROM t;`,
      ),
    ).toEqual([
      'CREATE TABLE t (a INT)',
      `CREATE PROCEDURE p() BEGIN SELECT 1; SELECT '$$'; END`,
      'CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW IF NEW.a < 0 THEN SET NEW.a = 0; END IF',
      'SELECT delimiter FROM t',
    ])
    expect(split(name, 'DELIMITER $$\nSELECT 1;\n\nDELIMITER ;\n').problem).toEqual({
      text: "a statement that no delimiter '$$' ends",
      line: 2,
    })
  })

  test('blocks without DELIMITER', () => {
    const procedure = `CREATE DEFINER = \`root\`@'%' PROCEDURE p(IN n INT)
top: BEGIN
  DECLARE i INT DEFAULT 0;
  WHILE i < n DO SET i = i + 1; END WHILE;
  lp: LOOP LEAVE lp; END LOOP lp;
  REPEAT SET i = i - 1; UNTIL i = 0 END REPEAT;
  IF n > 1 THEN SELECT CASE n WHEN 2 THEN 'two' END; ELSE SELECT IF(n, 1, 0); END IF;
  CASE n WHEN 1 THEN BEGIN END; ELSE SELECT REPEAT('x', 2); END CASE;
END top`
    const event = 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END'
    const simple =
      'CREATE DEFINER=root@localhost TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1'
    expect(statements(name, `${procedure}; ${event}; ${simple}; BEGIN; COMMIT`)).toEqual([
      procedure,
      event,
      simple,
      'BEGIN',
      'COMMIT',
    ])
    expect(statements(name, 'BEGIN NOT ATOMIC SELECT 1; SELECT 2; END; SELECT 3')).toEqual([
      'BEGIN NOT ATOMIC SELECT 1; SELECT 2; END',
      'SELECT 3',
    ])
  })

  test('backslashes, unless the server is set otherwise', async () => {
    const text = String.raw`SELECT 'it\'s; ', "\";", 1; SELECT 2`
    expect(statements(name, text)).toEqual([String.raw`SELECT 'it\'s; ', "\";", 1`, 'SELECT 2'])
    const without = await syntaxOf(name, { flags: { backslashEscapes: false } })
    expect(splitScript(String.raw`SELECT '\'; SELECT "\";`, without)).toEqual({
      statements: [
        { sql: String.raw`SELECT '\'`, line: 1 },
        { sql: String.raw`SELECT "\"`, line: 1 },
      ],
      problem: null,
    })
  })

  test('its own comments and names', () => {
    expect(statements(name, "SELECT 1--1; SELECT 2 # it's;\n, 3; SELECT `a;``'`, 4#'\n;")).toEqual([
      'SELECT 1--1',
      "SELECT 2 # it's;\n, 3",
      "SELECT `a;``'`, 4",
    ])
    expect(statements(name, '/*!40101 SET NAMES utf8 */; SELECT /*+ HINT */ 1; /* no */;')).toEqual(
      ['/*!40101 SET NAMES utf8 */', 'SELECT /*+ HINT */ 1'],
    )
  })

  test('a script of its own has compound statements with a delimiter around them', () => {
    const syntax = syntaxes.get(name)!
    const trigger = "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = '//'; END"
    const written = withOwnDelimiter(`${trigger};`, syntax)
    expect(written).toBe(`DELIMITER ///\n${trigger}\n///\nDELIMITER ;`)
    expect(statements(name, `${written}\n`)).toEqual([trigger])
    for (const sql of ['SELECT 1', "SELECT ';'", 'SELECT 1; SELECT 2', "SELECT ';"])
      expect(withOwnDelimiter(sql, syntax)).toBeNull()
  })
})

describe('SQLite', () => {
  test('triggers, and names in brackets and backticks', () => {
    const trigger = `CREATE TEMP TRIGGER g AFTER UPDATE ON t WHEN new.a IS NOT NULL BEGIN
  UPDATE t SET a = CASE WHEN new.a > 1 THEN 1 ELSE new.end END;
  SELECT 1;
END`
    expect(
      statements(
        'sqlite',
        `BEGIN; ${trigger}; END; SELECT [a;'b], \`c;\` FROM "t;"; CREATE TABLE t (a)`,
      ),
    ).toEqual(['BEGIN', trigger, 'END', `SELECT [a;'b], \`c;\` FROM "t;"`, 'CREATE TABLE t (a)'])
    expect(statements('sqlite', String.raw`SELECT '\'; SELECT 1`)).toEqual([
      String.raw`SELECT '\'`,
      'SELECT 1',
    ])
  })
})

describe('SQL Server', () => {
  test('GO ends batches, whatever semicolons are in them, and may count', () => {
    expect(
      statements(
        'mssql',
        `DECLARE @n int = 1; SELECT @n, [go;]]x];
GO
CREATE PROCEDURE p AS BEGIN SELECT 1; END;
  go 3
/* GO
/* nested */
GO */ SELECT 'a
GO
b' AS GOAL, #t.GO FROM #t
GO -- done
GO
SELECT 2;`,
      ),
    ).toEqual([
      'DECLARE @n int = 1; SELECT @n, [go;]]x];',
      ...Array<string>(3).fill('CREATE PROCEDURE p AS BEGIN SELECT 1; END;'),
      "SELECT 'a\nGO\nb' AS GOAL, #t.GO FROM #t",
      'SELECT 2;',
    ])
    expect(statements('mssql', 'SELECT 1\nGO 0\nSELECT 2')).toEqual(['SELECT 2'])
  })
})

describe('Adaptive Server', () => {
  test('go ends batches', () => {
    expect(
      statements('sybase', 'select 1; select 2\ngo 2\ncreate table going (a int)\ngo\n'),
    ).toEqual(['select 1; select 2', 'select 1; select 2', 'create table going (a int)'])
  })
})

describe('Oracle', () => {
  test('blocks go on to a line with a slash; elsewhere that does nothing', () => {
    const block = `DECLARE
  n NUMBER := 4 / 2;
BEGIN
  NULL;
END;`
    const body = `create or replace editionable package body p as
  procedure q is begin null; end;
end;`
    expect(
      statements(
        'oracle',
        `CREATE TABLE t (a NUMBER);\n/\n${block}\n/\n${body}\n / \nSELECT 1\n/\nSELECT 4/2 FROM dual;`,
      ),
    ).toEqual(['CREATE TABLE t (a NUMBER)', block, body, 'SELECT 1', 'SELECT 4/2 FROM dual'])
    expect(statements('oracle', 'BEGIN NULL; END;')).toEqual(['BEGIN NULL; END;'])
  })

  test('quotes of its own', () => {
    const sql = `SELECT q'[it's; ]', Q'!a;'b!', nq'{;'}' FROM dual`
    expect(statements('oracle', `${sql}; SELECT /*+ FULL(t) */ 1`)).toEqual([
      sql,
      'SELECT /*+ FULL(t) */ 1',
    ])
  })
})

describe('Firebird', () => {
  test('SET TERM, and blocks without it', () => {
    const procedure = `CREATE OR ALTER PROCEDURE p AS
DECLARE VARIABLE i INTEGER;
BEGIN
  i = CASE WHEN 1 = 1 THEN 1 ELSE 2 END;
END`
    const trigger = 'CREATE TRIGGER g FOR t BEFORE INSERT AS BEGIN new.a = 1; END'
    expect(
      statements(
        'firebird',
        `${procedure};\nSET TERM ^ ;\n${trigger}^\nSET TERM ; ^\nSELECT q'{;'}' FROM t; COMMIT`,
      ),
    ).toEqual([procedure, trigger, `SELECT q'{;'}' FROM t`, 'COMMIT'])
    const written = withOwnDelimiter(trigger, syntaxes.get('firebird')!)
    expect(written).toBe(`SET TERM // ;\n${trigger}\n//\nSET TERM ; //`)
    expect(statements('firebird', written!)).toEqual([trigger])
  })
})

describe('Db2', () => {
  test('its terminator, and blocks without it', () => {
    const trigger =
      'CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW BEGIN ATOMIC DELETE FROM u; END'
    const simple = 'CREATE TRIGGER h AFTER INSERT ON t DELETE FROM u'
    expect(
      statements(
        'db2',
        `${trigger}; ${simple};\n--#SET TERMINATOR @\n${trigger}@\n--#SET TERMINATOR ;\n/* /* ; */ */ VALUES 1;`,
      ),
    ).toEqual([trigger, simple, trigger, 'VALUES 1'])
  })
})

describe('Informix', () => {
  test('procedures, and comments in braces', () => {
    const routine = `CREATE DBA PROCEDURE p(n INT)
  IF n > 1 THEN EXECUTE PROCEDURE q(); END IF;
  FOREACH SELECT a INTO n FROM t; END FOREACH;
END PROCEDURE`
    expect(statements('informix', `{ ; } ${routine}; SELECT { ; ' } 1 FROM t;`)).toEqual([
      routine,
      "SELECT { ; ' } 1 FROM t",
    ])
  })
})

describe('what was joined is split again', () => {
  const word = fc
    .stringMatching(/^[a-df-pr-z][a-z0-9_]{0,5}$/)
    .filter((text) => !/^(case|begin|end|go|delimiter|declare|nq)$/.test(text))
  const inner = fc.string({ unit: 'grapheme', maxLength: 12 })
  const quoted = (syntax: ScriptSyntax): fc.Arbitrary<string> => {
    const strings = inner.map((text) => {
      const escaped = syntax.backslashEscapes ? text.replaceAll('\\', '\\\\') : text
      return `'${escaped.replaceAll("'", "''")}'`
    })
    const names = inner.map((text) => `"${text.replaceAll(/["\\]/g, '')}"`)
    const comments = inner.map((text) => `/*${text.replaceAll(/[*/!+]/g, '')}*/`)
    const lines = inner.map((text) => `-- ${text.replaceAll(/[\r\n]/g, '')}\n`)
    const tagged = inner.map((text) => `$x$${text.replaceAll('$', '')}$x$`)
    return fc.oneof(
      strings,
      names,
      comments,
      lines,
      ...(syntax.dollarQuotes === true ? [tagged] : []),
    )
  }
  const statement = (syntax: ScriptSyntax): fc.Arbitrary<string> =>
    fc
      .tuple(
        word,
        fc.array(
          fc.oneof(word, quoted(syntax), fc.constantFrom('(x)', '=', '%', ':a', '?', '\n')),
          { maxLength: 8 },
        ),
        word,
      )
      .map(([first, middle, last]) => [first, ...middle, last].join(' '))

  test.each(ALL)('%s', (name) => {
    const syntax = syntaxes.get(name)!
    const separators = syntax.semicolons
      ? fc.constantFrom(';', ' ;\n', ";\n-- between; '\n", '\n/* between; " */;')
      : fc.constantFrom('\nGO\n', "\n  go  \n-- between '\n", '\nGO 1\n')
    fc.assert(
      fc.property(fc.array(fc.tuple(statement(syntax), separators), { maxLength: 6 }), (parts) => {
        const text = parts.flat().join('')
        const { statements: found, problem } = splitScript(text, syntax)
        expect(problem).toBeNull()
        expect(found.map(({ sql }) => sql)).toEqual(parts.map(([sql]) => sql))
        for (const { sql, line } of found)
          expect(
            text
              .split('\n')
              .slice(line - 1)
              .join('\n'),
          ).toContain(sql)
      }),
      { numRuns: 300 },
    )
  })
})
