import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { downgrade } from '../../../src/command/downgrade.ts'
import { listTemplates } from '../../../src/command/list-templates.ts'
import { revision } from '../../../src/command/revision.ts'
import { upgrade } from '../../../src/command/upgrade.ts'
import { COMMANDS } from '../../../src/cli/commands.ts'
import { Config } from '../../../src/config/config.ts'
import type { ProjectSettings } from '../../../src/config/settings.ts'
import type { Script } from '../../../src/script/script.ts'
import { folderWith } from '../folder.ts'

function project(settings: ProjectSettings = {}): { config: Config; printed: () => string } {
  const folder = folderWith({ 'versions/README': '' })
  let text = ''
  const stdout = { write: (piece: string) => (text += piece) }
  const url = `sqlite:///${join(folder, 'app.db')}`
  const config = new Config({ settings: { scriptLocation: folder, url, ...settings }, stdout })
  return { config, printed: () => text }
}

it('alembic revision --kind makes a file that runs', async () => {
  const { config, printed } = project()
  const run = COMMANDS.find(({ name }) => name === 'revision')!
  expect(run.options).toContain('kind')
  await run.run(config, [], { kind: 'js', message: 'first', revId: 'a1' })
  await run.run(config, [], { kind: 'sql', message: 'second', revId: 'b2' })
  expect(printed()).toMatch(/a1_first\.js \.\.\. {2}done\n.*b2_second\.sql \.\.\. {2}done\n$/)
  await upgrade(config, 'head')
  await downgrade(config, 'base')
})

it('is made where the environment runs for every revision, too', async () => {
  const { config } = project({ revisionEnvironment: true })
  const made = (await revision(config, { kind: 'sql', message: 'x' })) as Script
  expect(readFileSync(made.path, 'utf8')).toContain('-- upgrade\n')
  await upgrade(config, 'head')
})

it('has nothing to do with operations', async () => {
  const { config } = project()
  await expect(revision(config, { kind: 'sql', autogenerate: true })).rejects.toThrow(
    '--autogenerate writes operations, and a revision in plain SQL has none; leave --kind sql out',
  )
})

it('its template is none of init', async () => {
  const { config } = project()
  const { templates } = await listTemplates(config)
  expect(templates.map(({ name }) => name)).toEqual(['config', 'generic', 'multidb'])
})
