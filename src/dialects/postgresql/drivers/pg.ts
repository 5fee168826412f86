import { ConnectionError } from '../../../errors/driver-error.ts'
import { connectionFailure } from '../../../engine/driver-failure.ts'
import type { Driver } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'
import { PgConnection } from './pg-connection.ts'
import type { PgClient } from './pg-connection.ts'
import { pgOptions } from './pg-options.ts'
import type { PgServer } from './pg-options.ts'

interface Pg {
  readonly Client: new (config: Readonly<Record<string, unknown>>) => PgClient & {
    readonly host: string
    readonly port: number
  }
}

interface PgPool {
  connect(): Promise<PgClient & { release(): void }>
}

/** PostgreSQL through `pg`. */
export const pgDriver: Driver = {
  packageName: 'pg',

  async connect(url, connectArgs) {
    const { servers, config } = pgOptions(url)
    const pg = await importDriver<Pg>('pg')
    let failure: unknown
    for (const server of servers) {
      try {
        return await openServer(pg, url, server, { ...config, ...connectArgs })
      } catch (error) {
        failure ??= error
      }
    }
    throw failure
  },

  async adopt(connection) {
    if (isPool(connection)) {
      const client = await connection.connect()
      return new PgConnection(client, async () => {
        client.release()
      })
    }
    if (!isClient(connection)) return undefined
    if ('_connected' in connection && connection._connected === false) {
      throw new ConnectionError('The pg Client is not connected; await client.connect() first')
    }
    return new PgConnection(connection, async () => undefined)
  },
}

async function openServer(
  pg: Pg,
  url: DatabaseUrl,
  { tls, ...address }: PgServer,
  config: Readonly<Record<string, unknown>>,
): Promise<PgConnection> {
  const [first = false, second] = tls
  try {
    return await open(pg, url, { ssl: first, ...address, ...config })
  } catch (error) {
    if (second === undefined || !isAboutTls(error)) throw error
    return await open(pg, url, { ssl: second, ...address, ...config })
  }
}

/** Whether the server lacks TLS, or takes this user only with or only without it. */
function isAboutTls(error: unknown): boolean {
  return (
    error instanceof ConnectionError &&
    /does not support SSL|no encryption|SSL off|SSL on|SSL encryption/.test(error.message)
  )
}

async function open(
  pg: Pg,
  url: DatabaseUrl,
  config: Readonly<Record<string, unknown>>,
): Promise<PgConnection> {
  const client = new pg.Client(config)
  // A connection that drops while idle reports here; the next statement reports it to the user.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => undefined)
    const { host, port } = client
    const target = host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`
    const check = `pg_isready -h ${host} -p ${port}`
    throw connectionFailure(error, { url, target, check })
  }
  return new PgConnection(client, () => client.end())
}

function isClient(value: unknown): value is PgClient {
  return (
    hasFunctions(value, 'query', 'getTypeParser', 'end') &&
    'connection' in value &&
    hasFunctions(value.connection, 'on', 'off')
  )
}

function isPool(value: unknown): value is PgPool {
  return (
    hasFunctions(value, 'query', 'connect', 'end') && 'idleCount' in value && 'totalCount' in value
  )
}

function hasFunctions(value: unknown, ...names: readonly string[]): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  )
}
