// Every statement that is expected for PostgreSQL must be one: the server's own grammar reads it, without a server.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { loadModule, parseSync } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { directiveRows, expectedFor } from '../operations/directive-rows.ts'
import { propertyOptions, scriptOf } from '../property/run.ts'
import { build, models, takeDown } from '../property/schema.ts'
import { postgresql } from '../property/servers.ts'
import { complaints, type Gate, idleRows } from './gate.ts'
import { areRecorded, recordedStatements } from './recorded-statements.ts'

beforeAll(async () => {
  await loadModule()
})

const gate: Gate = {
  grammar: (sql) => {
    try {
      parseSync(sql)
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  },
  gaps: [],
  foreign: [
    { form: /ALTER COLUMN \S+( C")?$/, reason: 'an identity that stays as it is: nothing to say' },
    { form: /(?<=[ (.])order\b(?=[ ,).]|$)/, reason: 'a reserved word with quote: false' },
    { form: / ON UPDATE CURRENT_TIMESTAMP/, reason: "the call's SQL, for another database" },
    { form: / CHECK \(\)| INDEX ix ON t1 \(\)/, reason: 'a call with nothing in it' },
    { form: /(?<!\()\(a \+ b\)/, reason: "the call's SQL lacks its parentheses" },
    { form: /, :w\)$/, reason: "a parameter of the call's, in a script" },
    { form: / VARCHAR\(max\)/, reason: 'a length of another database' },
    { form: /, '\W[^']*abc'\)$/, reason: 'a zero byte, which no text of the server can hold' },
    { form: / CHECK \([^)]*\) DEFERRABLE/, reason: 'asked for; the server lacks it' },
  ],
}

describe('the grammar of PostgreSQL reads', () => {
  it.skipIf(!areRecorded)(
    'what is emitted for the recorded calls',
    async () => {
      const statements = (await recordedStatements('postgresql')).map(asSent)
      expect(complaints(gate, statements)).toEqual([])
      expect(idleRows(gate, statements)).toEqual([])
      expect(statements.length).toBeGreaterThan(1700)
    },
    60_000,
  )

  it('a sample of that', () => {
    const sample = readFileSync(join(import.meta.dirname, 'postgresql.sample.sql'), 'utf8')
    const statements = sample.trimEnd().split('\n')
    expect(complaints(gate, statements)).toEqual([])
    expect(statements.length).toBeGreaterThan(100)
  })

  it('what each directive is tested to emit', () => {
    const statements = directiveRows.flatMap((row) => {
      const expected = expectedFor(row, 'postgresql')
      return expected === undefined || expected instanceof RegExp ? [] : expected
    })
    expect(complaints(gate, statements)).toEqual([])
    expect(statements.length).toBeGreaterThan(30)
  })

  it('scripts with any names and texts, as so many statements as were written', async () => {
    const { abilities, quoteName: name, quoteText: literal } = postgresql
    const script = (body: () => unknown) => scriptOf({ dialectName: 'postgresql' }, body)
    await fc.assert(
      fc.asyncProperty(models(abilities), async (model) => {
        const made = parseSync(await script(() => build(model, abilities, { name, literal })))
        expect(made.stmts?.map(({ stmt }) => Object.keys(stmt ?? {})[0])).toEqual([
          ...['CreateEnumStmt', 'CreateStmt', 'CommentStmt', 'CommentStmt', 'RenameStmt'],
          ...['CreateStmt', 'IndexStmt', 'AlterTableStmt', 'AlterTableStmt', 'AlterTableStmt'],
          ...['AlterTableStmt', 'RenameStmt'],
        ])
        const taken = parseSync(await script(() => takeDown(model, abilities)))
        expect(taken.stmts).toHaveLength(6)
      }),
      propertyOptions(200),
    )
  }, 60_000)
})

/** Numbers for the placeholders that the reference's driver has. */
function asSent(sql: string): string {
  return sql.replaceAll(/%\(\w+\)s/g, '$1')
}
