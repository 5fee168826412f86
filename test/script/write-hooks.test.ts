import { readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { check } from 'prettier'
import { expect, it } from 'vitest'
import type { PostWriteHook } from '../../src/config/settings.ts'
import { registerWriteHook, runWriteHooks } from '../../src/script/write-hooks.ts'
import { folderWith } from './folder.ts'

async function run(...hooks: PostWriteHook[]): Promise<string> {
  let output = ''
  const messaging = { stdout: { write: (text: string) => (output += text) } }
  try {
    await runWriteHooks('/x/new file.ts', hooks, messaging)
  } catch (error) {
    const { name, message } = error as Error
    output += `${name}: ${message}`
  }
  return output
}

it('runs programs, with the file first or where it is said', async () => {
  expect(
    await run(
      { name: 'one', type: 'exec', executable: 'echo', options: 'wrote REVISION_SCRIPT_FILENAME' },
      { name: 'two', type: 'exec', executable: 'echo', options: "--x 'a b'" },
      { name: 'three', type: 'exec', executable: 'echo' },
    ),
  ).toBe(
    "Running post write hook 'one' ...\nwrote /x/new file.ts\n  done\n" +
      "Running post write hook 'two' ...\n/x/new file.ts --x a b\n  done\n" +
      "Running post write hook 'three' ...\n/x/new file.ts\n  done\n",
  )
})

it('does not mind what a program says of itself', async () => {
  expect(await run({ name: 'no', type: 'exec', executable: 'false' })).toBe(
    "Running post write hook 'no' ...\n  done\n",
  )
})

it('runs the program of a package, found from the folder upwards', async () => {
  const folder = folderWith({
    'node_modules/pretty/package.json': JSON.stringify({ bin: { pretty: './bin/pretty.cjs' } }),
    'node_modules/pretty/bin/pretty.cjs':
      'console.log(`pretty ${process.argv.slice(2).join(" | ")}`)',
    'node_modules/@scope/tool/package.json': JSON.stringify({ bin: './tool.cjs' }),
    'node_modules/@scope/tool/tool.cjs': 'console.log(`tool in ${process.cwd()}`)',
    'deep/er/file': '',
  })
  const cwd = join(folder, 'deep/er')
  expect(await run({ name: 'p', type: 'npm', entrypoint: 'pretty', cwd, options: '--write' })).toBe(
    "Running post write hook 'p' ...\npretty /x/new file.ts | --write\n  done\n",
  )
  expect(
    await run({
      name: 't',
      type: 'console_scripts',
      entrypoint: 'tool',
      package: '@scope/tool',
      cwd,
    }),
  ).toBe(`Running post write hook 't' ...\ntool in ${cwd}\n  done\n`)
})

// Biome and ESLint are run in the same way; docs/configuration.md has their options.
it.each([
  ['prettier', '--no-semi --single-quote --write REVISION_SCRIPT_FILENAME'],
  ['oxfmt', 'REVISION_SCRIPT_FILENAME'],
])('formats the file by %s', async (entrypoint, options) => {
  const folder = folderWith({
    'my file.ts': 'export const  revision = "a";\nexport function upgrade( ) {}',
    '.oxfmtrc.json': '{ "semi": false, "singleQuote": true }',
  })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const path = join(folder, 'my file.ts')
  let output = ''
  const messaging = { stdout: { write: (text: string) => (output += text) } }
  await runWriteHooks(
    path,
    [{ name: 'f', type: 'npm', entrypoint, options, cwd: folder }],
    messaging,
  )
  const text = readFileSync(path, 'utf8')
  expect(text).toBe("export const revision = 'a'\nexport function upgrade() {}\n")
  expect(await check(text, { semi: false, singleQuote: true, parser: 'typescript' })).toBe(true)
  expect(output).toMatch(/^Running post write hook 'f' \.\.\.\n[^]*  done\n$/)
})

it("runs one of the project's own scripts", async () => {
  const folder = folderWith({
    'package.json': '{ "scripts": { "format": "node format.js" } }',
    'format.js': 'console.log("formats", process.argv[2])',
  })
  const options = '--silent run format -- REVISION_SCRIPT_FILENAME'
  expect(await run({ name: 's', type: 'exec', executable: 'npm', options, cwd: folder })).toBe(
    "Running post write hook 's' ...\nformats /x/new file.ts\n  done\n",
  )
})

it('runs the function of a module', async () => {
  const folder = folderWith({
    'hook.mjs': `export default (path, options, { stdout }) => stdout.write(path + ' ' + options.name + '\\n')`,
    'named.cjs': `exports.run = async (path, options, { stdout }) => { await null; stdout.write('named\\n') }`,
    'empty.mjs': '',
  })
  const module = (name: string): PostWriteHook => ({
    name: 'm',
    type: 'module',
    module: name,
    cwd: folder,
  })
  const begin = "Running post write hook 'm' ...\n"
  expect(await run(module('hook.mjs'))).toBe(`${begin}/x/new file.ts m\n  done\n`)
  expect(await run(module('./named.cjs'))).toBe(`${begin}named\n  done\n`)
  expect(await run(module('empty.mjs'))).toBe(
    `${begin}  FAILED\nPostWriteHookError: Module empty.mjs exports neither a default function nor 'run'`,
  )
  expect(await run(module('gone'))).toBe(
    `${begin}  FAILED\nPostWriteHookError: Could not find module gone`,
  )
})

it('runs a function that was registered', async () => {
  registerWriteHook('mine', (path, { level }, { stdout }) => stdout?.write(`${path} ${level}\n`))
  expect(await run({ name: 'x', type: 'mine', level: 'high' })).toBe(
    "Running post write hook 'x' ...\n/x/new file.ts high\n  done\n",
  )
})

it.each<[PostWriteHook, string]>([
  [{ name: 'h' }, "Key 'h.type' (or 'type' in toml) is required for post write hook 'h'"],
  [{ name: 'h', type: 'nope' }, "No formatter with name 'nope' registered"],
  [{ name: 'h', type: 'exec' }, "Key h.executable is required for post write hook 'h'"],
  [{ name: 'h', type: 'npm' }, "Key h.entrypoint is required for post write hook 'h'"],
  [
    { name: 'h', type: 'npm', entrypoint: 'x-gone', cwd: '/' },
    'Could not find entrypoint npm.x-gone; install',
  ],
  [
    { name: 'h', type: 'exec', executable: 'x-gone' },
    "Post write hook 'h' can't run 'x-gone': spawnSync x-gone ENOENT",
  ],
])('%o can not be run', async (hook, message) => {
  expect(await run(hook)).toContain(`PostWriteHookError: ${message}`)
})
