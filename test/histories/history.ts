// Histories as users write them: `op`, `sa` and `context` of the front door, run offline and on live databases.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MigrationContext, sa } from '../../src/index.ts'
import type { ConfigureOptions } from '../../src/index.ts'
import { describeEachDatabase, type LiveDatabase, type ScratchDatabase } from '../live/servers.ts'
import { scriptOf } from '../property/run.ts'
import { inMemoryHistory } from '../runtime/history.ts'

/** One revision: what its file exports. */
export interface Revision {
  readonly upgrade: () => unknown
  readonly downgrade: () => unknown
}

export type History = readonly [Revision, ...Revision[]]

/** Checks the whole script of a history, up and down, for each dialect: `sql/<name>.<dialect>.sql` has what is right. */
export function writesScripts(
  name: string,
  dialects: readonly string[],
  history: History,
  options: ConfigureOptions = {},
): void {
  describe(`${name}, as a script`, () => {
    for (const dialectName of dialects) {
      it(`for ${dialectName}`, async () => {
        const given = { dialectName, literalBinds: true, ...options }
        let script = ''
        for (const [position, { upgrade }] of history.entries()) {
          script += `-- revision ${position}, up\n\n${await scriptOf(given, upgrade)}`
        }
        for (const [position, { downgrade }] of [...history.entries()].toReversed()) {
          script += `-- revision ${position}, down\n\n${await scriptOf(given, downgrade)}`
        }
        const file = join(
          import.meta.dirname,
          'sql',
          `${name.replaceAll(' ', '-')}.${dialectName}.sql`,
        )
        await expect(script).toMatchFileSnapshot(file)
      })
    }
  })
}

/** What a test looks at between upgrade and downgrade. */
export interface Upgraded {
  readonly db: LiveDatabase['name']
  readonly inspector: sa.Inspector
  query: ScratchDatabase['query']
}

/** Upgrades an empty database, looks at it, takes everything back, and does it once more: nothing may be left in between. */
export function runsLive(
  title: string,
  history: History,
  look: (upgraded: Upgraded) => Promise<void>,
  options: ConfigureOptions = {},
): void {
  describeEachDatabase(title, (db) => {
    let scratch: ScratchDatabase
    let connection: sa.Connection

    beforeEach(async () => {
      scratch = await db.createScratch()
      connection = await sa.createEngine(scratch.url).connect()
    })

    afterEach(async () => {
      await connection.close()
      await scratch.dispose()
    })

    it('goes up, down and up again', async () => {
      const { upgradeTo, downgradeTo } = inMemoryHistory(
        history.map((revision, position) => ({
          id: `r${position}`,
          down: position === 0 ? null : `r${position - 1}`,
          ...revision,
        })),
      )
      const run = async (fn: ReturnType<typeof upgradeTo>): Promise<void> => {
        const context = await MigrationContext.configure({ connection, fn, ...options })
        await context.beginTransaction(() => context.runMigrations())
      }
      await run(upgradeTo(`r${history.length - 1}`))
      const inspector = await sa.inspect(connection)
      await look({ db: db.name, inspector, query: (sql) => scratch.query(sql) })
      await run(downgradeTo(null))
      expect(await leftIn(connection)).toEqual([])
      await run(upgradeTo(`r${history.length - 1}`))
    })
  })
}

/** The names of facts, sorted; the empty text for those without one. */
export function namesOf(facts: readonly { readonly name: string | null }[]): readonly string[] {
  return facts.map(({ name }) => name ?? '').toSorted()
}

/** Whatever is in a database beside the version table. */
async function leftIn(connection: sa.Connection): Promise<readonly string[]> {
  const inspector = await sa.inspect(connection)
  const types = [...(await inspector.getEnums()), ...(await inspector.getDomains())]
  return [
    ...(await inspector.getTableNames()),
    ...(await inspector.getViewNames()),
    ...(await inspector.getSequenceNames()),
    ...types.map(({ name }) => name),
  ].filter((name) => name !== 'alembic_version')
}
