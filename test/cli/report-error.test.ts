import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reportError } from '../../src/cli/report-error.ts'
import { wrap } from '../../src/util/messaging.ts'
import { CommandError } from '../../src/errors/command-error.ts'
import { StatementError } from '../../src/errors/driver-error.ts'

let stdout = ''
let stderr = ''
beforeEach(() => {
  stdout = stderr = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true))
})
afterEach(() => vi.restoreAllMocks())

const report = (error: unknown, options: { quiet?: boolean; raiseerr?: boolean } = {}): number =>
  reportError(error, { raiseerr: false, ...options, stdout: { write: (text) => (stdout += text) } })

function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

test('an expected error is one line, whatever its text', () => {
  expect(report(new CommandError("Can't do it"))).toBe(255)
  expect(report(new StatementError('syntax error\n  LINE 1: x\n', 'x'))).toBe(255)
  expect(stdout).toBe("FAILED: Can't do it\nFAILED: syntax error LINE 1: x\n")
  expect(stderr).toBe('')
})

test('quiet says nothing, --raiseerr shows the stack', () => {
  expect(report(new CommandError('no'), { quiet: true })).toBe(255)
  expect(report(new CommandError('no'), { raiseerr: true })).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^CommandError: no\n +at .*report-error\.test\.ts/)
})

test("an error of the project's own code is one line with its place", () => {
  expect(report(new RangeError('boom'))).toBe(1)
  expect(stdout).toMatch(/^FAILED: boom \(.*\/test\/cli\/report-error\.test\.ts:\d+\)\n$/)
  expect(report('just text')).toBe(1)
  expect(stdout.split('\n')[1]).toBe('FAILED: just text (thrown without a stack)')
})

test('an error of the operating system is expected', () => {
  expect(report(thrown(() => readFileSync('/nowhere')))).toBe(255)
  expect(stdout).toBe("FAILED: ENOENT: no such file or directory, open '/nowhere'\n")
})

test('a bug of this package shows its stack', () => {
  expect(report(thrown(() => wrap(null as unknown as string, 10, '')))).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^TypeError: .*\n +at wrap \(.*src\/util\/messaging\.ts/)
})
