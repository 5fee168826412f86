import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openInEditor } from '../../src/command/editor.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alembic-editor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A program that writes its name and argument into a file. */
function program(name: string, exit = 0): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\necho "${name} $1" > ${folder}/called\nexit ${exit}\n`)
  chmodSync(path, 0o755)
  return path
}

const called = (): string => readFileSync(join(folder, 'called'), 'utf8')
// Nothing else: this machine's own editors would wait for somebody to type.
const PATH = (): string => folder

test('EDITOR comes before VISUAL, both before the well-known ones', () => {
  for (const name of ['mine', 'yours', 'nano']) program(name)
  openInEditor('f.ts', { EDITOR: 'mine', VISUAL: 'yours', PATH: PATH() })
  expect(called()).toBe('mine f.ts\n')
  openInEditor('f.ts', { VISUAL: 'yours', PATH: PATH() })
  expect(called()).toBe('yours f.ts\n')
  openInEditor('f.ts', { EDITOR: 'not-there', PATH: PATH() })
  expect(called()).toBe('nano f.ts\n')
})

test('a path is taken as it is', () => {
  openInEditor('f.ts', { EDITOR: program('mine'), PATH: '/nowhere' })
  expect(called()).toBe('mine f.ts\n')
})

test('failures', () => {
  expect(() => openInEditor('f.ts', { EDITOR: '/no/such', PATH: '/nowhere' })).toThrow(
    'Error executing editor (No suitable editor found. Please set the "EDITOR" or "VISUAL" environment variables)',
  )
  const failing = program('failing', 3)
  expect(() => openInEditor('f.ts', { EDITOR: failing, PATH: PATH() })).toThrow(
    `Error executing editor (Command '['${failing}', 'f.ts']' returned non-zero exit status 3.)`,
  )
})
