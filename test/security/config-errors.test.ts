// A configuration file that can't be read is quoted in the error, but not the password in it.
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeUrl } from '../../src/engine/url.ts'
import { hidePasswords } from '../../src/util/hide-passwords.ts'
import { runHere } from './run-here.ts'
import { told } from './told.ts'

const URL = 'postgresql://app:Zq7-Wx9@db/shop'
const WORDS = /Zq7|Wx9/

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-config-errors-')))
  mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const ini = (line: string): Readonly<Record<string, string>> => ({
  'alembic.ini': `[alembic]\nscript_location = alembic\n${line}\n`,
})

it.each<[what: string, files: Readonly<Record<string, string>>]>([
  ['no sign between name and value', ini(`sqlalchemy.url ${URL}`)],
  ['no sign after an option of its own', ini('db_password Zq7-Wx9')],
  ['a line before the first section', { 'alembic.ini': `sqlalchemy.url = ${URL}\n[alembic]\n` }],
  ['a lone percent sign', ini('sqlalchemy.url = postgresql://app:Zq7%40Wx9@db/shop')],
  ['an option that is not there', ini(`sqlalchemy.url = ${URL}%(nope)s`)],
  [
    'an option that is not there, in the password',
    ini('sqlalchemy.url = postgresql://app:Zq7%(nope)sWx9@db/shop'),
  ],
  ['a reference that does not end', ini('sqlalchemy.url = postgresql://app:%(Zq7Wx9@db/shop')],
  [
    'a value that refers to itself',
    ini('sqlalchemy.url = postgresql://app:Zq7%(sqlalchemy.url)sWx9@db'),
  ],
  ['a variable that is not set', ini('sqlalchemy.url = postgresql://app:Zq7${NOT_SET_Wx}9@db')],
  ['the option twice', ini(`sqlalchemy.url = ${URL}\nsqlalchemy.url = ${URL}`)],
  ['a scheme that is none', ini('sqlalchemy.url = app:Zq7-Wx9@db/shop')],
  ['an unknown dialect', ini('sqlalchemy.url = postgrsql://app:Zq7-Wx9@db/shop')],
  ['more than one @', ini('sqlalchemy.url = postgresql://app:Zq7@Wx9@db/shop')],
  ['a slash in the password', ini('sqlalchemy.url = postgresql://app:Zq7/Wx9@db/shop')],
  ['an unknown parameter', ini(`sqlalchemy.url = ${URL}?nope=1&password=Zq7`)],
  ['a package.json that is none', { 'package.json': `{ "alembic": { "url": "${URL}" "x": 1 } }` }],
  ['a package.json that ends too soon', { 'package.json': `{ "alembic": { "url": "${URL}` }],
  [
    'a pyproject.toml that is none',
    {
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'pyproject.toml': `[tool.alembic]\nurl = "${URL}" x\n`,
    },
  ],
  [
    'settings that do not parse',
    { 'alembic.config.ts': `export default { url: '${URL}' x: 1 }\n` },
  ],
  ['settings that end too soon', { 'alembic.config.ts': `export default { url: '${URL}\n` }],
  [
    'settings that throw',
    {
      'alembic.config.ts': `const url = '${URL}'; throw new Error('no'); export default { url }\n`,
    },
  ],
  [
    'settings of another kind',
    { 'alembic.config.ts': `export default { url: ['${URL}'], scriptLocation: 'alembic' }\n` },
  ],
])('%s', async (_what, files) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  if ('alembic.ini' in files)
    writeFileSync(
      join(folder, 'alembic/env.ts'),
      "import { context, engineFromConfig } from 'alembic-ts'\nconst { config } = context\nawait engineFromConfig(config.getSection(config.configIniSection, {})).connect()\n",
    )
  for (const line of [['current'], ['--raiseerr', 'current'], ['current', '--json'], ['heads']]) {
    const { status, output } = await runHere(folder, line)
    if (line.includes('current'))
      expect({ line, isFailure: status !== 0 }).toEqual({ line, isFailure: true })
    expect({ line, told: told(output, WORDS) }).toEqual({ line, told: [] })
  }
})

describe('a password in a message is hidden', () => {
  it.each([
    ['x = postgresql://app:s3cret@db/shop', 'x = postgresql://app:***@db/shop'],
    ['postgresql://app:s3@cr:et@db/shop and more', 'postgresql://app:***@db/shop and more'],
    ['postgresql://:s3cret@db', 'postgresql://:***@db'],
    ['mysql://app@db/shop?password=s3cret&ssl=true', 'mysql://app@db/shop?password=***&ssl=true'],
    ['postgresql://app@db/shop?sslpassword=a#b', 'postgresql://app@db/shop?sslpassword=***'],
    ['db_password s3cret, or so', 'db_password ***'],
    ['postgresql://db:5432/shop', 'postgresql://db:5432/shop'],
    ['just words', 'just words'],
  ])('%s', (text, hidden) => {
    expect(hidePasswords(text)).toBe(hidden)
  })
})

it.each(
  [
    ['password', 'passwd', 'sslpassword', 'wallet_password', 'ssl_key_password', 'authToken'],
    ['auth_token', 'PWD', 'Pwd', 'passphrase', 'secret', 'client_secret', 'access_token', 'apiKey'],
    ['encryptionKey', 'odbc_connect'],
  ].flat(),
)("a URL's parameter %s is not shown", (name) => {
  const url = makeUrl(`mssql://h/d?${name}=Zq7&x=1`)
  expect(`${url.toString()}${JSON.stringify(url)}`).not.toMatch(WORDS)
  expect(url.renderAsString({ hidePassword: false })).toContain(`${name}=Zq7`)
})
