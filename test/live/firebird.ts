import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Firebird from 'node-firebird'
import { answers, findProgram, run } from './server-process.ts'
import { serverUrls } from './server-urls.ts'

interface FirebirdPlace {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

interface FirebirdConnection {
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** The URL of a database in the folder of the test server. */
export function firebirdUrl(file: string): string {
  return new URL(file, serverUrls().ALEMBIC_TEST_FIREBIRD_URL).href
}

/** Fails where there is no server; to log in takes a database. */
export async function reachFirebird(): Promise<{ close(): Promise<void> }> {
  const url = serverUrls().ALEMBIC_TEST_FIREBIRD_URL
  if (url === undefined) {
    throw new TypeError('ALEMBIC_TEST_FIREBIRD_URL is not set, and no server was started')
  }
  const { host, port } = optionsOf(url)
  if (!(await answers(host, port))) throw new TypeError(`nothing answers at ${host}:${port}`)
  return { close: async () => undefined }
}

/** A connection of the package, outside the code under test. Names that were not quoted come in small letters. */
export async function connectFirebird(url: string): Promise<FirebirdConnection> {
  const database = await Firebird.attachAsync(optionsOf(url))
  return {
    query: async (sql, values = []) => {
      const rows = (await database.queryAsync(sql, [...values])) as
        | Record<string, unknown>[]
        | undefined
      return rows ?? []
    },
    close: () => database.detachAsync(),
  }
}

/** Runs a text of many statements by the server's own tool, as users do. */
export async function runFirebirdScript(url: string, sql: string): Promise<void> {
  const isql = await findProgram('isql-fb')
  if (isql === undefined) throw new TypeError('isql-fb is not installed')
  const { host, port, user, password, database } = optionsOf(url)
  const folder = await mkdtemp(join(tmpdir(), 'alembic-ts-isql-'))
  const file = join(folder, 'script.sql')
  await writeFile(file, sql)
  const login = ['-user', user, '-password', password, '-charset', 'UTF8']
  try {
    await run(isql, ['-q', '-bail', ...login, '-i', file, `${host}/${port}:${database}`])
  } finally {
    await rm(folder, { recursive: true })
  }
}

export async function createFirebirdDatabase(url: string): Promise<void> {
  await (await Firebird.createAsync(optionsOf(url))).detachAsync()
}

/** Drops the database, also where connections are open. */
export async function dropFirebirdDatabase(url: string): Promise<void> {
  const connection = await connectFirebird(url)
  await connection.query(
    'DELETE FROM mon$attachments WHERE mon$attachment_id <> CURRENT_CONNECTION AND mon$system_flag = 0',
  )
  await connection.close()
  await Firebird.dropAsync(optionsOf(url))
}

function optionsOf(url: string): Firebird.Options & FirebirdPlace {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    host: hostname,
    port: Number(port || 3050),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname).slice(1),
    encoding: 'UTF8',
    blobAsText: true,
    // A table that a prepared statement uses can't be altered.
    statementCacheSize: 0,
    lowercase_keys: true,
  }
}
