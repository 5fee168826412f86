import { expect, it } from 'vitest'
import {
  isMariadbVersion,
  readServerSettings,
  serverVersionNumbers,
} from '../../../../src/dialects/mysql/inspect/server-settings.ts'
import { describeMariadb, openScratch } from '../live.ts'

it.each([
  ['10.11.19-MariaDB-0+deb12u1', [10, 11, 19]],
  ['5.5.5-10.6.12-MariaDB-log', [10, 6, 12]],
  ['11.4.2-MariaDB-ubu2404', [11, 4, 2]],
  ['8.0.36-0ubuntu0.22.04.1', [8, 0, 36]],
  ['8.4.0', [8, 4, 0]],
  ['5.7.44-log', [5, 7, 44]],
])('reads the version %s', (text, numbers) => {
  expect(serverVersionNumbers(text)).toEqual(numbers)
  expect(isMariadbVersion(text)).toBe(text.includes('MariaDB'))
})

describeMariadb('what a connection finds out', () => {
  it('is the kind of server, its version, its database and its sql_mode', async () => {
    const live = await openScratch('mysql')
    try {
      const { traits } = live.connection.dialect
      expect(traits.name).toBe('mysql')
      expect(traits).toMatchObject({ isMariadb: true, paramstyle: 'qmark', backslashEscapes: true })
      expect(traits.defaultSchemaName).toBe(live.name)
      await live.connection.execute("SET sql_mode = 'NO_BACKSLASH_ESCAPES'")
      const settings = await readServerSettings(live.connection.driverConnection)
      expect(settings.flags?.backslashEscapes).toBe(false)
    } finally {
      await live.dispose()
    }
  })
})
