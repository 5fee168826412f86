import { ConnectionError } from '../../../errors/driver-error.ts'
import { connectionFailure } from '../../../engine/driver-failure.ts'
import type { Driver } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'
import {
  NodeFirebirdConnection,
  type CreateBeside,
  type PackageDatabase,
} from './node-firebird-connection.ts'

type PackageOptions = Readonly<Record<string, unknown>>

interface NodeFirebird {
  attachAsync(options: PackageOptions): Promise<PackageDatabase & { detachAsync(): Promise<void> }>
  createAsync(options: PackageOptions): Promise<PackageDatabase & { detachAsync(): Promise<void> }>
  dropAsync(options: PackageOptions): Promise<void>
}

interface PackagePool {
  getAsync(): Promise<PackageDatabase & { detachAsync(): Promise<void> }>
}

const DEFAULT_PORT = 3050
const DEFAULT_CONNECT_SECONDS = 10

const REFUSED_LOGIN = /^Your user name and password are not defined/

// node-firebird 2.17.1 takes an odd number of digits for a shorter salt: the server leaves out a zero in front.
const LOGIN_HELP =
  'Firebird refuses user name or password. If both are right, give the user the same password anew (ALTER USER … PASSWORD …): node-firebird fails for one salt in sixteen'

// What keeps values as they are.
// Statements are not kept prepared: the server refuses to alter a table that one of them uses.
const EXACT_VALUES = { blobAsText: true, numericMode: 'string', statementCacheSize: 0 }

/** Firebird through `node-firebird`: `firebird://user:password@host:3050//var/lib/firebird/data/shop.fdb`. */
export const nodeFirebirdDriver: Driver = {
  packageName: 'node-firebird',

  async connect(url, connectArgs) {
    const options = connectOptions(url)
    const firebird = await importDriver<NodeFirebird>('node-firebird')
    try {
      const all = { ...options, ...connectArgs }
      const database = await firebird.attachAsync(all)
      const release = (): Promise<void> => database.detachAsync()
      return new NodeFirebirdConnection(database, release, createBy(firebird, all))
    } catch (error) {
      const target = `${options.host}:${options.port}`
      const check = `nc -z ${options.host} ${options.port}`
      const failure = connectionFailure(error, { url, target, check })
      if (!(error instanceof Error && REFUSED_LOGIN.test(error.message))) throw failure
      throw new ConnectionError(`Can't connect to ${url.toString()}: ${LOGIN_HELP}`, {
        cause: error,
      })
    }
  },

  /** Values of a connection that was opened otherwise come as its own options say. */
  async adopt(connection) {
    if (isPool(connection)) {
      const database = await connection.getAsync()
      return new NodeFirebirdConnection(database, () => database.detachAsync())
    }
    return isDatabase(connection)
      ? new NodeFirebirdConnection(connection, async () => undefined)
      : undefined
  },
}

function createBy(firebird: NodeFirebird, options: PackageOptions): CreateBeside {
  return async (path, settings) => {
    const own = { ...options, ...settings, database: path }
    const database = await firebird.createAsync(own)
    return new NodeFirebirdConnection(database, async () => {
      await database.detachAsync()
      await firebird.dropAsync(own)
    })
  }
}

/** The package's options for a URL; the database is a path on the server, or an alias. */
export function connectOptions(
  url: DatabaseUrl,
): Readonly<Record<string, unknown>> & { readonly host: string; readonly port: number } {
  const parameters = new UrlParameters(url)
  const seconds = parameters.number('connect_timeout', 'timeout') ?? DEFAULT_CONNECT_SECONDS
  const role = parameters.text('role')
  const options = {
    host: url.host ?? '127.0.0.1',
    port: url.port ?? DEFAULT_PORT,
    database: url.database ?? '',
    user: url.username ?? process.env['ISC_USER'] ?? 'SYSDBA',
    password: url.password ?? process.env['ISC_PASSWORD'] ?? '',
    encoding: parameters.text('charset', 'encoding') ?? 'UTF8',
    connectTimeout: seconds * 1000,
    ...(role === undefined ? {} : { role }),
    ...EXACT_VALUES,
  }
  parameters.ignore('enable_rowcount', 'retaining', 'type_conv', 'concurrency_level')
  parameters.ignore('fb_library_name', 'no_linger', 'utf8params')
  parameters.finish('node-firebird')
  return options
}

function isDatabase(value: unknown): value is PackageDatabase {
  return hasFunctions(value, 'transactionAsync', 'attachEvent', 'detach')
}

function isPool(value: unknown): value is PackagePool {
  return hasFunctions(value, 'getAsync', 'withConnection', 'destroy')
}

function hasFunctions(value: unknown, ...names: readonly string[]): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  )
}
