// Servers with certificates of an authority of the test's own: what each option of a URL lets in, and what it refuses.
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mariadbDriver } from '../../src/dialects/mysql/drivers/mariadb.ts'
import { mysql2Driver } from '../../src/dialects/mysql/drivers/mysql2.ts'
import { pgDriver } from '../../src/dialects/postgresql/drivers/pg.ts'
import type { Driver, DriverConnection } from '../../src/engine/driver.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { KEY_PASSWORD, makeCertificates, type Certificates } from './certificates.ts'
import { describePrivate } from './private-server.ts'
import { startTlsMariadb, startTlsPostgresql, type TlsServer } from './tls-servers.ts'

let certificates: Certificates
async function using<T>(
  driver: Driver,
  url: string,
  ask: (connection: DriverConnection) => Promise<T>,
): Promise<T> {
  const connection = await driver.connect(makeUrl(url))
  try {
    return await ask(connection)
  } finally {
    await connection.close()
  }
}

describePrivate('postgresql', 'TLS', () => {
  let server: TlsServer
  beforeAll(async () => {
    certificates = await makeCertificates()
    server = (await startTlsPostgresql(certificates))!
    await using(pgDriver, at('localhost', 'sslmode=require'), async (connection) => {
      await connection.execute('CREATE ROLE certified LOGIN')
      await connection.execute("CREATE ROLE locked LOGIN PASSWORD 's3cret'")
    })
  })
  afterAll(async () => {
    await server.stop()
    await certificates.dispose()
  })

  const at = (host: string, query: string, user = 'postgres'): string =>
    `postgresql://${user}@${host}:${server.port}/postgres?${query}`
  const encrypted = (url: string): Promise<unknown> =>
    using(pgDriver, url, async (connection) => {
      const { rows } = await connection.execute(
        'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
      )
      return rows[0]
    })
  const trusted = (): string => `sslrootcert=${certificates.path('ca.crt')}`
  const present = async (name: string): Promise<void> => {
    await server.present(name)
    await using(pgDriver, at('localhost', 'sslmode=require'), (connection) =>
      connection.execute('SELECT pg_reload_conf()'),
    )
    // The postmaster reads the files a moment later.
    await new Promise((resolve) => setTimeout(resolve, 500))
  }

  it.each(['prefer', 'require', 'allow'])('sslmode=%s encrypts', async (mode) => {
    expect(await encrypted(at('127.0.0.1', `sslmode=${mode}`))).toMatchObject({ ssl: true })
  })

  it('disable speaks without TLS, which this server refuses', async () => {
    await expect(encrypted(at('localhost', 'sslmode=disable'))).rejects.toThrow(/no encryption/)
  })

  it.each(['localhost', '127.0.0.1'])(
    'verify-full takes the right certificate: %s',
    async (host) => {
      expect(await encrypted(at(host, `sslmode=verify-full&${trusted()}`))).toMatchObject({
        ssl: true,
      })
    },
  )

  it.each(['verify-full', 'verify-ca', 'require'])(
    '%s refuses the certificate of another authority',
    async (mode) => {
      const query = `sslmode=${mode}&sslrootcert=${certificates.path('other-ca.crt')}`
      await expect(encrypted(at('localhost', query))).rejects.toThrow(
        /unable to verify|self.signed/,
      )
    },
  )

  it('verify-full refuses what no authority of the system signed', async () => {
    for (const query of ['sslmode=verify-full', 'sslrootcert=system']) {
      await expect(encrypted(at('localhost', query))).rejects.toThrow(
        /unable to verify|self.signed|unable to get/,
      )
    }
  })

  it('verify-full refuses a certificate for another host, verify-ca takes it', async () => {
    await present('foreign')
    for (const host of ['localhost', '127.0.0.1']) {
      await expect(encrypted(at(host, `sslmode=verify-full&${trusted()}`))).rejects.toThrow(
        /does not match certificate/,
      )
      expect(await encrypted(at(host, `sslmode=verify-ca&${trusted()}`))).toMatchObject({
        ssl: true,
      })
    }
  })

  it('verify-full of an address is not content with a certificate for localhost', async () => {
    await present('local')
    expect(await encrypted(at('localhost', `sslmode=verify-full&${trusted()}`))).toMatchObject({
      ssl: true,
    })
    await expect(encrypted(at('127.0.0.1', `sslmode=verify-full&${trusted()}`))).rejects.toThrow(
      /does not match certificate/,
    )
    await present('named')
  })

  it('sslcert and sslkey let a client in, with the password of the key', async () => {
    const own = `sslmode=verify-full&${trusted()}&sslcert=${certificates.path('client.crt')}`
    const key = `sslkey=${certificates.path('client.key')}`
    expect(await encrypted(at('localhost', `${own}&${key}`, 'certified'))).toMatchObject({
      ssl: true,
    })
    const locked = `sslkey=${certificates.path('client-locked.key')}&sslpassword=${KEY_PASSWORD}`
    expect(await encrypted(at('localhost', `${own}&${locked}`, 'certified'))).toMatchObject({
      ssl: true,
    })
    await expect(
      encrypted(at('localhost', `sslmode=verify-full&${trusted()}`, 'certified')),
    ).rejects.toThrow(/certificate/)
  })

  it('ssl_max_protocol_version holds', async () => {
    const query = 'sslmode=require&ssl_max_protocol_version=TLSv1.2'
    expect(await encrypted(at('localhost', query))).toEqual({ ssl: true, version: 'TLSv1.2' })
  })

  it('a wrong password is not told, neither here nor by the cause', async () => {
    const wrong = encrypted(at('localhost', 'sslmode=require', 'locked:n0t-the-0ne'))
    const error: unknown = await wrong.catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      message: expect.stringMatching(/password authentication failed/) as unknown,
    })
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('n0t-the-0ne')
  })
})

