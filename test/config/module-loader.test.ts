import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeLoadError, importModule, isLoadError } from '../../src/config/module-loader.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-loader-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}

test.each(['module', 'commonjs', ''])('TypeScript in a package of type "%s"', async (type) => {
  write('package.json', JSON.stringify(type === '' ? {} : { type }))
  write('tsconfig.json', '{"compilerOptions": {"paths": {"~/*": ["./src/*"]}}}')
  write(
    'src/models.ts',
    `export interface Row { id: number }\nexport const models: Row[] = [{ id: 1 }]\n`,
  )
  write('src/colours.ts', `export enum Colour { Red = 'red' }\n`)
  const path = write(
    'env.ts',
    `import { models, type Row } from './src/models'\nimport { Colour } from '~/colours'\n` +
      `const first: Row | undefined = await Promise.resolve(models[0])\n` +
      `export const result = [first?.id, Colour.Red, import.meta.url]\n`,
  )
  expect(await importModule(path)).toMatchObject({ result: [1, 'red', `file://${folder}/env.ts`] })
})

test.each([
  ['a.mjs', `export const revision = 'a'\nexport function upgrade() {}\n`],
  ['a.cjs', `exports.revision = 'a'\nexports.upgrade = () => {}\n`],
  ['b.cjs', `const all = { revision: 'a', upgrade() {} }\nmodule.exports = all\n`],
  ['a.js', `module.exports = { revision: 'a', upgrade() {} }\n`],
  ['b.js', `export const revision = 'a'\nexport function upgrade() {}\n`],
  ['a.cts', `exports.revision = 'a' as string\nexports.upgrade = (): void => {}\n`],
  ['a.mts', `export const revision: string = 'a'\nexport const upgrade = (): void => {}\n`],
])('%s: %s', async (name, text) => {
  const exported = await importModule(write(name, text))
  expect(exported['revision']).toBe('a')
  expect(typeof exported['upgrade']).toBe('function')
})

test("'alembic-ts' is this copy of the package", async () => {
  const path = write('env.ts', `import * as all from 'alembic-ts'\nexport { all }\n`)
  const { all } = (await importModule(path)) as { all: Record<string, unknown> }
  const own = (await import('../../src/index.ts')) as Record<string, unknown>
  expect(all['op']).toBe(own['op'])
  expect(all['Config']).toBe(own['Config'])
})

test.each(['ts', 'mjs'])(
  'a fresh .%s file runs again, what it imports does not',
  async (extension) => {
    write('models.mjs', `globalThis.alembicRuns = [...(globalThis.alembicRuns ?? []), 'models']\n`)
    const path = write(
      `env.${extension}`,
      `import './models.mjs'\nglobalThis.alembicRuns.push('env')\nexport const x = 1\n`,
    )
    const globals = globalThis as { alembicRuns?: string[] }
    await importModule(path)
    await importModule(path)
    expect(globals.alembicRuns).toEqual(['models', 'env'])
    await importModule(path, { fresh: true })
    expect(globals.alembicRuns).toEqual(['models', 'env', 'env'])
    delete globals.alembicRuns
  },
)

test.each([
  ['syntax.ts', 'const x = 1\nexport function (\n', /^ParseError: .* \/.*\/syntax\.ts:2:\d+$/],
  ['missing.ts', `import './nowhere.ts'\n`, /^Cannot find module '\.\/nowhere\.ts'$/],
])('%s does not load, in one line', async (name, text, message) => {
  const error = await importModule(write(name, text)).catch((reason: unknown) => reason)
  expect(isLoadError(error)).toBe(true)
  expect(describeLoadError(error)).toMatch(message)
})

test('what a file throws comes through as it is', async () => {
  const path = write('throws.ts', `const x: number = 1\n\nthrow new RangeError('boom')\n`)
  const error = await importModule(path).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'RangeError', message: 'boom' })
  expect((error as Error).stack).toContain(`${path}:3:`)
  expect(isLoadError(error)).toBe(false)
})
