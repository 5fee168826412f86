import { PGlite } from '@electric-sql/pglite'
import Database from 'better-sqlite3'
import * as mysql2 from 'mysql2/promise'
import { Client, Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import { adoptConnection } from '../../src/engine/adopt-connection.ts'
import type { Driver, DriverEntry } from '../../src/engine/driver.ts'
import { engineFromConfig } from '../../src/engine/engine-from-config.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { importDriver } from '../../src/engine/import-driver.ts'
import { dialectNames, loadDialect, registerDialect } from '../../src/engine/registry.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { MARIADB_SERVER, POSTGRESQL_SERVER, registerLiveDialects } from './live-dialects.ts'

registerLiveDialects()

/** Vitest resolves the packages that package.json names in a way of its own. */
const notInstalled: Driver = {
  packageName: 'not-a-driver',
  connect: () => importDriver('not-a-driver'),
  adopt: () => Promise.resolve(undefined),
}

describe('createEngine', () => {
  it('connects with the driver that a Python URL stands for', async () => {
    for (const url of [
      'sqlite+pysqlite://',
      POSTGRESQL_SERVER.replace('postgresql:', 'postgresql+asyncpg:'),
      POSTGRESQL_SERVER.replace('postgresql:', 'postgres:'),
      MARIADB_SERVER.replace('mariadb:', 'mysql+pymysql:'),
      MARIADB_SERVER.replace('mariadb:', 'mariadb+mariadb:'),
    ]) {
      const engine = createEngine(url)
      const connection = await engine.connect()
      expect((await connection.execute('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
      await engine.dispose()
      await expect(connection.execute('SELECT 1')).rejects.toThrow('This connection is closed')
    }
    expect(createEngine('postgres://h/d').dialectName).toBe('postgresql')
  })

  it('says which package to install', async () => {
    const sqlite = await loadDialect('sqlite')
    const driver = { packageName: 'not-a-driver', names: [], load: async () => notInstalled }
    registerDialect('not-installed', { load: async () => ({ ...sqlite, drivers: [driver] }) })
    await expect(createEngine('not-installed://').connect()).rejects.toMatchObject({
      code: 'DRIVER_MISSING',
      message:
        "The database driver 'not-a-driver' is not installed. Install it with: npm install not-a-driver",
    })
  })

  it('takes the next driver where the preferred one is missing, and names the preferred one where all are', async () => {
    const { drivers, ...rest } = await loadDialect('sqlite')
    const missing = (name: string): DriverEntry => ({
      packageName: name,
      names: [name],
      load: async () => notInstalled,
    })
    const first = missing('first')
    registerDialect('second-choice', {
      load: async () => ({ ...rest, drivers: [first, ...drivers] }),
    })
    const connection = await createEngine('second-choice://').connect()
    await connection.close()
    registerDialect('none-installed', { load: async () => ({ ...rest, drivers: [first, first] }) })
    await expect(createEngine('none-installed://').connect()).rejects.toMatchObject({
      code: 'DRIVER_MISSING',
    })
  })

  it('names what it knows where a dialect or driver is unknown', async () => {
    expect(() => createEngine('cobol://h')).toThrow(
      expect.objectContaining({
        code: 'DIALECT_UNKNOWN',
        message: `There is no dialect 'cobol'; known are: ${dialectNames().join(', ')}`,
      }),
    )
    await expect(createEngine('postgresql+oledb://h').connect()).rejects.toMatchObject({
      code: 'URL_INVALID',
      message:
        "The dialect 'postgresql' has no driver 'oledb'; leave it out of the URL or choose one of: pg, pglite",
    })
  })

  it('passes connectArgs to the package and settings to the dialect', async () => {
    const engine = createEngine(POSTGRESQL_SERVER, {
      connectArgs: { application_name: 'from args' },
      dialectSettings: { serverVersion: [9, 6] },
    })
    const connection = await engine.connect()
    const { rows } = await connection.execute('SHOW application_name')
    expect(rows).toEqual([{ application_name: 'from args' }])
    expect(connection.dialect).toMatchObject({
      name: 'postgresql',
      settings: { serverVersion: [9, 6] },
    })
    await engine.dispose()
  })

  it('echoes statements without their values', async () => {
    let text = ''
    const echo = {
      write(piece: string): void {
        text += piece
      },
    }
    const connection = await createEngine('sqlite://', { echo }).connect()
    await connection.execute('CREATE TABLE t (a)')
    await connection.executeMany('INSERT INTO t VALUES (?)', [['secret'], ['b']])
    await connection.close()
    expect(text).toBe(
      'CREATE TABLE t (a)\nBEGIN IMMEDIATE\nINSERT INTO t VALUES (?) [2 rows]\nCOMMIT\n',
    )
  })
})

describe('engineFromConfig', () => {
  it('reads url, echo and connect_args, and ignores the pool', () => {
    const engine = engineFromConfig({
      script_location: 'alembic',
      'sqlalchemy.url': 'postgresql+psycopg2://u:p@h/db?sslmode=require',
      'sqlalchemy.echo': 'false',
      'sqlalchemy.pool_size': '5',
      'sqlalchemy.pool_pre_ping': 'true',
      'sqlalchemy.max_overflow': '10',
      'sqlalchemy.connect_args.connect_timeout': '3',
    })
    expect(String(engine.url)).toBe(
      'postgresql+psycopg2://u:***@h/db?connect_timeout=3&sslmode=require',
    )
    expect(engine.dialectName).toBe('postgresql')
  })

  it('takes another prefix', () => {
    expect(String(engineFromConfig({ 'db.url': 'sqlite://' }, { prefix: 'db.' }).url)).toBe(
      'sqlite://',
    )
  })

  it('refuses a missing URL and an unknown setting', () => {
    expect(() => engineFromConfig({})).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: "No database URL is configured: set 'sqlalchemy.url'",
      }),
    )
    expect(() =>
      engineFromConfig({ 'sqlalchemy.url': 'sqlite://', 'sqlalchemy.isolation_level': 'x' }),
    ).toThrow(
      "The setting 'sqlalchemy.isolation_level' is not known; an engine takes 'sqlalchemy.url', 'sqlalchemy.echo' and 'sqlalchemy.connect_args.*'",
    )
  })
})

describe('adoptConnection', () => {
  const postgresql = POSTGRESQL_SERVER
  const mariadb = makeUrl(MARIADB_SERVER)

  it.each([
    [
      'better-sqlite3 Database',
      'sqlite',
      async () => {
        const database = new Database(':memory:')
        return [database, async () => database.close()] as const
      },
    ],
    [
      'pg Client',
      'postgresql',
      async () => {
        const client = new Client({ connectionString: postgresql })
        await client.connect()
        return [client, () => client.end()] as const
      },
    ],
    [
      'pg Pool',
      'postgresql',
      async () => {
        const pool = new Pool({ connectionString: postgresql })
        return [pool, () => pool.end()] as const
      },
    ],
    [
      'PGlite',
      'postgresql',
      async () => {
        const database = new PGlite()
        return [database, () => database.close()] as const
      },
    ],
    [
      'mysql2 connection to a MariaDB server',
      'mariadb',
      async () => {
        const { host = '', port = 3306, username: user = '', password = '' } = mariadb
        const connection = await mysql2.createConnection({ host, port, user, password })
        return [connection, () => connection.end()] as const
      },
    ],
  ])('%s', async (_, dialectName, open) => {
    const [own, end] = await open()
    const connection = await adoptConnection(own)
    expect(connection.dialect.name).toBe(dialectName)
    const result = await connection.transaction(() => connection.execute('SELECT 1 AS one'))
    expect(result.rows).toEqual([{ one: 1 }])
    await connection.close()
    const again = await adoptConnection(own)
    expect((await again.execute('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
    await again.close()
    await end()
  })

  it('gives a Connection back as it is', async () => {
    const connection = await createEngine('sqlite://').connect()
    expect(await adoptConnection(connection)).toBe(connection)
    await connection.close()
  })

  it("leaves the user's own transaction alone", async () => {
    const database = new Database(':memory:')
    database.exec('CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)')
    const connection = await adoptConnection(database)
    expect(connection.inTransaction()).toBe(false)
    expect(await connection.isInTransaction()).toBe(true)
    await expect(connection.begin()).rejects.toThrow('already open')
    await connection.savepoint(() => connection.execute('INSERT INTO t VALUES (2)'))
    await connection.close()
    expect(database.inTransaction).toBe(true)
    database.exec('ROLLBACK')
    expect(database.prepare('SELECT * FROM t').all()).toEqual([])
    database.close()
  })

  it('says what it was given', async () => {
    const known =
      'known are those of: pg, @electric-sql/pglite, mysql2, mariadb, better-sqlite3, node:sqlite, libsql'
    await expect(adoptConnection(new Map())).rejects.toThrow(
      `Expected a database connection or pool, got an object of class Map; ${known}`,
    )
    await expect(adoptConnection('postgresql://')).rejects.toThrow(`got string; ${known}`)
  })
})
