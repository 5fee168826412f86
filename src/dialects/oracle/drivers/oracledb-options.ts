import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'
import { UrlError } from '../../../errors/driver-error.ts'

const DEFAULT_PORT = 1521
const DEFAULT_CONNECT_SECONDS = 15

/** What the package is told, and where that leads. */
export interface OracledbAddress {
  readonly config: Readonly<Record<string, unknown>>
  readonly target: string
  readonly check: string
}

/** Reads a URL with the parameters of SQLAlchemy's dialect and python-oracledb. */
export function oracledbAddress(url: DatabaseUrl): OracledbAddress {
  const parameters = new UrlParameters(url)
  const serviceName = parameters.text('service_name')
  const sid = parameters.text('sid')
  const connectSeconds = parameters.number('tcp_connect_timeout', 'timeout')
  const config = {
    user: url.username,
    password: url.password,
    connectString: connectString(url, serviceName, sid),
    ...named('privilege', privilege(parameters.text('mode'))),
    ...named('configDir', parameters.text('config_dir')),
    ...named('walletLocation', parameters.text('wallet_location')),
    ...named('walletPassword', parameters.text('wallet_password')),
    transportConnectTimeout: connectSeconds ?? DEFAULT_CONNECT_SECONDS,
    connectTimeout: connectSeconds ?? DEFAULT_CONNECT_SECONDS,
  }
  parameters.ignore(
    ...['arraysize', 'cclass', 'encoding', 'encoding_errors', 'events', 'nencoding', 'purity'],
    ...['retry_count', 'retry_delay', 'threaded'],
  )
  parameters.finish('oracledb')
  const host = url.host ?? 'localhost'
  const port = url.port ?? DEFAULT_PORT
  return { config, target: `${host}:${port}`, check: `nc -z ${host} ${port}` }
}

/** With a service or SID an address, without either a name that tnsnames.ora explains. */
function connectString(
  url: DatabaseUrl,
  serviceName: string | undefined,
  sid: string | undefined,
): string {
  const { host = 'localhost', port = DEFAULT_PORT, database } = url
  if (serviceName !== undefined && database) {
    throw new UrlError('"service_name" option shouldn\'t be used with a "database" part of the url')
  }
  if (serviceName !== undefined) return `${host}:${port}/${serviceName}`
  const instance = sid ?? database
  if (instance) {
    const address = `(ADDRESS=(PROTOCOL=TCP)(HOST=${host})(PORT=${port}))`
    return `(DESCRIPTION=${address}(CONNECT_DATA=(SID=${instance})))`
  }
  return url.port === undefined ? host : `${host}:${port}`
}

/** The numbers of the package's constants SYSDBA, SYSOPER, …; they are the call interface's own. */
function privilege(mode: string | undefined): number | undefined {
  if (mode === undefined) return undefined
  const privileges: Readonly<Record<string, number>> = {
    SYSDBA: 2,
    SYSOPER: 4,
    SYSASM: 32_768,
    SYSBACKUP: 131_072,
    SYSDG: 262_144,
    SYSKM: 524_288,
    SYSRAC: 1_048_576,
  }
  const known = privileges[mode.toUpperCase()]
  if (known !== undefined) return known
  throw new UrlError(
    `The parameter 'mode' of the database URL must be one of ${Object.keys(privileges).join(', ')}, not '${mode}'`,
  )
}

function named(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value }
}
