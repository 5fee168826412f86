import type { TypeEngine } from '../types/type-engine.ts'
import type { LiteralCompiler } from './literal-compiler.ts'
import { jsonText } from './plain-value.ts'
import { isWellFormed } from './storable-text.ts'

/** Types whose values are neither objects nor lists. */
const SCALARS: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Array',
  'Binary',
  'Boolean',
  'Date',
  'DateTime',
  'Integer',
  'Numeric',
  'String',
  'Time',
  'Uuid',
] as const)

/** Types whose columns take text, numbers and truth values as they are, of each what `isPlainScalar()` says. */
export const AS_GIVEN: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Boolean',
  'Date',
  'DateTime',
  'Integer',
  'Numeric',
  'String',
  'Time',
] as const)

const PLUS = 0x2b
const MINUS = 0x2d

export const NONE: ReadonlySet<TypeEngine['affinity']> = new Set()

/** Whether there is nothing to check and nothing to change about a value of such a type. */
export function isPlainScalar(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value) && !mayBeLongYear(value)
    case 'number':
      return Number.isFinite(value)
    case 'bigint':
    case 'boolean':
      return true
    case 'object':
      return value === null
    case 'undefined':
    case 'symbol':
    case 'function':
      return false
  }
}

/** Whether a sign is in front, as before a year of six digits. */
function mayBeLongYear(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === PLUS || first === MINUS
}

/** What a value is bound as for a type; `spanOf` makes of seconds what an interval travels as. */
export function boundForm(
  value: unknown,
  type: TypeEngine,
  literals: LiteralCompiler,
  spanOf: (seconds: number) => unknown,
): unknown {
  if (type.affinity === 'Json') return jsonText(value)
  if (value instanceof Date && (type.affinity === 'Date' || type.affinity === 'Time')) {
    return literals.dateText(value, type)
  }
  if (type.affinity === 'Uuid' && typeof value === 'string') return literals.uuidText(value, type)
  if (type.affinity === 'Interval') {
    const seconds = typeof value === 'string' ? literals.spanSeconds(value, type) : value
    const isSpan = typeof seconds === 'number' || typeof seconds === 'bigint'
    return isSpan ? spanOf(Number(seconds)) : value
  }
  if (SCALARS.has(type.affinity) && isCompound(value)) {
    return literals.refuse(value, type, 'such a column holds no objects and no lists')
  }
  return value
}

function isCompound(value: unknown): boolean {
  return typeof value === 'object' && !(value instanceof Uint8Array) && !(value instanceof Date)
}
