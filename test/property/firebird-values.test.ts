// As literals.test.ts, with the types that Firebird has.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op, sa } from '../../src/index.ts'
import { firebird } from './firebird.ts'
import { hostileText } from './hostile.ts'
import type { RawConnection } from './raw-connection.ts'
import { migrate, propertyOptions, scriptOf } from './run.ts'
import { describeServers, openScratch } from './servers.ts'

/** A type, values for it, how the server is asked for one as text, and what it then says. */
interface Kind {
  readonly name: string
  readonly type: sa.TypeEngine
  readonly values: fc.Arbitrary<unknown>
  readonly read: string
  readonly said: (value: unknown) => unknown
  /** Whether a literal was read well enough, where the server may change it. */
  readonly isNear?: (stored: unknown, said: unknown) => boolean
}

const instants = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
// isql ends lines in its own way.
const texts = hostileText.map((text) => text.replaceAll('\r', ''))
const bytes = fc.uint8Array({ maxLength: 40 })
const iso = (value: unknown): string => (value as Date).toISOString().replace('T', ' ').slice(0, -1)
const fourDigits = (value: unknown): string =>
  typeof value === 'string' ? value : `${iso(value)}0`

/** Up to the four digits that the server keeps of a second. */
const moments = fc.oneof(
  instants,
  fc.tuple(instants, fc.nat(9)).map(([date, digit]) => `${iso(date)}${digit}`),
)
const kinds: readonly Kind[] = [
  { name: 'String', type: sa.String(500), values: texts, read: 'v', said: String },
  { name: 'Text', type: sa.Text(), values: texts, read: 'v', said: String },
  {
    name: 'Integer',
    type: sa.Integer(),
    values: fc.integer(),
    read: 'CAST(v AS VARCHAR(20))',
    said: String,
  },
  {
    name: 'BigInteger',
    type: sa.BigInteger(),
    values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    read: 'CAST(v AS VARCHAR(20))',
    said: String,
  },
  {
    name: 'Numeric',
    type: sa.Numeric(18, 4),
    values: fc.bigInt({ min: -(10n ** 14n) + 1n, max: 10n ** 14n - 1n }).map((big) => `${big}.5`),
    read: 'CAST(v AS VARCHAR(30))',
    said: (value) => `${String(value)}000`,
  },
  {
    name: 'Double',
    type: sa.Double(),
    // The server takes no literal of less. Beyond 64 bits numbers travel as text, too.
    values: fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => value === 0 || (Math.abs(value) > 1e-290 && Math.abs(value) < 2 ** 63)),
    read: 'v',
    said: (value) => Number(value) + 0,
    // It is off by the last bits for some.
    isNear: (stored, said) =>
      Math.abs(Number(stored) - Number(said)) <= 1e-13 * Math.abs(Number(said)),
  },
  {
    name: 'Boolean',
    type: sa.Boolean(),
    values: fc.boolean(),
    read: 'CAST(v AS VARCHAR(5))',
    said: (value) => (value === true ? '1' : '0'),
  },
  {
    name: 'BOOLEAN',
    type: sa.BOOLEAN(),
    values: fc.boolean(),
    read: 'CAST(v AS VARCHAR(5))',
    said: (value) => String(value).toUpperCase(),
  },
  {
    name: 'Date',
    type: sa.Date(),
    values: instants,
    read: 'CAST(v AS VARCHAR(30))',
    said: (value) => iso(value).slice(0, 10),
  },
  {
    name: 'DateTime',
    type: sa.DateTime(),
    values: moments,
    read: 'CAST(v AS VARCHAR(30))',
    said: fourDigits,
  },
  {
    name: 'Time',
    type: sa.Time(),
    values: moments.map((value) => (typeof value === 'string' ? value.slice(11) : value)),
    read: 'CAST(v AS VARCHAR(30))',
    said: (value) => fourDigits(value).slice(-13),
  },
  {
    name: 'LargeBinary',
    type: sa.LargeBinary(),
    values: bytes,
    read: 'CAST(v AS VARCHAR(99) CHARACTER SET OCTETS)',
    said: (value) => Buffer.from(value as Uint8Array).toString('hex'),
  },
]

describeServers([firebird], 'values', (server) => {
  let scratch: Awaited<ReturnType<typeof openScratch>>
  let connection: Connection
  let raw: RawConnection

  beforeAll(async () => {
    scratch = await openScratch(server)
    raw = await server.connect(scratch.rawUrl)
    connection = await createEngine(scratch.url).connect()
  })
  afterAll(async () => {
    await connection.close()
    await raw.close()
    await scratch.dispose()
  })

  it.each(kinds)(
    '$name is stored as it was given, bound or written',
    async ({ name, type, values, read, said, isNear }) => {
      const tables = [`bound_${name}`, `written_${name}`].map((table) => table.toLowerCase())
      const suffix = name === 'BOOLEAN' ? '_native' : ''
      const [bound = '', written = ''] = tables.map((table) => table + suffix)
      const columns = [sa.column('id', sa.Integer()), sa.column('v', type)]
      const insert = (table: string, given: readonly unknown[]) => () =>
        op.bulkInsert(
          sa.table(table, ...columns),
          given.map((v, id) => ({ id, v })),
        )
      await migrate({ connection }, () => {
        for (const table of [bound, written]) {
          void op.createTable(table, sa.Column('id', sa.Integer()), sa.Column('v', type))
        }
      })
      const stored = async (table: string): Promise<unknown[]> => {
        const rows = await raw.query(`SELECT ${read} AS v FROM ${table} ORDER BY id`)
        return rows.map(({ v }) => (Buffer.isBuffer(v) ? v.toString('hex') : v))
      }
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.option(values), { minLength: 3, maxLength: 8 }),
          async (given) => {
            for (const table of [bound, written]) await raw.query(`DELETE FROM ${table}`)
            await migrate({ connection }, insert(bound, given))
            await raw.script(await scriptOf({ dialectName: 'firebird' }, insert(written, given)))
            const expected = given.map((value) => (value === null ? null : said(value)))
            expect(await stored(bound)).toEqual(expected)
            const literals = (await stored(written)).map((value, at) =>
              isNear?.(value, expected[at]) === true ? expected[at] : value,
            )
            expect(literals).toEqual(expected)
          },
        ),
        propertyOptions(2),
      )
    },
    60_000,
  )
})
