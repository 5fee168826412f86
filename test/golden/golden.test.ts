// Models in, migration file out: the files are compared with those in this folder, checked by the formatter, run, taken
// back. `npx vitest run test/golden -u` writes them anew.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { compareMetadata } from '../../src/autogenerate/produce.ts'
import { RevisionContext } from '../../src/autogenerate/revision-context.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import type { MetaData } from '../../src/sa.ts'
import { ScriptDirectory } from '../../src/script/script-directory.ts'
import { describeEachDatabase } from '../live/servers.ts'
import { goldenCases } from './models.ts'

const root = join(import.meta.dirname, '../..')
const oxfmt = join(root, 'node_modules/.bin/oxfmt')

/** Writes the migration from the database to the models. */
async function generate(
  script: ScriptDirectory,
  connection: Connection,
  targetMetadata: MetaData,
): Promise<string> {
  const context = await MigrationContext.configure({
    connection,
    targetMetadata,
    script,
    compareServerDefault: true,
  })
  const revision = new RevisionContext({
    script,
    templateArgs: {},
    args: {
      revId: '5f3e2d1c0b9a',
      message: 'the golden one',
      head: 'head',
      splice: false,
      branchLabel: null,
      versionPath: null,
      dependsOn: null,
    },
  })
  await revision.runAutogenerate([], context)
  const [written] = await revision.generateScripts()
  return written!.path
}

describeEachDatabase('golden migrations', (db) => {
  it.each(goldenCases)('$name', async ({ name, before, after }) => {
    const scratch = await db.createScratch()
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-golden-')))
    const connection = await createEngine(scratch.url).connect()
    try {
      mkdirSync(join(folder, 'versions'))
      const script = new ScriptDirectory({
        dir: folder,
        defaultTemplate: join(root, 'templates/generic/script.ts.eta'),
        messaging: { quiet: true },
      })
      await createAll(before(), connection)
      const path = await generate(script, connection, after())
      const text = readFileSync(path, 'utf8')
      const body = text.slice(text.indexOf('import '))
      await expect(body).toMatchFileSnapshot(`${name}.${db.name}.golden.ts`)
      const formatted = join(folder, 'body.ts')
      writeFileSync(formatted, body)
      execFileSync(oxfmt, ['-c', join(root, '.oxfmtrc.json'), formatted])
      expect(body).toBe(readFileSync(formatted, 'utf8'))

      const move = async (fn: (rows: readonly string[]) => ReturnType<typeof script.upgradeRevs>) =>
        (await MigrationContext.configure({ connection, script, fn })).runMigrations()
      const diffs = async (models: MetaData) =>
        await compareMetadata(
          await MigrationContext.configure({ connection, compareServerDefault: true }),
          models,
        )
      await move((rows) => script.upgradeRevs('head', rows))
      expect(await diffs(after())).toEqual([])
      await move((rows) => script.downgradeRevs('base', rows))
      expect(await diffs(before())).toEqual([])
    } finally {
      await connection.close()
      rmSync(folder, { recursive: true })
      await scratch.dispose()
    }
  })
})
