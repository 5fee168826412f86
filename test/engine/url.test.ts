import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DatabaseUrl, makeUrl } from '../../src/engine/url.ts'

describe('makeUrl', () => {
  it.each([
    [
      'postgresql+psycopg2://u:p%40w@h:5432/db?sslmode=require',
      ['postgresql+psycopg2', 'u', 'p@w', 'h', 5432, 'db', { sslmode: 'require' }],
    ],
    [
      'mysql+pymysql://u:p@h/db?charset=utf8mb4',
      ['mysql+pymysql', 'u', 'p', 'h', undefined, 'db', { charset: 'utf8mb4' }],
    ],
    ['sqlite://', ['sqlite', undefined, undefined, undefined, undefined, undefined, {}]],
    ['sqlite:///rel.db', ['sqlite', undefined, undefined, undefined, undefined, 'rel.db', {}]],
    ['sqlite:////a/x.db', ['sqlite', undefined, undefined, undefined, undefined, '/a/x.db', {}]],
    [
      'sqlite:///C:\\path\\x.db',
      ['sqlite', undefined, undefined, undefined, undefined, 'C:\\path\\x.db', {}],
    ],
    [
      'postgresql://u@/db?host=/var/run/postgresql',
      ['postgresql', 'u', undefined, undefined, undefined, 'db', { host: '/var/run/postgresql' }],
    ],
    [
      'postgresql://u:@[2001:db8::1]:5433/d%20b?host=a&host=b&x=&opt=a+b%26c%3Dd',
      ['postgresql', 'u', '', '2001:db8::1', 5433, 'd b', { host: ['a', 'b'], opt: 'a b&c=d' }],
    ],
    [
      'mssql+pyodbc://u:p@h:1433/db?driver=ODBC+Driver+18+for+SQL+Server',
      ['mssql+pyodbc', 'u', 'p', 'h', 1433, 'db', { driver: 'ODBC Driver 18 for SQL Server' }],
    ],
    [
      'oracle+oracledb://u:p@h:1521/?service_name=x',
      ['oracle+oracledb', 'u', 'p', 'h', 1521, '', { service_name: 'x' }],
    ],
    [
      'sqlite+better-sqlite3://',
      ['sqlite+better-sqlite3', undefined, undefined, undefined, undefined, undefined, {}],
    ],
  ])('%s', (text, parts) => {
    const { drivername, username, password, host, port, database, query } = makeUrl(text)
    expect([drivername, username, password, host, port, database, query]).toEqual(parts)
  })

  it('keeps the driver name of Python', () => {
    const url = makeUrl('postgresql+asyncpg://h/d')
    expect([url.getBackendName(), url.getDriverName()]).toEqual(['postgresql', 'asyncpg'])
    expect(makeUrl('postgresql://h/d').getDriverName()).toBeUndefined()
    expect(makeUrl(url)).toBe(url)
  })

  it.each([
    [
      '',
      'The database URL is empty; it is written dialect[+driver]://user:password@host:port/database',
    ],
    [
      'driver s3cret',
      "Can't read the database URL; it is written dialect[+driver]://user:password@host:port/database, with special characters percent-encoded",
    ],
    [
      'postgresql://h:s3cret/db',
      "The database URL's port isn't a number; in a user name ':' is written %3A and '/' %2F",
    ],
    [
      'postgresql://u:s3@cret@h/db',
      "The database URL has more than one '@'; in a user name or password it is written %40",
    ],
    [
      'postgresql://h:99999/db',
      'The port of a database URL must be a number up to 65535, not 99999',
    ],
  ])('refuses %s without showing it', (text, message) => {
    expect(() => makeUrl(text)).toThrow(expect.objectContaining({ code: 'URL_INVALID', message }))
  })
})

describe('rendering', () => {
  const text = 'postgresql+psycopg2://u%3A:p%40w%2F@h:5432/db?b=2&a=1&a=x+y'

  it('hides the password everywhere but where it is asked for', () => {
    const url = makeUrl(text)
    const hidden = 'postgresql+psycopg2://u%3A:***@h:5432/db?a=1&a=x+y&b=2'
    expect(String(url)).toBe(hidden)
    expect(JSON.stringify({ url })).toBe(JSON.stringify({ url: hidden }))
    expect(inspect({ url }, { depth: 9, showHidden: true })).toBe(`{ url: ${hidden} }`)
    expect(Object.values(url)).not.toContain('p@w/')
    expect(url.renderAsString({ hidePassword: false })).toBe(
      'postgresql+psycopg2://u%3A:p%40w%2F@h:5432/db?a=1&a=x+y&b=2',
    )
  })

  it('hides secrets among the parameters', () => {
    expect(String(makeUrl('libsql://h?authToken=abc&sslpassword=x&sslmode=require'))).toBe(
      'libsql://h?authToken=***&sslmode=require&sslpassword=***',
    )
  })

  it('brackets an IPv6 host and keeps a slash in a database', () => {
    const url = DatabaseUrl.create({ drivername: 'd', host: '::1', port: 1, database: '/a b/c?' })
    expect(String(url)).toBe('d://[::1]:1//a b/c%3F')
  })

  it('is read back as it was', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    const parts = fc.record({
      drivername: fc.constantFrom('postgresql', 'mysql+pymysql'),
      username: text,
      password: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
      host: fc.constantFrom('h', 'db.example.com', '::1'),
      port: fc.option(fc.nat(65_535), { nil: undefined }),
      database: text.map((name) => `${name}.`),
      query: fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        fc.oneof(text, fc.array(text, { minLength: 2 })),
      ),
    })
    fc.assert(
      fc.property(parts, (given) => {
        const url = DatabaseUrl.create(given)
        const back = makeUrl(url.renderAsString({ hidePassword: false }))
        expect(Object.entries(back)).toEqual(Object.entries(url))
        expect(back.password).toBe(url.password)
      }),
    )
  })
})

describe('copies', () => {
  const url = makeUrl('postgresql://u:p@h:1/db?a=1')

  it('with other parts', () => {
    expect(
      url.set({ database: 'x', port: undefined }).renderAsString({ hidePassword: false }),
    ).toBe('postgresql://u:p@h/x?a=1')
    expect(url.updateQueryDict({ b: ['2', '3'] }).normalizedQuery).toEqual({
      a: ['1'],
      b: ['2', '3'],
    })
    expect(String(url.differenceUpdateQuery(['a']))).toBe('postgresql://u:***@h:1/db')
    expect(String(url)).toBe('postgresql://u:***@h:1/db?a=1')
  })

  it('never change', () => {
    expect(Object.isFrozen(url)).toBe(true)
    expect(Object.isFrozen(url.query)).toBe(true)
  })
})
