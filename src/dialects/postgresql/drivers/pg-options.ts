import { UrlError } from '../../../errors/driver-error.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'
import { tlsAttempts, type TlsOptions } from './tls-attempts.ts'

/** One server, and how to speak to it: without TLS, or with these options, in the order to try. */
export interface PgServer {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly tls: readonly TlsOptions[]
}

/** What a URL says, in the words of `pg`. */
export interface PgOptions {
  /** In the order to try. */
  readonly servers: readonly PgServer[]
  readonly config: Readonly<Record<string, unknown>>
}

const DEFAULT_CONNECT_SECONDS = 10

/** Reads a URL with libpq's parameters (and asyncpg's names for some of them). */
export function pgOptions(url: DatabaseUrl): PgOptions {
  const parameters = new UrlParameters(url)
  const hosts = parameters.list('host')
  const ports = parameters.list('port')
  const bindsChannel = parameters.text('channel_binding') === 'require'
  const tls = tlsAttempts(parameters, bindsChannel)
  const config = {
    user: parameters.text('user') ?? url.username,
    password: parameters.text('password') ?? url.password,
    database: parameters.text('dbname') ?? (url.database || undefined),
    application_name: parameters.text('application_name'),
    fallback_application_name: parameters.text('fallback_application_name'),
    options: parameters.text('options'),
    client_encoding: parameters.text('client_encoding'),
    enableChannelBinding: bindsChannel || undefined,
    connectionTimeoutMillis:
      (parameters.number('connect_timeout', 'timeout') ?? DEFAULT_CONNECT_SECONDS) * 1000,
  }
  parameters.ignore(
    ...['async_fallback', 'connection_limit', 'gssencmode', 'keepalives', 'keepalives_count'],
    ...['keepalives_idle', 'keepalives_interval', 'pgbouncer', 'pool_timeout'],
    ...[
      'prepared_statement_cache_size',
      'prepared_statement_name_func',
      'sslcompression',
      'sslsni',
    ],
    'tcp_user_timeout',
  )
  parameters.finish('pg')
  return {
    servers: addresses(url, hosts, ports).map(({ host, port }) => {
      // A Unix socket has no TLS, and libpq asks for none there.
      return { host, port, tls: host?.startsWith('/') === true ? [false] : tls.map(forHost(host)) }
    }),
    config,
  }
}

/** Versions of `pg` before 8.23 compare the certificate of an address with `localhost`, unless told. */
function forHost(host: string | undefined): (tls: TlsOptions) => TlsOptions {
  return (tls) => (tls === false || host === undefined ? tls : { host, ...tls })
}

/** `?host=a:5432&host=b` and `?host=a&host=b&port=5432&port=5433` name several servers, as in SQLAlchemy. */
function addresses(
  url: DatabaseUrl,
  hosts: readonly string[],
  ports: readonly string[],
): readonly Omit<PgServer, 'tls'>[] {
  const flatHosts = hosts.flatMap((text) => text.split(','))
  const flatPorts = ports.flatMap((text) => text.split(','))
  if (flatHosts.length === 0) {
    return [{ host: url.host, port: portNumber(flatPorts[0]) ?? url.port }]
  }
  return flatHosts.map((text, index) => {
    const own = /^(?<host>[^:/]+):(?<port>\d+)$/.exec(text)?.groups
    const port = own?.['port'] ?? flatPorts[index] ?? flatPorts[0]
    return { host: own?.['host'] ?? text, port: portNumber(port) ?? url.port }
  })
}

function portNumber(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (/^\d+$/.test(text)) return Number(text)
  throw new UrlError(`The parameter 'port' of the database URL must be a number, not '${text}'`)
}
