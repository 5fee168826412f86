import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alembic-ts-parity-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function parity(...args: readonly string[]): { status: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/run-ts.mjs', 'scripts/parity/main.ts', ...args],
    { encoding: 'utf8' },
  )
  return { status, lines: stdout.trimEnd().split('\n') }
}

it('counts every case of a file of unknown shape as failed', () => {
  const file = join(folder, 'unknown.json')
  const report = join(folder, 'report.json')
  writeFileSync(file, '[\n{"id": "a", "strange": 1},\n{"id": "b"},\n{"id": "a"}\n]')
  const { status, lines } = parity(folder, '--json', report)
  expect(status).toBe(1)
  expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual(['FAIL a', 'FAIL a', 'FAIL b'])
  expect(lines).toContain('  TypeError: the shape of the first case fits no family')
  expect(lines.at(-1)).toBe('0 passed, 3 failed')
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    passed: 0,
    failed: 3,
    files: [{ file, family: 'unknown', passed: 0, failed: 3 }],
    failures: [{ id: 'a' }, { id: 'a' }, { id: 'b' }],
  })
})
