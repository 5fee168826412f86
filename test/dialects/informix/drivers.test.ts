import { expect, it } from 'vitest'
import { informixOdbc, informixOdbcDriver } from '../../../src/dialects/informix/drivers/odbc.ts'
import { formatConnectionString } from '../../../src/engine/odbc.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { DriverMissingError, UrlError } from '../../../src/errors/driver-error.ts'

const keywords = (url: string): string => formatConnectionString(makeUrl(url), informixOdbc)

it('makes a connection string of a URL', () => {
  expect(keywords('informix+ifxpy://u:p%3B%7Dw@h:1526/stores?server=ol_informix')).toBe(
    'Driver={IBM INFORMIX ODBC DRIVER};Host=h;Service=1526;Protocol=onsoctcp;Server=ol_informix;Database=stores;UID=u;PWD={p;}}w};CLIENT_LOCALE=en_US.utf8;DELIMIDENT=Y',
  )
  expect(keywords('informix:///stores?dsn=shop')).toBe(
    'DSN=shop;Database=stores;CLIENT_LOCALE=en_US.utf8;DELIMIDENT=Y',
  )
  expect(keywords('informix://?odbc_connect=DSN%3Dmine')).toBe('DSN=mine')
})

it('refuses parameters that it does not know', () => {
  expect(() => keywords('informix://h/d?nope=1')).toThrow(UrlError)
})

it('says how the package is installed where it is missing', async () => {
  const connecting = informixOdbcDriver.connect(makeUrl('informix://h/d'))
  await expect(connecting).rejects.toThrow(DriverMissingError)
  await expect(connecting).rejects.toThrow("driver 'odbc' is")
})
