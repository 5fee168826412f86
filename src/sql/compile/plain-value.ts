import { CompileError } from '../../errors/compile-error.ts'

/** A `Temporal` object, as far as it matters here; runtimes without `Temporal` have none. */
interface TemporalObject {
  readonly epochMilliseconds?: number
  toString(): string
}

/**
 * A value in one of the forms that are told apart here: text, numbers, booleans, `Date`, bytes, arrays, other objects.
 * `Temporal` objects become the `Date` of their instant, or their text with a blank in place of the T.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (value instanceof DataView) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  }
  if (!isTemporal(value)) return value
  if (value.epochMilliseconds !== undefined) return new Date(value.epochMilliseconds)
  // Microseconds are what databases keep.
  return value
    .toString()
    .replace(/^(\d.*)T/, '$1 ')
    .replace(/(\.\d{6})\d+$/, '$1')
}

function isTemporal(value: object): value is TemporalObject {
  return Object.prototype.toString.call(value).startsWith('[object Temporal.')
}

/**
 * A value as a JSON document.
 *
 * @throws CompileError for what JSON has no form for: a bigint, a function, an object that contains itself
 */
export function jsonText(value: unknown): string {
  let document: string | undefined
  try {
    document = JSON.stringify(value)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)
    throw new CompileError(`Could not write a value as JSON: ${reason}`, { cause })
  }
  if (document !== undefined) return document
  throw new CompileError(`Could not write a value as JSON: it is a ${typeof value}`)
}
