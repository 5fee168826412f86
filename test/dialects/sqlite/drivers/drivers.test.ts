import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import LibsqlDatabase from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { betterSqlite3Driver } from '../../../../src/dialects/sqlite/drivers/better-sqlite3.ts'
import {
  type BetterSqlite3Constructor,
  openBetterSqlite3,
} from '../../../../src/dialects/sqlite/drivers/better-sqlite3-connection.ts'
import { databaseFile } from '../../../../src/dialects/sqlite/drivers/database-file.ts'
import { libsqlDriver } from '../../../../src/dialects/sqlite/drivers/libsql.ts'
import { nodeSqliteDriver } from '../../../../src/dialects/sqlite/drivers/node-sqlite.ts'
import type { Driver } from '../../../../src/engine/driver.ts'
import { makeUrl } from '../../../../src/engine/url.ts'
import { describeDriver } from '../../../engine/driver-contract.ts'
import { nodeSqlite } from '../../../live/node-sqlite.ts'
import { sqliteContract } from './contract.ts'

describeDriver('better-sqlite3', sqliteContract(betterSqlite3Driver))
describeDriver('libsql', sqliteContract(libsqlDriver))

if (nodeSqlite() === undefined) {
  it('node:sqlite asks for a newer Node', async () => {
    await expect(nodeSqliteDriver.connect(makeUrl('sqlite+node-sqlite://'))).rejects.toThrow(
      `The database driver 'node:sqlite' needs Node 22.16 or later, this is ${process.version}. Install another: npm install better-sqlite3`,
    )
  })
}

describe('files', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alembic-sqlite-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  const connect = (url: string): ReturnType<Driver['connect']> =>
    betterSqlite3Driver.connect(makeUrl(url))

  it('keeps data in a file', async () => {
    const url = `sqlite:///${folder}/kept.db`
    const first = await connect(url)
    await first.execute('CREATE TABLE t (a TEXT)')
    await first.close()
    const second = await connect(`${url}?mode=ro`)
    expect((await second.execute('SELECT name FROM sqlite_master')).rows).toEqual([{ name: 't' }])
    await expect(second.execute('DROP TABLE t')).rejects.toThrow('readonly database')
    await second.close()
  })

  it('takes a path relative to the working directory', async () => {
    const connection = await connect('sqlite:///no-such-folder/x.db').catch(
      (error: unknown) => error,
    )
    expect(connection).toMatchObject({
      code: 'CONNECTION_FAILED',
      message:
        "Can't open the SQLite database 'no-such-folder/x.db': Cannot open database because the directory does not exist. Check that its folder exists and that the file can be read and written",
    })
  })

  it('names a file that it may not create', async () => {
    await expect(connect('sqlite:////proc/x.db')).rejects.toThrow(
      "Can't open the SQLite database '/proc/x.db': unable to open database file.",
    )
  })

  it('names a file that is no database', async () => {
    const path = join(folder, 'text.db')
    writeFileSync(path, 'not a database at all, but long enough to have a header'.repeat(20))
    await expect(connect(`sqlite:///${path}`)).rejects.toThrow(
      `Can't open the SQLite database '${path}': file is not a database.`,
    )
  })

  it('leaves PRAGMA foreign_keys as the driver has it, or as the URL says', async () => {
    const read = async (url: string): Promise<unknown> => {
      const connection = await connect(url)
      const { rows } = await connection.execute('PRAGMA foreign_keys')
      await connection.close()
      return rows[0]?.['foreign_keys']
    }
    expect(await read('sqlite://')).toBe(1)
    expect(await read('sqlite://?foreign_keys=off')).toBe(0)
    expect(await read('sqlite://?foreign_keys=on&check_same_thread=false')).toBe(1)
  })

  it.each([
    Object.assign(new RangeError('The module was compiled against another Node'), {
      code: 'ERR_DLOPEN_FAILED',
    }),
    new RangeError('Could not locate the bindings file. Tried: …'),
  ])('says so where the package is not compiled for this Node: %s', (error) => {
    class NotCompiled {
      constructor() {
        throw error
      }
    }
    const open = (): unknown =>
      openBetterSqlite3(
        NotCompiled as unknown as BetterSqlite3Constructor,
        databaseFile(makeUrl('sqlite://'), 'better-sqlite3'),
      )
    expect(open).toThrow(
      `The database driver 'better-sqlite3' is installed, but not compiled for this Node, ${process.version}. Run: npm rebuild better-sqlite3`,
    )
    expect(open).toThrow(expect.objectContaining({ code: 'DRIVER_MISSING' }))
  })

  it('refuses a URL with a host and an unknown parameter', async () => {
    await expect(connect('sqlite://x.db')).rejects.toThrow(
      'sqlite://x.db names a host, which SQLite has none of; write sqlite:///relative.db, sqlite:////absolute.db or sqlite:// (memory)',
    )
    await expect(connect('sqlite://?vfs=unix')).rejects.toThrow(
      "The driver 'better-sqlite3' doesn't know the parameter 'vfs' of the database URL; remove it there",
    )
  })

  it('waits for a lock as long as the timeout says', async () => {
    const url = `sqlite:///${folder}/locked.db?timeout=0.2`
    const holder = await connect(url)
    await holder.execute('BEGIN EXCLUSIVE')
    const start = performance.now()
    await expect(connect(url)).rejects.toThrow('database is locked')
    expect(performance.now() - start).toBeGreaterThan(150)
    await holder.execute('ROLLBACK')
    await holder.close()
  })
})

describe('adopt', () => {
  it("takes a better-sqlite3 Database and doesn't close it", async () => {
    const database = new Database(':memory:')
    database.exec('CREATE TABLE t (a INTEGER)')
    database.exec('BEGIN')
    const connection = await betterSqlite3Driver.adopt(database)
    expect(await connection?.isInTransaction()).toBe(true)
    await connection?.execute('INSERT INTO t VALUES (9007199254740993)')
    expect((await connection?.execute('SELECT a FROM t'))?.rows).toEqual([{ a: 9007199254740993n }])
    await connection?.close()
    expect(database.open).toBe(true)
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 1 })
    database.close()
  })

  it("takes a libsql Database and doesn't close it", async () => {
    const database = new LibsqlDatabase(':memory:')
    database.exec('CREATE TABLE t (a INTEGER)')
    database.exec('BEGIN')
    expect(await betterSqlite3Driver.adopt(database)).toBeUndefined()
    const connection = await libsqlDriver.adopt(database)
    expect(await connection?.isInTransaction()).toBe(true)
    await connection?.execute('INSERT INTO t VALUES (9007199254740993)')
    await connection?.close()
    expect(database.open).toBe(true)
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toMatchObject({ n: 1 })
    database.close()
  })

  it('knows what is not its own', async () => {
    for (const other of [undefined, null, 'sqlite://', {}, { query() {} }]) {
      expect(await betterSqlite3Driver.adopt(other)).toBeUndefined()
      expect(await nodeSqliteDriver.adopt(other)).toBeUndefined()
      expect(await libsqlDriver.adopt(other)).toBeUndefined()
    }
  })
})
