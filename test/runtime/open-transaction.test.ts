// A connection of the user's own, on which he has begun a transaction and may have forgotten it: each package's own objects.
import { PGlite } from '@electric-sql/pglite'
import Database from 'better-sqlite3'
import LibsqlDatabase from 'libsql'
import { createConnection as createMariadb } from 'mariadb'
import { createConnection as createMysql2 } from 'mysql2/promise'
import Firebird from 'node-firebird'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { op } from '../../src/operations/operations.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

/** What the user holds in his hands. */
interface Own {
  readonly connection: unknown
  run(sql: string): Promise<unknown>
  close(): Promise<void>
}

const fn = inMemoryHistory([
  { id: 'a1', down: null, upgrade: () => op.execute('CREATE TABLE made (x INTEGER)') },
]).upgradeTo('a1')

async function upgrade(connection: unknown, externalTransaction = false): Promise<void> {
  const context = await MigrationContext.configure({ connection, fn, externalTransaction })
  await context.beginTransaction(() => context.runMigrations())
}

/** @param commits whether DDL commits what is open */
function refusesOpenTransaction(open: () => Promise<Own>, commits = false): void {
  it('is refused, and nothing was run; afterwards it is taken', async () => {
    const { connection, run, close } = await open()
    try {
      await run('CREATE TABLE own (x INTEGER)')
      for (const begin of ['BEGIN', 'BEGIN']) {
        await run(begin)
        await run('INSERT INTO own VALUES (1)')
        await expect(upgrade(connection)).rejects.toMatchObject({
          code: 'TRANSACTION_STATE',
          message:
            'The connection that was handed to context.configure() has an open transaction; commit it first, or say externalTransaction: true and commit after the run',
        })
        await expect(run('SELECT * FROM alembic_version')).rejects.toThrow()
        // What the user did is still his to take back, if the failure has not done it.
        await run('ROLLBACK')
      }
      expect(JSON.stringify(await run('SELECT count(*) AS n FROM own'))).toMatch(/"n":"?0/)
      await upgrade(connection)
      expect(JSON.stringify(await run('SELECT version_num FROM alembic_version'))).toContain('a1')
    } finally {
      await close()
    }
  })

  it('is left open where the user says that it is his', async () => {
    const { connection, run, close } = await open()
    try {
      await run('BEGIN')
      await upgrade(connection, true)
      await run('ROLLBACK')
      if (commits) await run('SELECT * FROM made')
      else await expect(run('SELECT * FROM made')).rejects.toThrow()
    } finally {
      await close()
    }
  })
}

describe('a transaction that was open before, on a connection of', () => {
  describe('better-sqlite3', () => {
    refusesOpenTransaction(async () => ownSqlite(new Database(':memory:')))
  })

  describe('libsql', () => {
    refusesOpenTransaction(async () => ownSqlite(new LibsqlDatabase(':memory:')))
  })

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 16)) {
    describe('node:sqlite', () => {
      refusesOpenTransaction(async () => {
        // @types/node of Node 20 knows no node:sqlite.
        const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as {
          readonly DatabaseSync: new (path: string) => SqliteDatabase
        }
        return ownSqlite(new DatabaseSync(':memory:'))
      })
    })
  }

  describe('PGlite', () => {
    refusesOpenTransaction(async () => {
      const database = await PGlite.create()
      return {
        connection: database,
        run: async (sql) => (await database.query(sql)).rows,
        close: () => database.close(),
      }
    })
  })
})

interface SqliteDatabase {
  prepare(sql: string): { all(): unknown[]; run(): unknown }
  exec(sql: string): unknown
  close(): unknown
}

function ownSqlite(database: SqliteDatabase): Own {
  return {
    connection: database,
    run: async (sql) =>
      sql.startsWith('SELECT') ? database.prepare(sql).all() : database.exec(sql),
    close: async () => void database.close(),
  }
}

describeDatabases(['postgresql', 'mariadb'], 'and of', (db) => {
  let scratch: ScratchDatabase | undefined
  const scratchUrl = async (): Promise<string> => {
    scratch = await db.createScratch()
    return scratch.url
  }
  afterEach(async () => {
    await scratch?.dispose()
    scratch = undefined
  })

  const openPg = async (): Promise<Own> => {
    const client = new pg.Client({ connectionString: await scratchUrl() })
    await client.connect()
    return {
      connection: client,
      run: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
      close: () => client.end(),
    }
  }

  const serverOptions = async (): Promise<{
    host: string
    port: number
    user: string
    password: string
    database: string
  }> => {
    const { host, port, username, password, database } = makeUrl(await scratchUrl())
    return {
      host: host ?? '127.0.0.1',
      port: port ?? 3306,
      user: username ?? 'root',
      password: password ?? '',
      database: database ?? '',
    }
  }

  if (db.name === 'postgresql') {
    describe('pg', () => {
      refusesOpenTransaction(openPg)
    })

    it('pg: also where a statement in it has failed', async () => {
      const { connection, run, close } = await openPg()
      try {
        await run('BEGIN')
        await expect(run('SELECT nonsense')).rejects.toThrow(/does not exist/)
        await expect(upgrade(connection)).rejects.toMatchObject({ code: 'TRANSACTION_STATE' })
      } finally {
        await close()
      }
    })
  } else {
    describe('mysql2', () => {
      refusesOpenTransaction(async () => {
        const connection = await createMysql2(await serverOptions())
        return {
          connection,
          run: async (sql) => (await connection.query(sql))[0],
          close: () => connection.end(),
        }
      }, true)
    })
    describe('mariadb', () => {
      refusesOpenTransaction(async () => {
        const connection = await createMariadb(await serverOptions())
        return {
          connection,
          run: async (sql) =>
            JSON.parse(JSON.stringify(await connection.query(sql), plain)) as unknown,
          close: () => connection.end(),
        }
      }, true)
    })
  }
})

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

describeDatabases(['firebird'], 'a transaction of node-firebird', (db) => {
  it('is an object of its own, which the run neither commits nor takes back', async () => {
    const scratch = await db.createScratch()
    const { host, port, database, username, password } = makeUrl(scratch.url)
    const own = await Firebird.attachAsync({
      ...{ host: host ?? '', port: port ?? 3050, database: database ?? '' },
      ...{ user: username ?? '', password: password ?? '' },
    })
    try {
      await own.queryAsync('CREATE TABLE own (x INTEGER)')
      const transaction = await own.transactionAsync(Firebird.ISOLATION_READ_COMMITTED)
      await transaction.queryAsync('INSERT INTO own VALUES (1)')
      const context = await MigrationContext.configure({ connection: own, fn, lock: 'off' })
      await context.beginTransaction(() => context.runMigrations())
      await transaction.rollbackAsync()
      expect(await scratch.query('SELECT x FROM own')).toEqual([])
      expect(await scratch.query('SELECT version_num FROM alembic_version')).toHaveLength(1)
    } finally {
      await own.detachAsync()
      await scratch.dispose()
    }
  })
})
