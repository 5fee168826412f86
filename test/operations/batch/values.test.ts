import { describe, expect, it, vi } from 'vitest'
import * as sa from '../../../src/sa.ts'
import type { TypeEngine } from '../../../src/sql/types/type-engine.ts'
import { openBatchDatabase } from './batch-database.ts'

const VALUES = [
  "'20240229'",
  "'007'",
  "'1e5'",
  "'2024-02-29 10:00'",
  "'true'",
  "'  12 '",
  "''",
  "'2.50'",
  "'-0.5'",
  "'9007199254740993'",
  "'-9223372036854775808'",
  "'9223372036854775808'",
  "'12345678901234567890'",
  "'0.1234567890123456789'",
  "'100000000000000000000'",
  '3',
  '-2.5',
  '9007199254740993',
  '1e300',
  '0.30000000000000004',
  "x'3132'",
  "x'c3a9'",
  'NULL',
]

const TYPES: readonly TypeEngine[] = [
  sa.DateTime(),
  sa.Date(),
  sa.JSON(),
  sa.BigInteger(),
  sa.Numeric(30, 10),
  sa.Float(),
  sa.Boolean(),
  sa.String(50),
  sa.LargeBinary(),
]

/** A value as SQL writes it, and its bytes. */
interface Read {
  readonly sql: string
  readonly hex: string
}

/** What a number is worth: a whole one to its last digit, another one as its shortest text. */
function worth(sql: string): string {
  const text = unquoted(sql).trim()
  if (!/^-?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(text)) return text
  if (/^-?\d+$/.test(text)) return String(BigInt(text))
  const number = Number(text)
  return Number.isInteger(number) ? String(BigInt(number)) : exactFraction(text)
}

/** A text of up to 15 digits is what it says; one with more is not what a REAL holds. */
function exactFraction(text: string): string {
  const digits = text.replace(/e.*/i, '').replaceAll(/\D/g, '').replace(/^0+/, '')
  return digits.length > 17 ? text : String(Number(text))
}

/** Whether a value is still what it was, where its type was changed to `type`. */
function isSame(before: Read, after: Read, { affinity }: TypeEngine): boolean {
  // Bytes that become text, and text that becomes bytes.
  if (before.sql.startsWith('X') || after.sql.startsWith('X')) {
    if (before.hex === after.hex) return true
    return worth(Buffer.from(before.hex, 'hex').toString()) === worth(after.sql)
  }
  // A number keeps its worth; text that only looks like one keeps its characters, too, and a date is no number.
  if (before.sql.startsWith("'") && !after.sql.startsWith("'")) {
    if (affinity === 'Json') return unquoted(before.sql) === after.sql
    if (!['Integer', 'Numeric', 'Boolean'].includes(affinity)) return false
  }
  return before.sql === after.sql || worth(before.sql) === worth(after.sql)
}

function unquoted(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1) : text
}

describe.each(['TEXT', 'BLOB', 'REAL', 'NUMERIC', 'INTEGER'])('a column %s', (from) => {
  it.each(TYPES.map((type) => [type.typeName, type] as const))(
    'becomes %s with the same values, or not at all',
    async (_, type) => {
      const outcomes = { changed: 0, refused: 0 }
      for (const value of VALUES) {
        const database = await openBatchDatabase(
          `CREATE TABLE t (id INTEGER PRIMARY KEY, v ${from})`,
          `INSERT INTO t VALUES (1, ${value})`,
        )
        const read = async (): Promise<Read> => {
          const [row] = await database.rows(
            'SELECT quote(v) AS q, hex(CAST(v AS BLOB)) AS h FROM t',
          )
          return { sql: String(row?.['q']), hex: String(row?.['h']) }
        }
        const before = await read()
        const schema = await database.schemaOf('t')
        try {
          await database.op.batchAlterTable('t', { recreate: 'always' }, (batchOp) => {
            void batchOp.alterColumn('v', { type })
          })
          outcomes.changed += 1
        } catch (error) {
          expect(String(error)).toMatch(/^OperationError: Column 'v' of table 't' can't become /)
          expect(await database.schemaOf('t')).toEqual(schema)
          expect(await read()).toEqual(before)
          outcomes.refused += 1
          continue
        }
        const after = await read()
        expect(isSame(before, after, type), `${value}: ${before.sql} became ${after.sql}`).toBe(
          true,
        )
      }
      // Neither everything nor nothing is refused.
      expect(outcomes.changed).toBeGreaterThan(2)
    },
  )
})

it('identifiers with nineteen digits go from text to numbers and back', async () => {
  const database = await openBatchDatabase(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)',
    "INSERT INTO t VALUES (1, '1234567890123456789'), (2, '-9223372036854775808')",
  )
  const rows = await database.rows('SELECT v FROM t')
  for (const type of [sa.BigInteger(), sa.Text(), sa.Numeric(20, 0), sa.String(20)]) {
    await database.op.batchAlterTable('t', (batchOp) => {
      void batchOp.alterColumn('v', { type })
    })
    const [first] = await database.rows('SELECT CAST(v AS TEXT) AS v FROM t')
    expect(first).toEqual(rows[0])
  }
})

describe('a table that copyFrom describes otherwise than it is', () => {
  const described = (...more: readonly Parameters<typeof sa.Table>[2][]): sa.Table =>
    sa.Table(
      't',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('v', sa.DateTime()),
      ...more,
    )

  it('keeps the text of its values, or stays as it is', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)',
      "INSERT INTO t VALUES (1, '2024-02-29 10:00'), (2, '20240229')",
    )
    const batch = async (): Promise<void> => {
      await database.op.batchAlterTable(
        't',
        { copyFrom: described(), recreate: 'always' },
        () => undefined,
      )
    }
    await expect(batch()).rejects.toThrow(
      "Column 'v' of table 't' can't become DATETIME: 1 rows hold text that SQLite would turn into a number, '20240229' for example. Change them first, with op.execute()",
    )
    await database.run("UPDATE t SET v = '2024-02-29' WHERE id = 2")
    await batch()
    expect(await database.rows('SELECT v FROM t')).toEqual([
      { v: '2024-02-29 10:00' },
      { v: '2024-02-29' },
    ])
  })

  it('says which columns and indexes are gone', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, v DATETIME, w TEXT)',
      'CREATE INDEX ix_v ON t (v)',
    )
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    await database.op.batchAlterTable(
      't',
      { copyFrom: described(), recreate: 'always' },
      () => undefined,
    )
    expect(warned.mock.calls.map(([message]) => String(message))).toEqual([
      "copyFrom leaves out parts of table 't', which are gone with the old table: column 'w', index 'ix_v'",
    ])
    warned.mockRestore()
  })
})
