import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findConfigFiles, loadConfig } from '../../src/config/load-config.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-load-')))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test.each([
  [[], undefined, { ini: 'alembic.ini', toml: 'pyproject.toml', settings: null }],
  [['a.ini'], undefined, { ini: 'a.ini', toml: 'pyproject.toml', settings: null }],
  [
    ['a.ini', 'x/pyproject.toml'],
    undefined,
    { ini: 'a.ini', toml: 'x/pyproject.toml', settings: null },
  ],
  [['db.config.mts'], undefined, { ini: null, toml: 'pyproject.toml', settings: 'db.config.mts' }],
  [
    ['x/package.json'],
    undefined,
    { ini: null, toml: 'pyproject.toml', settings: 'x/package.json' },
  ],
  [[], 'e.ini', { ini: 'e.ini', toml: 'pyproject.toml', settings: null }],
  [[], 'x/pyproject.toml', { ini: 'alembic.ini', toml: 'x/pyproject.toml', settings: null }],
  [['a.ini'], 'e.ini', { ini: 'a.ini', toml: 'pyproject.toml', settings: null }],
])('%j with ALEMBIC_CONFIG=%s', (names, environment, expected) => {
  expect(findConfigFiles(names, environment)).toEqual(expected)
})

test('two files of one kind are refused', () => {
  expect(() => findConfigFiles(['a.ini', 'b.ini'])).toThrow('only one ini file may be indicated')
  expect(() => findConfigFiles(['pyproject.toml', 'x/pyproject.toml'])).toThrow(
    'pyproject.toml indicated more than once',
  )
})

test('an object exported by a module: options under both names, paths from its folder', async () => {
  const file = write(
    'alembic.config.mjs',
    `export default { url: 'sqlite:///50%.db', versionLocations: ['a', '/b'], recursiveVersionLocations: true,
      fileTemplate: '%(rev)s', postWriteHooks: [{ name: 'lint', type: 'exec' }], compareType: false }`,
  )
  const config = await loadConfig({ files: [file] })
  expect(config.configFileName).toBeNull()
  expect(config.getMainOption('sqlalchemy.url')).toBe('sqlite:///50%.db')
  expect(config.getAlembicOption('script_location')).toBe(`${folder}/migrations`)
  expect(config.getAlembicOption('file_template')).toBe('%(rev)s')
  expect(config.getVersionLocationsList()).toEqual([`${folder}/a`, '/b'])
  expect(config.getAlembicBooleanOption('recursive_version_locations')).toBe(true)
  expect(config.getHooksList()).toEqual([{ name: 'lint', type: 'exec' }])
  expect(config.settings?.['compareType']).toBe(false)
})

test('a function may make the object', async () => {
  const file = write('a.config.mjs', `export default async () => ({ scriptLocation: 'db' })`)
  const config = await loadConfig({ files: [file] })
  expect(config.getAlembicOption('script_location')).toBe(`${folder}/db`)
})

test('the key "alembic" of a package.json', async () => {
  vi.stubEnv('ALEMBIC_TEST_DB', 'app.db')
  vi.stubEnv('ALEMBIC_TEST_ROOT', '/srv')
  const alembic = {
    url: 'sqlite:///${ALEMBIC_TEST_DB}',
    scriptLocation: '${ALEMBIC_TEST_ROOT}/db',
    versionLocations: ['${ALEMBIC_TEST_ROOT}/a', '${ALEMBIC_TEST_NONE:-b}'],
    truncateSlugLength: 10,
    timezone: 'UTC',
    postWriteHooks: [{ name: 'f', type: 'npm', entrypoint: '${ALEMBIC_TEST_NONE:-prettier}' }],
  }
  const file = write('package.json', JSON.stringify({ alembic }))
  const config = await loadConfig({ files: [file] })
  expect(config.getMainOption('sqlalchemy.url')).toBe('sqlite:///app.db')
  expect(config.getAlembicOption('script_location')).toBe('/srv/db')
  expect(config.getVersionLocationsList()).toEqual(['/srv/a', `${folder}/b`])
  expect(config.getAlembicOption('truncate_slug_length')).toBe('10')
  expect(config.getAlembicOption('timezone')).toBe('UTC')
  expect(config.getHooksList()).toEqual([{ name: 'f', type: 'npm', entrypoint: 'prettier' }])
  vi.unstubAllEnvs()
})

test.each([
  [
    'a.config.mjs',
    'export const url = 1',
    'must export its configuration as default: export default defineConfig({ ... })',
  ],
  ['package.json', '{"name": "x"}', 'has no key "alembic" that is an object'],
])('%s: %s', async (name, text, message) => {
  await expect(loadConfig({ files: [write(name, text)] })).rejects.toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(message) as unknown,
    }),
  )
})

test('a path with a variable that is missing', async () => {
  const file = write('package.json', '{"alembic": {"scriptLocation": "${ALEMBIC_TEST_NONE}"}}')
  await expect(loadConfig({ files: [file] })).rejects.toThrow(
    `Environment variable ALEMBIC_TEST_NONE is not set; 'scriptLocation' in ${file} needs it.`,
  )
})

test('a named module that is missing', async () => {
  await expect(loadConfig({ files: ['/nowhere/alembic.config.ts'] })).rejects.toThrow(
    "No config file '/nowhere/alembic.config.ts' found",
  )
})
