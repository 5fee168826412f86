import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAlembic } from './run-alembic.ts'

const LOG = `INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
`

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-config-project-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const succeed = (...args: readonly string[]): string => {
  const { status, stdout, stderr } = runAlembic(folder, args, {
    DATABASE_URL: `sqlite:///${folder}/app.db`,
  })
  expect({ status, stdout: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, stdout: '' })
  return `${stdout}--\n${stderr}`
}

// One walk: each step stands on the one before it.
test('a project with one alembic.config.ts and no env file', () => {
  succeed('init', '-t', 'config', 'migrations')
  expect(readdirSync(folder).toSorted()).toEqual(['alembic.config.ts', 'migrations'])
  expect(succeed('heads')).toBe('--\n')

  succeed('revision', '-m', 'cars', '--rev-id', 'a1')
  const file = join(folder, 'migrations/versions/a1_cars.ts')
  const text = readFileSync(file, 'utf8')
  expect(text).toContain("export const revision = 'a1'\nexport const downRevision = null\n")
  writeFileSync(
    file,
    text.replace(
      'export async function upgrade(): Promise<void> {}',
      `export async function upgrade(): Promise<void> {
  await op.createTable('cars', sa.Column('id', sa.Integer(), { primaryKey: true }))
}`,
    ),
  )

  expect(succeed('history', '-i')).toBe(`<base> -> a1 (head), cars\n--\n${LOG}`)
  expect(succeed('upgrade', 'head')).toBe(
    `--\n${LOG}INFO  [alembic.runtime.migration] Running upgrade  -> a1, cars\n`,
  )
  expect(succeed('current')).toBe(`a1 (head)\n--\n${LOG}`)
  expect(succeed('current', '-v')).toContain(
    `Current revision(s) for sqlite:///${folder}/app.db:\nRev: a1 (head)\n`,
  )
  expect(succeed('history', '-i')).toBe(`<base> -> a1 (head) (current), cars\n--\n${LOG}`)
  expect(succeed('upgrade', 'head', '--sql')).toContain(
    '-- Running upgrade  -> a1\n\nCREATE TABLE cars (',
  )
  expect(succeed('downgrade', '-1')).toBe(
    `--\n${LOG}INFO  [alembic.runtime.migration] Running downgrade a1 -> , cars\n`,
  )
  expect(succeed('stamp', 'head')).toBe(
    `--\n${LOG}INFO  [alembic.runtime.migration] Running stamp_revision  -> a1\n`,
  )
  expect(succeed('show', 'current')).toContain('Rev: a1 (head)\nParent: <base>\n')
})
