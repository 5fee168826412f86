import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importDriver } from '../../src/engine/import-driver.ts'

const before = process.cwd()
let project = ''

function installed(name: string, source: string): void {
  const folder = join(project, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js' }))
  writeFileSync(join(folder, 'index.js'), source)
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'alembic-driver-'))
  installed('only-in-project', 'module.exports = { answer: 42 }')
  installed('broken-in-project', "throw new Error('no binary for this platform\\nmore')")
  process.chdir(project)
})
afterAll(() => {
  process.chdir(before)
  rmSync(project, { recursive: true })
})

it('finds a package that only the working directory has', async () => {
  expect(await importDriver<{ answer: number }>('only-in-project')).toEqual({ answer: 42 })
})

it('gives the install command for one that is missing', async () => {
  await expect(importDriver('nowhere-installed')).rejects.toMatchObject({
    code: 'DRIVER_MISSING',
    message:
      "The database driver 'nowhere-installed' is not installed. Install it with: npm install nowhere-installed",
  })
})

it('tells a broken one from a missing one', async () => {
  await expect(importDriver('broken-in-project')).rejects.toMatchObject({
    code: 'DRIVER_MISSING',
    message:
      "The database driver 'broken-in-project' is installed but can't be loaded: no binary for this platform. Try: npm rebuild broken-in-project",
  })
})
