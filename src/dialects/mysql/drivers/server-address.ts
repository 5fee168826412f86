import { readFileSync } from 'node:fs'
import { UrlError } from '../../../errors/driver-error.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'

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
  readonly ssl: Readonly<Record<string, unknown>> | undefined
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
    ssl: tlsOptions(parameters),
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

function tlsOptions(parameters: UrlParameters): Readonly<Record<string, unknown>> | undefined {
  const mode = (parameters.text('ssl_mode', 'ssl-mode', 'sslmode') ?? '').toUpperCase()
  const wanted = parameters.boolean('ssl') ?? false
  const disabled = parameters.boolean('ssl_disabled') ?? mode === 'DISABLED'
  const ca = readOptional(parameters, 'ssl_ca')
  const cert = readOptional(parameters, 'ssl_cert')
  const key = readOptional(parameters, 'ssl_key')
  const verifyCertificate = parameters.boolean('ssl_verify_cert')
  const verifyHost = parameters.boolean('ssl_verify_identity', 'ssl_check_hostname')
  if (!['', 'DISABLED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'].includes(mode)) {
    throw new UrlError(
      `The parameter 'ssl_mode' of the database URL must be DISABLED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY, not '${mode}'`,
    )
  }
  const given = [ca, cert, key].some((file) => file !== undefined)
  if (disabled || !(wanted || given || mode !== '' || verifyCertificate || verifyHost)) {
    return undefined
  }
  const identity = verifyHost ?? mode === 'VERIFY_IDENTITY'
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: verifyCertificate ?? (ca !== undefined || identity || mode === 'VERIFY_CA'),
    ...(identity ? {} : { checkServerIdentity: () => undefined }),
  }
}

function readOptional(parameters: UrlParameters, name: string): string | undefined {
  const path = parameters.text(name)
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UrlError(`Can't read the file '${path}' of the URL's parameter '${name}'`, { cause })
  }
}
