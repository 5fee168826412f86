import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
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

test('heads loads the graph, and nothing of databases', () => {
  const loaded = loadedBy('heads')
  expect(loaded).toContain('commander')
  expect(loaded.filter((name) => !/^(cli|command|config|errors|script|util)\//.test(name))).toEqual(
    ['commander'],
  )
  expect(loaded.filter((name) => name.startsWith('command/'))).toEqual([
    'command/heads.js',
    'command/scripts-named.js',
  ])
})
