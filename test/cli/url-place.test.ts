import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runAlembic } from './run-alembic.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-url-')))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(process.cwd(), join(folder, 'node_modules/alembic-ts'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const TEMPLATES_URL =
  "still is the template's driver://user:pass@localhost/dbname; put the URL of your database there"

test.each([
  ['generic', "option 'sqlalchemy.url' in section [alembic] of <DIR>/alembic.ini"],
  ['multidb', "option 'sqlalchemy.url' in section [engine1] of <DIR>/alembic.ini"],
  ['config', "option 'url' of <DIR>/alembic.config.ts"],
])('the URL of the template %s: the message names option and file', (template, place) => {
  runAlembic(folder, ['init', '-t', template, 'migrations'])
  for (const args of [['current'], ['upgrade', 'head', '--sql']]) {
    const { status, stdout } = runAlembic(folder, args, {
      DATABASE_URL: 'driver://user:pass@localhost/dbname',
    })
    expect(stdout.replaceAll(folder, '<DIR>')).toBe(`FAILED: ${place} ${TEMPLATES_URL}\n`)
    expect(status).toBe(255)
  }
})

test('another wrong URL: the message has the place behind it', () => {
  runAlembic(folder, ['init', 'alembic'])
  const ini = readFileSync(join(folder, 'alembic.ini'), 'utf8')
  const place = `(option 'sqlalchemy.url' in section [alembic] of ${folder}/alembic.ini)\n`
  for (const [url, message] of [
    ['postgrsql://u:secret@h/db', "There is no dialect 'postgrsql'"],
    ['not a url', "Can't read the database URL"],
  ] as const) {
    writeFileSync(
      join(folder, 'alembic.ini'),
      ini.replace(/^sqlalchemy\.url = .*$/m, `sqlalchemy.url = ${url}`),
    )
    const { stdout } = runAlembic(folder, ['current'])
    expect(stdout).toContain(`FAILED: ${message}`)
    expect(stdout.endsWith(place)).toBe(true)
    expect(stdout).not.toContain('secret')
  }
})
