import { expect, it } from 'vitest'
import { splitCommandLine } from '../../src/script/command-line.ts'

it.each<[string, string[]]>([
  ['', []],
  ['--write  file.ts', ['--write', 'file.ts']],
  [`-l 79 'two words' "a \\"b\\" c" x\\ y`, ['-l', '79', 'two words', 'a "b" c', 'x y']],
  [`--name=it"'"s ''`, [`--name=it's`, '']],
])('%s', (text, expected) => {
  expect(splitCommandLine(text)).toEqual(expected)
})