describePrivate('mariadb', 'TLS', () => {
  let server: TlsServer
  beforeAll(async () => {
    certificates = await makeCertificates()
    server = (await startTlsMariadb(certificates))!
  })
  afterAll(async () => {
    await server.stop()
    await certificates.dispose()
  })

  const at = (host: string, query: string): string =>
    `mariadb://root@${host}:${server.port}/mysql?${query}`
  const cipher = (driver: Driver, url: string): Promise<string> =>
    using(driver, url, async (connection) => {
      const { rows } = await connection.execute("SHOW STATUS LIKE 'Ssl_cipher'")
      return String(rows[0]?.['Value'])
    })
  const trusted = (): string => `ssl_ca=${certificates.path('ca.crt')}`
  const present = async (name: string): Promise<void> => {
    await server.present(name)
    await using(mariadbDriver, at('127.0.0.1', ''), (connection) => connection.execute('FLUSH SSL'))
  }
  const NOT_VERIFIED = /unable to verify|self.signed|unable to get/
  const OTHER_HOST = /does not match certificate/

  describe.each([
    ['mysql2', mysql2Driver],
    ['mariadb', mariadbDriver],
  ])('through %s', (name, driver) => {
    it('nothing asks for TLS unless the URL does', async () => {
      expect(await cipher(driver, at('localhost', ''))).toBe('')
      expect(await cipher(driver, at('localhost', 'ssl_disabled=true'))).toBe('')
      expect(await cipher(driver, at('localhost', 'ssl_mode=DISABLED'))).toBe('')
    })

    it.each(['ssl=true', 'ssl_mode=REQUIRED'])('%s encrypts', async (query) => {
      expect(await cipher(driver, at('localhost', query))).toMatch(/AES|CHACHA/)
    })

    it.each(['ssl_mode=VERIFY_IDENTITY&', 'ssl_verify_identity=true&', ''])(
      '%sssl_ca takes the right certificate, and no other',
      async (asked) => {
        expect(await cipher(driver, at('localhost', asked + trusted()))).toMatch(/AES|CHACHA/)
        const other = `${asked}ssl_ca=${certificates.path('other-ca.crt')}`
        await expect(cipher(driver, at('localhost', other))).rejects.toThrow(NOT_VERIFIED)
        await present('foreign')
        await expect(cipher(driver, at('localhost', asked + trusted()))).rejects.toThrow(OTHER_HOST)
        await present('named')
      },
    )

    it('ssl_mode=VERIFY_CA looks at the authority only', async () => {
      await present('foreign')
      const query = `ssl_mode=VERIFY_CA&${trusted()}`
      expect(await cipher(driver, at('localhost', query))).toMatch(/AES|CHACHA/)
      expect(await cipher(driver, at('127.0.0.1', query))).toMatch(/AES|CHACHA/)
      const off = `ssl_check_hostname=false&${trusted()}`
      expect(await cipher(driver, at('localhost', off))).toMatch(/AES|CHACHA/)
      const other = `ssl_mode=VERIFY_CA&ssl_ca=${certificates.path('other-ca.crt')}`
      await expect(cipher(driver, at('localhost', other))).rejects.toThrow(NOT_VERIFIED)
      await present('named')
    })

    it('a certificate for localhost is not enough for an address', async () => {
      const query = `ssl_mode=VERIFY_IDENTITY&${trusted()}`
      if (name === 'mysql2') {
        await expect(cipher(driver, at('127.0.0.1', query))).rejects.toThrow(
          "can't check a certificate against the address 127.0.0.1",
        )
        return
      }
      expect(await cipher(driver, at('127.0.0.1', query))).toMatch(/AES|CHACHA/)
      await present('local')
      await expect(cipher(driver, at('127.0.0.1', query))).rejects.toThrow(OTHER_HOST)
      await present('named')
    })
  })
})
