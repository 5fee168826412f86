import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { init } from '../../src/command/init.ts'
import { listTemplates } from '../../src/command/list-templates.ts'
import { Config } from '../../src/config/config.ts'

let folder: string
let output: string
const home = process.cwd()
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-init-')))
  output = ''
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

const config = (): Config =>
  new Config({ file: 'alembic.ini', stdout: { write: (text) => (output += text) } })

test('generic', async () => {
  await init(config(), 'db/alembic')
  expect(output).toBe(
    `Creating directory ${folder}/db/alembic ...  done
Creating directory ${folder}/db/alembic/versions ...  done
Generating ${folder}/db/alembic/README ...  done
Generating ${folder}/alembic.ini ...  done
Generating ${folder}/db/alembic/env.ts ...  done
Generating ${folder}/db/alembic/script.ts.eta ...  done
Please edit configuration/connection/logging settings in ${folder}/alembic.ini before proceeding.
`,
  )
  const written = new Config({ file: 'alembic.ini' })
  expect(written.getMainOption('script_location')).toBe(`${folder}/db/alembic`)
  expect(readFileSync('alembic.ini', 'utf8')).toContain('\nscript_location = %(here)s/db/alembic\n')
  expect(written.getMainOption('sqlalchemy.url')).toBe('driver://user:pass@localhost/dbname')
})

test('config: one typed file and versions/', async () => {
  await init(config(), 'migrations', { template: 'config' })
  expect(output).toBe(
    `Creating directory ${folder}/migrations ...  done
Creating directory ${folder}/migrations/versions ...  done
Generating ${folder}/alembic.config.ts ...  done
Please edit configuration and connection settings in ${folder}/alembic.config.ts before proceeding.
`,
  )
  expect(readdirSync('migrations')).toEqual(['versions'])
  expect(readFileSync('alembic.config.ts', 'utf8')).toContain("scriptLocation: 'migrations',")
})

test('an absolute folder is written as it is, an existing configuration file is kept', async () => {
  await init(config(), `${folder}/abs`, { template: 'multidb' })
  expect(readFileSync('alembic.ini', 'utf8')).toContain(`\nscript_location = ${folder}/abs\n`)
  writeFileSync('alembic.ini', '[alembic]\n')
  output = ''
  await init(config(), 'other')
  expect(output).toContain(`File ${folder}/alembic.ini already exists, skipping\n`)
  expect(readFileSync('alembic.ini', 'utf8')).toBe('[alembic]\n')
})

test('refuses a folder with files, and an unknown template', async () => {
  mkdirSync('full')
  writeFileSync('full/x', '')
  await expect(init(config(), 'full')).rejects.toThrow(
    'Directory full already exists and is not empty',
  )
  await expect(init(config(), 'new', { template: 'nope' })).rejects.toThrow(
    `No such template ${home}/templates/nope`,
  )
  expect(existsSync('new')).toBe(false)
})

test('list_templates', async () => {
  await listTemplates(config())
  expect(output).toBe(
    `Available templates:

config - One typed alembic.config.ts, without an env file.
generic - Generic single-database configuration.
multidb - Rudimentary multi-database configuration.

Templates are used via the 'init' command, e.g.:

  alembic init --template generic ./scripts
`,
  )
})
