import { UrlError } from '../../../errors/driver-error.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'
import { tlsSettings, type TlsSettings } from './tls-options.ts'

/** What a URL says about the server, in words that both packages share. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  readonly socketPath: string | undefined
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string | undefined
  readonly charset: string | undefined
  readonly connectTimeout: number
  /** `undefined` is a connection without TLS. */
  readonly tls: TlsSettings | undefined
  /** A statement to run right after connecting. */
  readonly initCommand: string | undefined
}

const DEFAULT_PORT = 3306
const DEFAULT_CONNECT_SECONDS = 10

/** Reads a URL with the parameters of mysqlclient and PyMySQL. */
export function serverAddress(url: DatabaseUrl, driver: string): ServerAddress {
  const parameters = new UrlParameters(url)
  const address = {
    host: url.host ?? 'localhost',
    port: url.port ?? DEFAULT_PORT,
    socketPath: parameters.text('unix_socket'),
    user: url.username ?? process.env['USER'],
    password: url.password,
    database: url.database || undefined,
    charset: parameters.text('charset'),
    connectTimeout: (parameters.number('connect_timeout') ?? DEFAULT_CONNECT_SECONDS) * 1000,
    tls: tlsSettings(parameters),
    initCommand: initCommand(parameters),
  }
  parameters.ignore(
    ...['autocommit', 'binary_prefix', 'local_infile', 'max_allowed_packet', 'read_timeout'],
    ...['use_unicode', 'write_timeout', 'prefix', 'connection_limit', 'pool_timeout'],
  )
  parameters.finish(driver)
  return address
}

/** Where the server was looked for, and how to see whether it is there. */
export function describeAddress({ host, port, socketPath }: ServerAddress): {
  readonly target: string
  readonly check: string
} {
  return socketPath === undefined
    ? { target: `${host}:${port}`, check: `mysqladmin ping -h ${host} -P ${port}` }
    : { target: socketPath, check: `mysqladmin ping -S ${socketPath}` }
}

function initCommand(parameters: UrlParameters): string | undefined {
  const command = parameters.text('init_command')
  const mode = parameters.text('sql_mode')
  if (mode === undefined) return command
  if (command !== undefined) {
    throw new UrlError(
      "The database URL has both 'init_command' and 'sql_mode'; put SET sql_mode in the former",
    )
  }
  return `SET SESSION sql_mode = '${mode.replaceAll("'", "''")}'`
}
