import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCreateIndex } from '../../../../src/dialects/sqlite/inspect/create-index.ts'
import { parseCreateTable } from '../../../../src/dialects/sqlite/inspect/create-table.ts'
import { tokenize } from '../../../../src/dialects/sqlite/inspect/tokens.ts'

describe('tokens', () => {
  it('know every way to quote, and comments', () => {
    const tokens = tokenize(`"a""b" \`c\` [d e] 'f''g' X'00' 1.5e3 h$ -- no\n/* no */ || ->> (`)
    expect(tokens.map(({ kind, value }) => [kind, value])).toEqual([
      ['quotedName', 'a"b'],
      ['quotedName', 'c'],
      ['quotedName', 'd e'],
      ['string', "f'g"],
      ['blob', "X'00'"],
      ['number', '1.5e3'],
      ['word', 'h$'],
      ['punctuation', '||'],
      ['punctuation', '->>'],
      ['punctuation', '('],
    ])
  })

  it('cover any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sql) => {
        let end = 0
        for (const token of tokenize(sql)) {
          expect(token.start).toBeGreaterThanOrEqual(end)
          expect(sql.slice(token.start, token.end)).toBe(token.text)
          end = token.end
        }
      }),
    )
  })
})

describe('CREATE TABLE', () => {
  it('is read with constraints behind columns and of the table, comments between them', () => {
    const parsed = parseCreateTable(`CREATE TABLE IF NOT EXISTS "t" ( -- CHECK (no)
      a VARCHAR(5) NOT NULL ON CONFLICT FAIL DEFAULT (1 + (2)) COLLATE NOCASE CONSTRAINT u UNIQUE,
      "check" INT CONSTRAINT ck CHECK (a IN (')', 'x')) REFERENCES p ON DELETE SET NULL MATCH FULL NOT DEFERRABLE INITIALLY IMMEDIATE,
      c GENERATED ALWAYS AS (a || 'x') STORED /* , */,
      d TEXT DEFAULT -5 AS (1),
      CONSTRAINT pk PRIMARY KEY (a, [check]) ON CONFLICT ROLLBACK
      FOREIGN KEY (a, "check") REFERENCES "q r" (x, "y z") ON UPDATE NO ACTION
      UNIQUE (c) CHECK (d > 0)
    ) STRICT, WITHOUT ROWID`)
    expect(parsed.columns).toEqual([
      {
        name: 'a',
        type: 'VARCHAR(5)',
        collation: 'NOCASE',
        onConflictNotNull: 'FAIL',
        generated: null,
      },
      { name: 'check', type: 'INT', collation: null, onConflictNotNull: null, generated: null },
      { name: 'c', type: '', collation: null, onConflictNotNull: null, generated: "a || 'x'" },
      { name: 'd', type: 'TEXT', collation: null, onConflictNotNull: null, generated: '1' },
    ])
    expect(parsed.primaryKey).toEqual({
      name: 'pk',
      inline: false,
      onConflict: 'ROLLBACK',
      columns: ['a', 'check'],
    })
    expect(parsed.uniques).toEqual([
      { name: 'u', inline: true, onConflict: null, columns: ['a'] },
      { name: null, inline: false, onConflict: null, columns: ['c'] },
    ])
    expect(parsed.checks).toEqual([
      { name: 'ck', inline: true, onConflict: null, sqltext: "a IN (')', 'x')" },
      { name: null, inline: false, onConflict: null, sqltext: 'd > 0' },
    ])
    expect(parsed.foreignKeys).toEqual([
      {
        name: null,
        inline: true,
        onConflict: null,
        columns: ['check'],
        referredTable: 'p',
        referredColumns: [],
        ondelete: 'SET NULL',
        onupdate: null,
        match: 'FULL',
        deferrable: false,
        initially: 'IMMEDIATE',
      },
      {
        name: null,
        inline: false,
        onConflict: null,
        columns: ['a', 'check'],
        referredTable: 'q r',
        referredColumns: ['x', 'y z'],
        ondelete: null,
        onupdate: 'NO ACTION',
        match: null,
        deferrable: null,
        initially: null,
      },
    ])
    expect([parsed.strict, parsed.withoutRowid, parsed.autoincrement]).toEqual([true, true, false])
    expect(parsed.notUnderstood).toEqual([])
  })

  it.each([
    ['CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)', true, []],
    ['CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))', true, []],
    ['CREATE TABLE t (a INTEGER PRIMARY KEY DESC)', false, ['PRIMARY KEY DESC']],
    ['CREATE TABLE t (a, UNIQUE (a COLLATE NOCASE))', false, ['UNIQUE (a COLLATE NOCASE)']],
    ['CREATE VIRTUAL TABLE t USING fts5(a)', false, []],
  ])('%s', (sql, autoincrement, notUnderstood) => {
    const parsed = parseCreateTable(sql)
    expect(parsed.autoincrement).toBe(autoincrement)
    expect(parsed.notUnderstood).toEqual(notUnderstood)
  })

  it('is read to an end whatever it says', () => {
    const word = fc.constantFrom(
      ...'CREATE TABLE t ( ) , a INTEGER CONSTRAINT PRIMARY KEY UNIQUE CHECK FOREIGN REFERENCES'.split(
        ' ',
      ),
      ...'ON CONFLICT DEFAULT NOT NULL GENERATED ALWAYS AS WITHOUT ROWID'.split(' '),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        parseCreateTable(`CREATE TABLE t (${words.join(' ')}`)
      }),
    )
  })
})

describe('CREATE INDEX', () => {
  it('is read with orders, collations, expressions and a condition', () => {
    const { unique, elements, where } = parseCreateIndex(
      `CREATE UNIQUE INDEX "i" ON "t" ("a b" COLLATE NOCASE DESC, lower(c || ','), d ASC) WHERE d = 'where x'`,
    )
    expect(unique).toBe(true)
    expect(where).toBe("d = 'where x'")
    expect(elements).toMatchObject([
      { name: 'a b', collation: 'NOCASE', descending: true },
      { name: null, expression: "lower(c || ',')", collation: null, descending: false },
      { name: 'd', collation: null, descending: false },
    ])
  })
})
