// What the Node packages throw is kept as the cause of our errors, and printed with --raiseerr: it may hold no password.
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { describeDatabases } from '../live/servers.ts'
import { told } from './told.ts'

const WORDS = /Zq7|Wx9/
const SECRET = 'Zq7%40%3A%2F%3F%22Wx9'

/** An error with everything that hangs on it, as `console.log` and `--raiseerr` show it, and more. */
function everything(error: unknown): string {
  const fields =
    error instanceof Error ? JSON.stringify(error, Object.getOwnPropertyNames(error)) : ''
  return `${inspect(error, { depth: null, showHidden: true })}${fields}`
}

async function failure(url: string): Promise<unknown> {
  return await createEngine(url)
    .connect()
    .then(
      async (connection) => {
        await connection.close()
        return null
      },
      (reason: unknown) => reason,
    )
}

describe('a server that is not there', () => {
  it.each([
    'postgresql+pg',
    'mysql+mysql2',
    'mariadb+mariadb',
    'mssql+tedious',
    'oracle+oracledb',
    'firebird+node-firebird',
    'db2+ibm_db',
    'informix+odbc',
    'sybase+odbc',
  ])('%s', async (dialect) => {
    const path = dialect.startsWith('oracle') ? '/?service_name=x' : '/x'
    const error = await failure(`${dialect}://app:${SECRET}@127.0.0.1:1${path}`)
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(?:CONNECTION_FAILED|DRIVER_MISSING)$/) as unknown,
    })
    expect(told(everything(error), WORDS)).toEqual([])
  })
})

describeDatabases(['postgresql', 'mariadb', 'firebird'], 'a server that refuses', (db) => {
  const drivers = {
    postgresql: ['postgresql+pg'],
    mariadb: ['mariadb+mysql2', 'mariadb+mariadb'],
    firebird: ['firebird+node-firebird'],
  }

  it.each(drivers[db.name])('%s: user, password or database', async (drivername) => {
    const scratch = await db.createScratch()
    try {
      const url = makeUrl(scratch.url).set({ drivername })
      const secret = decodeURIComponent(SECRET)
      for (const wrong of [
        { username: 'alembic_nobody', password: secret },
        { password: secret, database: 'alembic_no_such_database' },
        { username: url.username, password: secret, query: { nope: secret } },
      ]) {
        const error = await failure(url.set(wrong).renderAsString({ hidePassword: false }))
        expect(error).toBeInstanceOf(Error)
        expect(told(everything(error), WORDS)).toEqual([])
      }
    } finally {
      await scratch.dispose()
    }
  })

  it.each(drivers[db.name])('%s: a statement', async (drivername) => {
    const scratch = await db.createScratch()
    try {
      const url = makeUrl(scratch.url).set({ drivername })
      // The servers of tests take any password of their user, or have none.
      const isFree = url.password === undefined && db.name === 'postgresql'
      const connection = await createEngine(
        isFree ? url.set({ password: decodeURIComponent(SECRET) }) : url,
      ).connect()
      const error: unknown = await connection
        .execute('SELECT * FROM alembic_no_such_table')
        .catch((reason: unknown) => reason)
      await connection.close()
      expect(error).toMatchObject({ code: 'STATEMENT_FAILED' })
      expect(told(everything(error), WORDS)).toEqual([])
      expect(url.password === undefined || !everything(error).includes(`"${url.password}"`)).toBe(
        true,
      )
      expect(told(inspect(connection, { depth: 3 }), WORDS)).toEqual([])
    } finally {
      await scratch.dispose()
    }
  })
})
