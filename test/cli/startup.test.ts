import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAlembic } from './run-alembic.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-startup-')))
  runAlembic(folder, ['init', 'alembic'])
  for (let n = 1; n <= 10; n++)
    runAlembic(folder, ['revision', '-m', `number ${n}`, '--rev-id', `r${n}`])
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The modules, outside Node itself, that a command loads: paths in dist/ and names of packages. */
function loadedBy(...args: readonly string[]): string[] {
  const hooks = join(folder, 'hooks.mjs')
  writeFileSync(
    hooks,
    `import { writeSync } from 'node:fs'
     export async function load(url, context, nextLoad) {
       if (!url.startsWith('node:')) writeSync(2, 'LOADED ' + url + '\\n')
       return nextLoad(url, context)
     }`,
  )
  const register = join(folder, 'register.mjs')
  writeFileSync(
    register,
    `import { register } from 'node:module'\nregister(${JSON.stringify(pathToFileURL(hooks).href)})\n`,
  )
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', pathToFileURL(register).href, join(ROOT, 'dist/cli/bin.js'), ...args],
    { cwd: folder, encoding: 'utf8' },
  )
  const urls = [...stderr.matchAll(/^LOADED (file:.*)$/gm)].map(([, url]) =>
    fileURLToPath(url ?? ''),
  )
  const names = urls.map((path) =>
    path.startsWith(`${ROOT}dist/`)
      ? path.slice(ROOT.length + 'dist/'.length)
      : (/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path),
  )
  return [...new Set(names)].toSorted()
}

/** The source files that a file of dist/ is made of. */
function sourcesOf(file: string): string[] {
  const path = join(ROOT, 'dist', `${file}.map`)
  if (!existsSync(path)) return [] // nothing but imports of other files
  const map = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly sources: readonly string[]
  }
  return map.sources.map((path) => path.replace(/^(?:\.\.\/)+src\//, ''))
}

test('heads loads the graph, and nothing of databases', () => {
  const loaded = loadedBy('heads')
  expect(loaded).toContain('commander')
  const files = loaded.filter((name) => name !== 'commander')
  expect(files.length).toBeLessThanOrEqual(7)
  const sources = files.flatMap(sourcesOf)
  expect(sources).toContain('command/heads.ts')
  expect(
    sources.filter((name) => !/^(cli|command|config|errors|script|util)\/|^\0/.test(name)),
  ).toEqual([])
})

test('current loads a few files, among them one database and its driver', () => {
  const ini = join(folder, 'alembic.ini')
  const url = 'sqlalchemy.url = sqlite:///app.db'
  writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^sqlalchemy\.url = .*$/m, url))
  const loaded = loadedBy('current')
  expect(loaded.length).toBeLessThanOrEqual(20)
  const sources = loaded.filter((name) => /^(chunks|cli)\//.test(name)).flatMap(sourcesOf)
  expect(sources).toContain('dialects/sqlite/index.ts')
  expect(sources).not.toContain('dialects/postgresql/index.ts')
  expect(sources.filter((name) => name.startsWith('autogenerate/'))).toEqual([])
})

test('a stack names the places in the sources, not in the bundled files', () => {
  const { stderr } = runAlembic(folder, ['--raiseerr', 'show', 'nothing'])
  expect(stderr).toMatch(/\(file:.*\/src\/command\/show\.ts:\d+:\d+\)/)
  expect(stderr).not.toContain('/dist/')
})
