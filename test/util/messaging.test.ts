import { expect, test } from 'vitest'
import { printMessage, status, wrap } from '../../src/util/messaging.ts'

function collector(columns?: number) {
  const parts: string[] = []
  const stdout = { write: (text: string) => parts.push(text), ...(columns && { columns }) }
  return { stdout, text: () => parts.join('') }
}

test('flush left on one line where there is no terminal', () => {
  const { stdout, text } = collector()
  printMessage('FAILED: a long message', { stdout })
  expect(status('Generating x', () => 5, { stdout })).toBe(5)
  expect(() =>
    status(
      'Running hook',
      () => {
        throw new RangeError('no')
      },
      { stdout, newline: true },
    ),
  ).toThrow('no')
  printMessage('nothing', { stdout, quiet: true })
  expect(text()).toBe(
    'FAILED: a long message\nGenerating x ...  done\nRunning hook ...\n  FAILED\n',
  )
})

test('indented and wrapped on a terminal', () => {
  const { stdout, text } = collector(12)
  printMessage('one two three averyverylongword x', { stdout })
  expect(text()).toBe('  one two\n  three\n  averyverylongword\n  x\n')
  expect(wrap('', 10, '  ')).toBe('  ')
})
