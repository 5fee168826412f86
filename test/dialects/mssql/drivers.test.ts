import { Connection } from 'tedious'
import { describe, expect, it } from 'vitest'
import { tediousConfig } from '../../../src/dialects/mssql/drivers/tedious-options.ts'
import { tediousDriver } from '../../../src/dialects/mssql/drivers/tedious.ts'
import { bindValue, exactValue } from '../../../src/dialects/mssql/drivers/values.ts'
import { insertChunks } from '../../../src/engine/multi-row-insert.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { UrlError } from '../../../src/errors/driver-error.ts'

const config = (query = ''): ReturnType<typeof tediousConfig> =>
  tediousConfig(makeUrl(`mssql+pyodbc://u:p%40w@h:1444/db${query}`))

describe('a URL', () => {
  it('says where the server is and who comes', () => {
    expect(config()).toEqual({
      server: 'h',
      authentication: { type: 'default', options: { userName: 'u', password: 'p@w' } },
      options: {
        port: 1444,
        database: 'db',
        encrypt: true,
        trustServerCertificate: false,
        connectTimeout: 15_000,
        requestTimeout: 0,
      },
    })
  })

  it("takes ODBC's parameters", () => {
    const { options } = config(
      '?driver=ODBC+Driver+18+for+SQL+Server&TrustServerCertificate=yes&Encrypt=strict&login_timeout=3',
    )
    expect(options).toMatchObject({
      encrypt: 'strict',
      trustServerCertificate: true,
      connectTimeout: 3000,
    })
    expect(config('?domain=CORP').authentication).toEqual({
      type: 'ntlm',
      options: { userName: 'u', password: 'p@w', domain: 'CORP' },
    })
    expect(config('?instance=SQLEXPRESS').options).not.toHaveProperty('port')
  })

  it('with what nobody knows is refused', () => {
    expect(() => config('?Encrypt=maybe')).toThrow(UrlError)
    expect(() => config('?nope=1')).toThrow(/doesn't know the parameter 'nope'/)
    expect(() => config('?Trusted_Connection=yes')).toThrow(/domain/)
    expect(() => config('?odbc_connect=x')).toThrow(/mssql:\/\/user/)
  })
})

it('a server that is not there is told in one line', async () => {
  await expect(tediousDriver.connect(makeUrl('mssql://u:secret@127.0.0.1:1/db'))).rejects.toThrow(
    "Can't connect to 127.0.0.1:1: connection refused (ECONNREFUSED). Check host and port, and that the server runs: nc -z 127.0.0.1 1",
  )
})

it('takes a connection of the package, and leaves it open', async () => {
  const own = new Connection({ server: '127.0.0.1', options: { port: 1 } })
  const adopted = await tediousDriver.adopt(own)
  expect(adopted?.raw).toBe(own)
  let isClosed = false
  own.on('end', () => (isClosed = true))
  await adopted?.close()
  expect(isClosed).toBe(false)
})

it('knows what is not its own', async () => {
  for (const other of [undefined, null, 'mssql://', {}, { execSql() {} }]) {
    expect(await tediousDriver.adopt(other)).toBeUndefined()
  }
})

it.each([
  [1, 'Int', 1],
  [2 ** 40, 'BigInt', 2 ** 40],
  [1.5, 'Float', 1.5],
  [10n, 'BigInt', 10n],
  [true, 'Bit', true],
  [null, 'NVarChar', null],
  [Symbol.for('alembic-ts.mssql.binary-null'), 'VarBinary', null],
  [new Date('2024-02-29T01:02:03.004Z'), 'NVarChar', '2024-02-29T01:02:03.004'],
  [{ a: 1 }, 'NVarChar', '{"a":1}'],
])('%o goes in as %s %o', (value, type, bound) => {
  expect(bindValue(value)).toEqual([type, bound])
})

describe('what comes out', () => {
  const read = (name: string, value: unknown, scale?: number): unknown =>
    exactValue({ value, metadata: { colName: 'c', type: { name }, scale } }, true)

  it('keeps its digits', () => {
    expect(read('BigInt', '9007199254740993')).toBe(9007199254740993n)
    expect(read('IntN', '7')).toBe(7)
    expect(read('DecimalN', 1.1, 2)).toBe('1.10')
    expect(read('MoneyN', 5)).toBe('5.0000')
    expect(read('NVarChar', '7')).toBe('7')
    expect(read('FloatN', 1.5)).toBe(1.5)
  })

  it('is text where it is a date', () => {
    const moment = new Date('2024-02-29T01:02:03.004Z')
    const precise = Object.assign(new Date(moment), { nanosecondsDelta: 0.0005678 })
    expect(read('Date', new Date('2024-02-29'))).toBe('2024-02-29')
    expect(read('DateTimeN', moment)).toBe('2024-02-29 01:02:03.004')
    expect(read('SmallDateTime', moment)).toBe('2024-02-29 01:02:03')
    expect(read('DateTime2', precise, 7)).toBe('2024-02-29 01:02:03.0045678')
    expect(read('Time', precise, 3)).toBe('01:02:03.004')
    expect(read('DateTimeOffset', moment, 0)).toBe('2024-02-29 01:02:03 +00:00')
  })
})

it('many rows go in one statement, under numbers of their own', () => {
  const chunks = insertChunks(
    'INSERT INTO t (a, b) VALUES (@1, @2)',
    [
      [1, 2],
      [3, 4],
    ],
    {
      maxParameters: 2098,
    },
  )
  expect([...(chunks ?? [])]).toEqual([
    { sql: 'INSERT INTO t (a, b) VALUES (@1, @2), (@3, @4)', parameters: [1, 2, 3, 4] },
  ])
})
