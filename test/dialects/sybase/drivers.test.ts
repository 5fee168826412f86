import { expect, it } from 'vitest'
import { sybaseOdbc, sybaseOdbcDriver } from '../../../src/dialects/sybase/drivers/odbc.ts'
import { formatConnectionString } from '../../../src/engine/odbc.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { DriverMissingError, UrlError } from '../../../src/errors/driver-error.ts'

const keywords = (url: string): string => formatConnectionString(makeUrl(url), sybaseOdbc)

it('makes a connection string of a URL', () => {
  expect(keywords('sybase+pyodbc://u:pw@h/shop')).toBe(
    'Driver=FreeTDS;Server=h;Port=5000;TDS_Version=5.0;ClientCharset=UTF-8;Database=shop;UID=u;PWD=pw',
  )
  expect(keywords('sybase://u:pw@h:5001/shop?driver=Adaptive+Server+Enterprise')).toBe(
    'Driver={Adaptive Server Enterprise};Server=h;Port=5001;Database=shop;UID=u;PWD=pw',
  )
})

it('refuses parameters that it does not know', () => {
  expect(() => keywords('sybase://h/d?nope=1')).toThrow(UrlError)
})

it('says how the package is installed where it is missing', async () => {
  const connecting = sybaseOdbcDriver.connect(makeUrl('sybase://h/d'))
  await expect(connecting).rejects.toThrow(DriverMissingError)
  await expect(connecting).rejects.toThrow("driver 'odbc' is")
})
