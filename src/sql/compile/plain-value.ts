import { CompileError } from '../../errors/compile-error.ts'

/** A `Temporal` object, as far as it matters here; runtimes without `Temporal` have none. */
interface TemporalObject {
  readonly epochMilliseconds?: number
  toInstant?(): TemporalObject
  toString(): string
}

/** An instant with microseconds, which `Date` has no room for. */
class PreciseDate extends Date {
  readonly #iso: string

  constructor(epochMilliseconds: number, iso: string) {
    super(epochMilliseconds)
    this.#iso = iso
  }

  override toISOString(): string {
    return this.#iso
  }
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
  if (value.epochMilliseconds !== undefined) return instantOf(value, value.epochMilliseconds)
  return inMicroseconds(value.toString()).replace(/^(\d.*)T/, '$1 ')
}

function instantOf(value: TemporalObject, epochMilliseconds: number): Date {
  const iso = inMicroseconds((value.toInstant?.() ?? value).toString())
  const isPrecise = /\.\d{4,6}Z$/.test(iso)
  if (!isPrecise) return new Date(epochMilliseconds)
  return new PreciseDate(
    epochMilliseconds,
    iso.replace(/\.(\d+)Z$/, (_, digits: string) => `.${digits.padEnd(6, '0')}Z`),
  )
}

/** Microseconds are what databases keep. */
function inMicroseconds(text: string): string {
  return text.replace(/(\.\d{6})\d+/, '$1')
}

/** What JSON would make `null` of, without a word. */
function refuseUnwritable(this: unknown, key: string, written: unknown): unknown {
  const given = (this as Readonly<Record<string, unknown>>)[key]
  const isLost = typeof written === 'number' ? !Number.isFinite(written) : isInvalidDate(given)
  if (isLost) throw new CompileError(`it has no form for ${String(given)}`)
  return written
}

function isInvalidDate(value: unknown): boolean {
  return value instanceof Date && Number.isNaN(value.getTime())
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
    document = JSON.stringify(value, refuseUnwritable)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)
    throw new CompileError(`Could not write a value as JSON: ${reason}`, { cause })
  }
  if (document !== undefined) return document
  throw new CompileError(`Could not write a value as JSON: it is a ${typeof value}`)
}
