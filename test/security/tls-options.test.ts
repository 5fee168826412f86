// What the TLS parameters of a URL come to in the options of each Node package, by the package's documented names.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { formatConnectionString } from '../../src/dialects/db2/drivers/ibm-db.ts'
import { connectOptions } from '../../src/dialects/firebird/drivers/node-firebird.ts'
import { informixOdbc } from '../../src/dialects/informix/drivers/odbc.ts'
import { tediousConfig } from '../../src/dialects/mssql/drivers/tedious-options.ts'
import { serverAddress } from '../../src/dialects/mysql/drivers/server-address.ts'
import { mariadbTls, mysql2Tls } from '../../src/dialects/mysql/drivers/tls-options.ts'
import { oracledbAddress } from '../../src/dialects/oracle/drivers/oracledb-options.ts'
import { pgOptions, type PgServer } from '../../src/dialects/postgresql/drivers/pg-options.ts'
import { databaseFile } from '../../src/dialects/sqlite/drivers/database-file.ts'
import { sybaseOdbc } from '../../src/dialects/sybase/drivers/odbc.ts'
import { makeUrl } from '../../src/engine/url.ts'

const folder = mkdtempSync(join(tmpdir(), 'alembic-tls-options-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())
const file = (name: string): string => {
  writeFileSync(join(folder, name), `text of ${name}`)
  return join(folder, name)
}
const [ca, cert, key] = ['ca', 'cert', 'key'].map(file) as [string, string, string]
const texts = { ca: 'text of ca', cert: 'text of cert', key: 'text of key' }
const anyHost = { checkServerIdentity: expect.any(Function) as unknown }

describe('pg, by the parameters of libpq (PostgreSQL 16 manual, 34.1.2)', () => {
  const tls = (query: string, host = 'h'): PgServer['tls'] =>
    pgOptions(makeUrl(`postgresql+psycopg2://u:p@${host}/d?${query}`)).servers[0]!.tls
  const checked = { host: 'h', rejectUnauthorized: true }
  const unchecked = { host: 'h', rejectUnauthorized: false }

  it.each<[query: string, attempts: PgServer['tls']]>([
    ['', [unchecked, false]],
    ['sslmode=disable', [false]],
    ['sslmode=allow', [false, unchecked]],
    ['sslmode=prefer', [unchecked, false]],
    ['sslmode=require', [unchecked]],
    ['sslmode=require&ssl=true', [unchecked]],
    ['channel_binding=require', [unchecked]],
    ['ssl=true', [unchecked]],
    ['sslmode=no-verify', [unchecked]],
    ['sslmode=verify-ca', [{ ...checked, ...anyHost }]],
    ['sslmode=verify-full', [checked]],
    ['sslrootcert=system', [checked]],
    [`sslmode=verify-full&sslrootcert=${ca}`, [{ ...checked, ca: texts.ca }]],
    [`sslmode=verify-ca&sslrootcert=${ca}`, [{ ...checked, ca: texts.ca, ...anyHost }]],
    [`sslmode=require&sslrootcert=${ca}`, [{ ...checked, ca: texts.ca, ...anyHost }]],
    [
      `sslmode=verify-full&sslcert=${cert}&sslkey=${key}&sslpassword=s3cret&sslrootcert=${ca}&sslcrl=${ca}`,
      [{ ...checked, ...texts, passphrase: 's3cret', crl: texts.ca }],
    ],
    [
      'sslmode=verify-full&ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.3',
      [{ ...checked, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }],
    ],
  ])('%s', (query, attempts) => {
    expect(tls(query)).toEqual(attempts)
  })

  it('from the environment, under what the URL says', () => {
    vi.stubEnv('PGSSLMODE', 'verify-full')
    vi.stubEnv('PGSSLROOTCERT', ca)
    vi.stubEnv('PGSSLCERT', cert)
    vi.stubEnv('PGSSLKEY', key)
    expect(tls('')).toEqual([{ ...checked, ...texts }])
    expect(tls('sslmode=disable')).toEqual([false])
    expect(tls('ssl=false')).toEqual([false])
  })

  it('none on a Unix socket', () => {
    expect(tls('host=/run/postgresql&sslmode=prefer', '')).toEqual([false])
  })

  it.each([
    ['sslmode=maybe', /'sslmode' .* must be disable, allow, prefer/],
    ['sslmode=disable&ssl=true', /'disable' and 'true'/],
    ['sslmode=verify-full&ssl=false', /'verify-full' and 'false'/],
    ['sslmode=disable&channel_binding=require', /takes TLS, which is off/],
    ['sslmode=require&sslrootcert=system', /sslmode must be verify-full, not 'require'/],
    ['sslrootcert=/no/such/file', /Can't read the file '\/no\/such\/file'/],
    ['sslnegotiation=direct', /doesn't know the parameter 'sslnegotiation'/],
    ['sslmod=verify-full', /doesn't know the parameter 'sslmod'/],
  ])('%s is refused', (query, message) => {
    expect(() => tls(query)).toThrow(message)
  })
})

describe('mysql2 and mariadb, by the parameters of mysqlclient, PyMySQL and Connector/Python', () => {
  const settings = (query: string): ReturnType<typeof serverAddress>['tls'] =>
    serverAddress(makeUrl(`mysql+pymysql://u:p@h/d?${query}`), 'mysql2').tls
  const [no, authority, full] = [
    { rejectUnauthorized: false, verifyIdentity: false },
    { rejectUnauthorized: true, verifyIdentity: false },
    { rejectUnauthorized: true, verifyIdentity: true },
  ]

  it.each<[query: string, mysql2: Readonly<Record<string, unknown>>]>([
    ['ssl=true', no],
    ['ssl_mode=REQUIRED', no],
    ['ssl_mode=VERIFY_CA', authority],
    ['ssl_verify_cert=true', authority],
    ['ssl_mode=VERIFY_IDENTITY', full],
    ['ssl_verify_identity=true', full],
    ['ssl_check_hostname=true', full],
    [`ssl_ca=${ca}`, { ca: texts.ca, ...full }],
    [`ssl_ca=${ca}&ssl_check_hostname=false`, { ca: texts.ca, ...authority }],
    [`ssl_ca=${ca}&ssl_mode=VERIFY_CA`, { ca: texts.ca, ...authority }],
    [`ssl_ca=${ca}&ssl_verify_cert=false`, { ca: texts.ca, ...no }],
    [`ssl_cert=${cert}&ssl_key=${key}`, { cert: texts.cert, key: texts.key, ...no }],
    [
      `ssl_mode=VERIFY_IDENTITY&ssl_ca=${ca}&ssl_cert=${cert}&ssl_key=${key}&ssl_key_password=s3cret&ssl_cipher=AES256`,
      { ...texts, passphrase: 's3cret', ciphers: 'AES256', ...full },
    ],
  ])('%s', (query, expected) => {
    const { verifyIdentity, ...shared } = expected
    expect(mysql2Tls(settings(query)!, 'h')).toEqual(expected)
    const identity = verifyIdentity === true ? { host: 'h' } : anyHost
    expect(mariadbTls(settings(query)!, 'h')).toEqual({ ...shared, ...identity })
  })

  it.each([
    '',
    'ssl_disabled=true',
    'ssl_mode=DISABLED',
    'ssl=false',
    `ssl_disabled=1&ssl_ca=${ca}`,
  ])('none with %s', (query) => {
    expect(settings(query)).toBeUndefined()
  })

  it.each([
    ['ssl_mode=PREFERRED', /must be DISABLED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY/],
    ['ssl_mode=VERIFY_CA&ssl_disabled=true', /say TLS off and on/],
    ['ssl=true&ssl_mode=DISABLED', /say TLS off and on/],
    ['ssl_verify_identity=true&ssl_disabled=true', /say TLS off and on/],
    ['ssl_mode=VERIFY_CA&ssl_verify_cert=false', /certificate is checked and is not/],
    ['ssl_verify_identity=true&ssl_verify_cert=false', /certificate is checked and is not/],
    ['ssl_mode=VERIFY_IDENTITY&ssl_check_hostname=false', /name is checked and is not/],
    ['ssl_capath=/etc/ssl', /doesn't know the parameter 'ssl_capath'/],
    ['ssl_ca=/no/such/file', /Can't read the file '\/no\/such\/file'/],
  ])('%s is refused', (query, message) => {
    expect(() => settings(query)).toThrow(message)
  })

  it('mysql2 refuses to check the certificate of an address, which it would not', () => {
    for (const host of ['10.0.0.1', '::1'])
      expect(() => mysql2Tls(settings('ssl_mode=VERIFY_IDENTITY')!, host)).toThrow(
        `can't check a certificate against the address ${host}`,
      )
  })
})

describe("tedious, by ODBC's keywords", () => {
  const options = (query: string): Readonly<Record<string, unknown>> =>
    tediousConfig(makeUrl(`mssql+pyodbc://u:p@h/d?${query}`)).options

  it.each([
    ['', { encrypt: true, trustServerCertificate: false }],
    ['Encrypt=yes', { encrypt: true, trustServerCertificate: false }],
    ['Encrypt=strict', { encrypt: 'strict', trustServerCertificate: false }],
    ['Encrypt=no', { encrypt: false, trustServerCertificate: false }],
    ['TrustServerCertificate=yes', { encrypt: true, trustServerCertificate: true }],
    ['HostNameInCertificate=db.example', { encrypt: true, serverName: 'db.example' }],
  ])('%s', (query, expected) => {
    expect(options(query)).toMatchObject(expected)
  })

  it('a word that is none is refused', () => {
    expect(() => options('Encrypt=perhaps')).toThrow(/'Encrypt' .* must be yes, no or strict/)
    expect(() => options('TrustServerCertificate=perhaps')).toThrow(/must be true or false/)
  })
})

describe("oracledb, by python-oracledb's parameters", () => {
  const config = (query: string): Readonly<Record<string, unknown>> =>
    oracledbAddress(makeUrl(`oracle+oracledb://u:p@h:2484/?${query}`)).config

  it('TCPS, to a service and to a SID', () => {
    expect(config('service_name=shop&protocol=tcps')).toMatchObject({
      connectString: 'tcps://h:2484/shop',
    })
    expect(config('sid=XE&protocol=TCPS')).toMatchObject({
      connectString:
        '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=h)(PORT=2484))(CONNECT_DATA=(SID=XE)))',
    })
    expect(config('service_name=shop')).toMatchObject({ connectString: 'h:2484/shop' })
  })

  it('wallet and server certificate', () => {
    expect(
      config(
        'service_name=shop&protocol=tcps&wallet_location=/w&wallet_password=s3cret&ssl_server_dn_match=true&ssl_server_cert_dn=CN%3Ddb',
      ),
    ).toMatchObject({
      walletLocation: '/w',
      walletPassword: 's3cret',
      sslServerDNMatch: true,
      sslServerCertDN: 'CN=db',
    })
  })

  it('is refused where it would be lost', () => {
    expect(() => config('protocol=tcps')).toThrow(/takes a service or a SID/)
    expect(() => config('service_name=shop&protocol=ssl')).toThrow(/must be tcp or tcps/)
  })
})

it('ibm_db: keywords of the CLI', () => {
  const url = makeUrl('db2://u:p@h:50001/SAMPLE?Security=SSL&SSLServerCertificate=/etc/ca.arm')
  expect(formatConnectionString(url)).toBe(
    'DATABASE=SAMPLE;HOSTNAME=h;PORT=50001;PROTOCOL=TCPIP;UID=u;PWD=p;CONNECTTIMEOUT=10;Security=SSL;SSLServerCertificate=/etc/ca.arm;',
  )
})

it('odbc: Informix by its protocol; a data source says the rest', () => {
  const informix = makeUrl('informix://u:p@h:9089/stores?server=ol&protocol=onsocssl')
  expect(informixOdbc.connectionKeywords(informix)).toMatchObject({ Protocol: 'onsocssl' })
  expect(sybaseOdbc.connectionKeywords(makeUrl('sybase://u:p@/shop?dsn=shop_tls'))).toEqual({
    DSN: 'shop_tls',
    Database: 'shop',
    UID: 'u',
    PWD: 'p',
  })
  expect(() => sybaseOdbc.connectionKeywords(makeUrl('sybase://h/shop?Encrypt=yes'))).toThrow(
    /doesn't know the parameter 'Encrypt'/,
  )
})

it('what has no TLS refuses to be asked for it', () => {
  expect(() => connectOptions(makeUrl('firebird://h/shop?ssl=true'))).toThrow(/'ssl'/)
  expect(() => databaseFile(makeUrl('sqlite:///a.db?sslmode=require'), 'libsql')).toThrow(
    /'sslmode'/,
  )
})
