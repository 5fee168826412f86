import { array, object, type Source } from './source.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

/** A string literal: in single quotes unless it holds more of those than of double quotes, as formatters have it. */
export function stringLiteral(text: string): string {
  const singles = text.split("'").length
  const doubles = text.split('"').length
  const quote = singles > doubles ? '"' : "'"
  // U+2028 and U+2029 are line ends to some tools; control characters can't be seen in an editor; half a pair has no UTF-8.
  const escaped = text.replaceAll(/[\\\p{Cc}\p{Surrogate}\u2028\u2029]/gu, escapeCharacter)
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`
}

function escapeCharacter(character: string): string {
  const known = ESCAPES[character]
  return known ?? `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`
}

/** The key of an object literal, quoted only where it must be. */
export function objectKey(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : stringLiteral(key)
}

/** Source of a plain value; `renderOther` is asked for everything that is no plain value. */
export function literalSource(value: unknown, renderOther: (value: object) => Source): Source {
  if (typeof value === 'string') return stringLiteral(value)
  if (typeof value === 'bigint') return `${value}n`
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return array(value.map((item) => literalSource(item, renderOther)))
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== Object.prototype && prototype !== null) return renderOther(value)
  return object(
    Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        item === undefined ? undefined : literalSource(item, renderOther),
      ]),
    ),
  )
}
