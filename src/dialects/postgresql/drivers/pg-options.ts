import { readFileSync } from 'node:fs'
import { UrlError } from '../../../errors/driver-error.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'

/** One server, and how to speak to it: without TLS, or with these options, in the order to try. */
export interface PgServer {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly tls: readonly TlsOptions[]
}

/** `false` is a connection without TLS. */
export type TlsOptions = false | Readonly<Record<string, unknown>>

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
  const tls = tlsAttempts(parameters)
  const config = {
    user: parameters.text('user') ?? url.username,
    password: parameters.text('password') ?? url.password,
    database: parameters.text('dbname') ?? (url.database || undefined),
    application_name: parameters.text('application_name'),
    fallback_application_name: parameters.text('fallback_application_name'),
    options: parameters.text('options'),
    client_encoding: parameters.text('client_encoding'),
    enableChannelBinding: parameters.text('channel_binding') === 'require' || undefined,
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
      // A Unix socket has no TLS.
      return { host, port, tls: host?.startsWith('/') === true ? [false] : tls }
    }),
    config,
  }
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

/** libpq's sslmode as attempts in order; without one it is `prefer`, as in libpq. */
function tlsAttempts(parameters: UrlParameters): readonly TlsOptions[] {
  const mode = parameters.text('sslmode', 'ssl') ?? process.env['PGSSLMODE'] ?? 'prefer'
  const rootPath = parameters.text('sslrootcert')
  const files = {
    cert: readOptional(parameters.text('sslcert'), 'sslcert'),
    key: readOptional(parameters.text('sslkey'), 'sslkey'),
    passphrase: parameters.text('sslpassword'),
    ca: rootPath === 'system' ? undefined : readOptional(rootPath, 'sslrootcert'),
  }
  const given = Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined))
  const unverified = { ...given, rejectUnauthorized: false }
  const withAuthority = { ...given, rejectUnauthorized: true, checkServerIdentity: () => undefined }
  const verified = { ...given, rejectUnauthorized: true }
  switch (mode) {
    case 'disable':
    case 'false':
      return [false]
    case 'allow':
      return [false, unverified]
    case 'prefer':
      return [unverified, false]
    case 'require':
    case 'true':
    case 'no-verify':
      // libpq: with a root certificate, `require` verifies as `verify-ca` does.
      return [rootPath === undefined ? unverified : withAuthority]
    case 'verify-ca':
      return [withAuthority]
    case 'verify-full':
      return [verified]
    default:
      throw new UrlError(
        `The parameter 'sslmode' of the database URL must be disable, allow, prefer, require, verify-ca or verify-full, not '${mode}'`,
      )
  }
}

function readOptional(path: string | undefined, parameter: string): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UrlError(`Can't read the file '${path}' of the URL's parameter '${parameter}'`, {
      cause,
    })
  }
}
