// Every statement that is expected for PostgreSQL must be one: the server's own grammar reads it, without a server.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { loadModule, parseSync } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { ops } from '../../scripts/parity/families/ops.ts'
import { findVectorFiles } from '../../scripts/parity/vector-file.ts'
import { directiveRows, expectedFor } from '../operations/directive-rows.ts'
import { propertyOptions, scriptOf } from '../property/run.ts'
import { build, models, takeDown } from '../property/schema.ts'
import { postgresql } from '../property/servers.ts'

interface VectorCase {
  readonly id: string
  readonly dialect: string
  readonly context: {
    readonly opts: { readonly dialect_opts?: { readonly paramstyle?: string } }
  }
  readonly expect: readonly string[]
}

beforeAll(async () => {
  await loadModule()
})

/** What the grammar says against statements; nothing where they are statements. */
function complaints(statements: readonly string[]): string[] {
  return statements.flatMap((sql) => {
    try {
      parseSync(sql)
      return []
    } catch (error) {
      return [`${(error as Error).message}: ${sql}`]
    }
  })
}

/** Recorded, emitted here too, and refused by the server: for each the reason why it stays. */
const NOT_FOR_THE_SERVER: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ALTER COLUMN \S+( C")?;?$/, 'an identity that stays as it is: nothing is left to say'],
  [/\border\b/, 'a reserved word of which the call says quote: false'],
  [/ ON UPDATE CURRENT_TIMESTAMP/, "SQL text of the call's, for another database"],
  [/ CHECK \(\)| INDEX ix ON t1 \(\)/, 'a call with nothing in it'],
  [/\(a \+ b\)/, 'SQL text of the call that lacks its parentheses'],
  [/ CHECK \([^)]*\) DEFERRABLE/, 'a call for what this database does not have'],
]

function isForTheServer(sql: string): boolean {
  return !NOT_FOR_THE_SERVER.some(([pattern]) => pattern.test(sql))
}

describe('the grammar of PostgreSQL reads', () => {
  const folder = join(import.meta.dirname, '../../../shared/vectors/ops')

  it.skipIf(!existsSync(folder))(
    'what is emitted as recorded',
    async () => {
      const statements: string[] = []
      for (const file of findVectorFiles([folder])) {
        // The text of execute() is the call's own.
        if (file.endsWith('execute.json')) continue
        const all = JSON.parse(readFileSync(file, 'utf8')) as VectorCase[]
        const cases = all.filter(({ dialect }) => dialect === 'postgresql')
        const byId = new Map(cases.map((one) => [one.id, one]))
        for await (const { id, passed } of ops.run(cases as never, file)) {
          const found = byId.get(id)
          if (passed && found !== undefined) statements.push(...asSent(found))
        }
      }
      expect(complaints(statements.filter(isForTheServer))).toEqual([])
      expect(statements.length).toBeGreaterThan(3000)
    },
    60_000,
  )

  it('a sample of that', () => {
    const sample = readFileSync(join(import.meta.dirname, 'postgresql.sample.sql'), 'utf8')
    const statements = sample.trimEnd().split('\n')
    expect(complaints(statements)).toEqual([])
    expect(statements.length).toBeGreaterThan(100)
  })

  it('what each directive is tested to emit', () => {
    const statements = directiveRows.flatMap((row) => {
      const expected = expectedFor(row, 'postgresql')
      return expected === undefined || expected instanceof RegExp ? [] : expected
    })
    expect(complaints(statements)).toEqual([])
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

/** The statements as a driver sends them: `%(name)s` is a placeholder there, `%%` a percent sign. */
function asSent({ context, expect: expected }: VectorCase): string[] {
  if (context.opts.dialect_opts?.paramstyle === 'named') return [...expected]
  return expected.map((sql) => sql.replaceAll(/%\(\w+\)s/g, '$1').replaceAll('%%', '%'))
}
