import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { objectKey, stringLiteral } from '../../src/render/literal.ts'
import { hostileText } from '../property/hostile.ts'

const texts = fc.oneof(
  hostileText,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\uD83D', '\uDE00', '\u2028', "'", '"', '\\', '${a}', '`') }),
)

it('a string literal is read as the text that was written, through a file', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const source = Buffer.from(stringLiteral(text)).toString()
      expect(source).not.toMatch(/[\n\r\u2028\u2029]/)
      expect(runInNewContext(source)).toBe(text)
      expect(Object.keys(runInNewContext(`({ ${objectKey(text)}: 1 })`) as object)).toEqual([text])
    }),
  )
})
