// Revisions of 10 to 340 steps, written as files and run by the built command.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sa } from '../../src/index.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { generateHistory } from './generated-history.ts'
import { namesOf } from './history.ts'

const root = join(import.meta.dirname, '../..')
const history = generateHistory([10, 340], 20_260_101)
const HEAD = 'g0001'

const ENV = `import { context, sa } from 'alembic-ts'

const { url, stop } = context.getXArgument({ asDictionary: true })
if (stop === 'before') throw new Error('stopped by -x')
if (context.isOfflineMode()) {
  await context.configure({ url, literalBinds: true })
  await context.runMigrations()
} else {
  const connection = await sa.createEngine(url).connect()
  await context.configure({ connection, transactionPerMigration: true })
  await context.beginTransaction(() => context.runMigrations())
  await connection.close()
}
`

describeEachDatabase('a generated history', (db) => {
  let scratch: ScratchDatabase
  let folder: string

  beforeEach(async () => {
    scratch = await db.createScratch()
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-ts-history-')))
    mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules/alembic-ts'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n')
    writeFileSync(join(folder, 'alembic/env.ts'), ENV)
    for (const [name, text] of history.files) {
      writeFileSync(join(folder, 'alembic/versions', name), text)
    }
  })

  afterEach(async () => {
    rmSync(folder, { recursive: true })
    await scratch.dispose()
  })

  function alembic(...args: readonly string[]): string {
    const command = ['-x', `url=${scratch.url}`, ...args]
    const bin = join(root, 'dist/cli/bin.js')
    const { status, stdout, stderr } = spawnSync('node', [bin, ...command], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
    return stdout
  }

  it('goes up and down, and its script says the same', async () => {
    alembic('upgrade', 'head')
    expect(alembic('current')).toContain(HEAD)
    const connection = await sa.createEngine(scratch.url).connect()
    const inspector = await sa.inspect(connection)
    for (const table of history.tables) {
      expect(namesOf(await inspector.getColumns(table.name))).toEqual(table.columns.toSorted())
      expect(namesOf(await inspector.getForeignKeys(table.name))).toEqual(
        table.foreignKeys.toSorted(),
      )
      expect(namesOf(await inspector.getUniqueConstraints(table.name))).toEqual(
        table.uniques.toSorted(),
      )
      expect(namesOf(await inspector.getIndexes(table.name))).toEqual(
        expect.arrayContaining(table.indexes),
      )
    }
    alembic('downgrade', 'base')
    inspector.clearCache()
    expect(await inspector.getTableNames()).toEqual(['alembic_version'])
    await connection.close()
    if (db.name === 'sqlite') return
    const statements = alembic('upgrade', 'head', '--sql').split(';\n').length
    expect(statements).toBeGreaterThan(history.steps)
  }, 240_000)

  it('can be kept from running by -x', () => {
    expect(() => alembic('-x', 'stop=before', 'upgrade', 'head')).toThrow('stopped by -x')
  })
})
