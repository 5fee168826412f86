import { describe, expect, it, vi } from 'vitest'
import { createDialect } from '../../../../src/dialects/mysql/index.ts'
import * as mysql from '../../../../src/dialects/mysql/types/index.ts'
import * as sa from '../../../../src/sa.ts'

const dialect = createDialect()
const sql = (expression: sa.SqlExpression, of = dialect): string => of.sql.compileForDdl(expression)

describe('literals', () => {
  it('escapes backslashes, as the servers read them', () => {
    expect(sql(sa.literal(String.raw`a\b'c`))).toBe(String.raw`'a\\b''c'`)
  })

  it('leaves them alone under NO_BACKSLASH_ESCAPES', () => {
    const plain = createDialect({ flags: { backslashEscapes: false } })
    expect(sql(sa.literal(String.raw`a\b`), plain)).toBe(String.raw`'a\b'`)
  })

  it('has words for booleans, and hexadecimal bytes', () => {
    expect(sql(sa.literal(true))).toBe('true')
    expect(sql(sa.false())).toBe('false')
    expect(sql(sa.literal(new Uint8Array([0x61, 0xff])))).toBe("X'61FF'")
    expect(sql(sa.literal(Buffer.from('plain')))).toBe("'plain'")
  })
})

describe('UUIDs', () => {
  const uuid = sa.literal('12345678-1234-5678-1234-567812345678', sa.Uuid())

  it('go without dashes where they are stored as text', () => {
    expect(sql(uuid)).toBe("'12345678123456781234567812345678'")
    const native = createDialect({ flags: { supportsNativeUuid: true } })
    expect(sql(uuid, native)).toBe("'12345678-1234-5678-1234-567812345678'")
  })
})

describe('expressions', () => {
  it('writes now() as the function it is', () => {
    expect(sql(sa.func['now']?.() ?? sa.null())).toBe('now()')
    expect(sql(sa.func['current_timestamp']?.() ?? sa.null())).toBe('CURRENT_TIMESTAMP')
  })

  it('joins strings with concat()', () => {
    expect(sql(sa.binary(sa.column('a'), '||', 'x'))).toBe("concat(a, 'x')")
  })

  it.each([
    [sa.Integer(), 'CAST(a AS SIGNED INTEGER)'],
    [mysql.BIGINT({ unsigned: true }), 'CAST(a AS UNSIGNED INTEGER)'],
    [sa.String(20), 'CAST(a AS CHAR(20))'],
    [mysql.VARCHAR(20, { charset: 'utf8mb4' }), 'CAST(a AS CHAR(20) CHARACTER SET utf8mb4)'],
    [sa.Numeric(10, 2), 'CAST(a AS DECIMAL(10, 2))'],
    [sa.TIMESTAMP(), 'CAST(a AS DATETIME)'],
    [sa.Date(), 'CAST(a AS DATE)'],
    [sa.LargeBinary(), 'CAST(a AS BINARY)'],
    [sa.JSON(), 'CAST(a AS JSON)'],
  ])('casts to %s', (type, expected) => {
    expect(sql(sa.cast(sa.column('a'), type))).toBe(expected)
  })

  it('skips a cast that the servers do not have, with a warning', () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    expect(sql(sa.cast(sa.column('a'), sa.Float()))).toBe('a')
    warned.mockRestore()
    const newer = createDialect({ flags: { supportsFloatCast: true } })
    expect(sql(sa.cast(sa.column('a'), sa.Float()), newer)).toBe('CAST(a AS FLOAT)')
  })

  it('inserts a row of defaults', () => {
    expect(dialect.sql.compile(sa.insert(sa.table('t'))).sql).toBe('INSERT INTO t () VALUES ()')
  })
})
