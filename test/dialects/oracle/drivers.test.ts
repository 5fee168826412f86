import { describe, expect, it } from 'vitest'
import { oracledbDriver } from '../../../src/dialects/oracle/drivers/oracledb.ts'
import { oracledbAddress } from '../../../src/dialects/oracle/drivers/oracledb-options.ts'
import {
  bindValue,
  exactNumber,
  momentText,
  type OracledbTypes,
} from '../../../src/dialects/oracle/drivers/values.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { UrlError } from '../../../src/errors/driver-error.ts'

const configOf = (rest: string): Readonly<Record<string, unknown>> =>
  oracledbAddress(makeUrl(`oracle+oracledb://u:p%40w@${rest}`)).config

describe('a URL', () => {
  it.each([
    ['h:1522/?service_name=shop', 'h:1522/shop'],
    ['h/XE', '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=h)(PORT=1521))(CONNECT_DATA=(SID=XE)))'],
    ['alias', 'alias'],
  ])('%s leads to %s', (rest, connectString) => {
    expect(configOf(rest)).toMatchObject({ user: 'u', password: 'p@w', connectString })
  })

  it('takes the parameters of python-oracledb', () => {
    expect(configOf('h/XE?mode=sysdba&config_dir=/etc/oracle&wallet_password=x')).toMatchObject({
      privilege: 2,
      configDir: '/etc/oracle',
      walletPassword: 'x',
    })
  })

  it('with what nobody knows is refused', () => {
    expect(() => configOf('h/XE?service_name=shop')).toThrow(UrlError)
    expect(() => configOf('h/XE?mode=king')).toThrow(/SYSDBA/)
    expect(() => configOf('h/XE?nope=1')).toThrow(/doesn't know the parameter 'nope'/)
  })
})

it('a server that is not there is told in one line', async () => {
  const url = makeUrl('oracle://u:secret@127.0.0.1:1/?service_name=shop')
  const failure = await oracledbDriver.connect(url).catch((error: unknown) => String(error))
  expect(failure).toMatch(/^ConnectionError: Can't connect to [^\n]*127\.0\.0\.1:1[^\n]*$/)
  expect(failure).not.toContain('secret')
})

it('knows what is not its own', async () => {
  for (const other of [undefined, null, 'oracle://', {}, { execute() {}, close() {} }]) {
    expect(await oracledbDriver.adopt(other)).toBeUndefined()
  }
})

it('numbers come out as they are', () => {
  expect(exactNumber('5', 0)).toBe(5)
  expect(exactNumber('9007199254740993', 0)).toBe(9007199254740993n)
  expect(exactNumber('5', 2)).toBe('5')
  expect(exactNumber('1.50', 2)).toBe('1.50')
  expect(exactNumber('.5', -127)).toBe('.5')
  expect(exactNumber(null, 0)).toBeNull()
})

it('dates come out as text of the wall clock that the server keeps', () => {
  const local = new Date(2024, 1, 29, 1, 2, 3, 4)
  expect(momentText(local, 0)).toBe('2024-02-29 01:02:03')
  expect(momentText(local, 3)).toBe('2024-02-29 01:02:03.004')
})

it('values go in without loss', () => {
  const types = { DB_TYPE_TIMESTAMP: 'timestamp' } as unknown as OracledbTypes
  const bind = (value: unknown): unknown => bindValue(value, types)
  expect([true, 10n, null, 'x', { a: 1 }].map(bind)).toEqual([1, '10', null, 'x', '{"a":1}'])
  const { val, type } = bind(new Date('2024-02-29T01:02:03Z')) as {
    readonly val: Date
    readonly type: unknown
  }
  // The package writes the local clock of a Date.
  expect([type, momentText(val, 0)]).toEqual(['timestamp', '2024-02-29 01:02:03'])
})
