import { expect, it } from 'vitest'
import { formatConnectionString, ibmDbDriver } from '../../../src/dialects/db2/drivers/ibm-db.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { DriverMissingError, UrlError } from '../../../src/errors/driver-error.ts'

const keywords = (url: string): string => formatConnectionString(makeUrl(url))

it('makes a connection string of a URL', () => {
  expect(keywords('db2+ibm_db://u:p%3Bw@h/SAMPLE?Security=SSL')).toBe(
    'DATABASE=SAMPLE;HOSTNAME=h;PORT=50000;PROTOCOL=TCPIP;UID=u;PWD="p;w";CONNECTTIMEOUT=10;Security=SSL;',
  )
  expect(keywords('db2:///SAMPLE?connect_timeout=3')).toBe('DATABASE=SAMPLE;CONNECTTIMEOUT=3;')
})

it('refuses parameters that it does not know', () => {
  expect(() => keywords('db2://h/d?nope=1')).toThrow(UrlError)
})

it('says how the package is installed where it is missing', async () => {
  const connecting = ibmDbDriver.connect(makeUrl('db2://h/d'))
  await expect(connecting).rejects.toThrow(DriverMissingError)
  await expect(connecting).rejects.toThrow("driver 'ibm_db' is")
})

it("takes nothing but the package's own connections", async () => {
  expect(await ibmDbDriver.adopt({ query() {}, close() {} })).toBeUndefined()
})
