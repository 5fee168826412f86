/**
 * A value as SQLite's packages bind it.
 *
 * They bind a JavaScript number as REAL, which a TEXT column would keep as `'5.0'`: integers go as bigint. Dates are text
 * in UTC in the form that SQLite's date functions and SQLAlchemy read.
 */
export function bindValue(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value
    case 'boolean':
      return value ? 1n : 0n
    case 'undefined':
      return null
    case 'object':
      return bindObject(value)
    case 'bigint':
    case 'string':
    case 'symbol':
    case 'function':
      return value
  }
}

function bindObject(value: object | null): unknown {
  if (value === null || value instanceof Uint8Array) return value
  if (value instanceof Date) {
    const [date, time = ''] = value.toISOString().split('T')
    return `${date} ${time.slice(0, -1).padEnd(15, '0')}`
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return JSON.stringify(value)
}
