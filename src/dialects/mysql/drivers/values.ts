/** A Date as text of its UTC wall clock: neither server takes a zone in a literal before MySQL 8.0.19. */
export function bindValue(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, -1)
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  return JSON.stringify(value)
}
