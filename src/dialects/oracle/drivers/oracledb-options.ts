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
  const protocol = transport(parameters.text('protocol'))
  const connectSeconds = parameters.number('tcp_connect_timeout', 'timeout')
  const config = {
    user: url.username,
    password: url.password,
    connectString: connectString(url, { serviceName, sid, protocol }),
    ...named('privilege', privilege(parameters.text('mode'))),
    ...named('configDir', parameters.text('config_dir')),
    ...named('walletLocation', parameters.text('wallet_location')),
    ...named('walletPassword', parameters.text('wallet_password')),
    ...named('sslServerDNMatch', parameters.boolean('ssl_server_dn_match')),
    ...named('sslServerCertDN', parameters.text('ssl_server_cert_dn')),
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

interface Instance {
  readonly serviceName: string | undefined
  readonly sid: string | undefined
  readonly protocol: 'tcp' | 'tcps'
}

/** With a service or SID an address, without either a name that tnsnames.ora explains. */
function connectString(url: DatabaseUrl, { serviceName, sid, protocol }: Instance): string {
  const { host = 'localhost', port = DEFAULT_PORT, database } = url
  if (serviceName !== undefined && database) {
    throw new UrlError('"service_name" option shouldn\'t be used with a "database" part of the url')
  }
  const scheme = protocol === 'tcps' ? 'tcps://' : ''
  if (serviceName !== undefined) return `${scheme}${host}:${port}/${serviceName}`
  const instance = sid ?? database
  if (instance) {
    const address = `(ADDRESS=(PROTOCOL=${protocol.toUpperCase()})(HOST=${host})(PORT=${port}))`
    return `(DESCRIPTION=${address}(CONNECT_DATA=(SID=${instance})))`
  }
  if (protocol === 'tcps') {
    throw new UrlError(
      "'protocol=tcps' takes a service or a SID in the database URL; an alias of tnsnames.ora says its protocol there",
    )
  }
  return url.port === undefined ? host : `${host}:${port}`
}

/** python-oracledb's word for TLS. */
function transport(protocol: string = 'tcp'): 'tcp' | 'tcps' {
  const word = protocol.toLowerCase()
  if (word === 'tcp' || word === 'tcps') return word
  throw new UrlError(
    `The parameter 'protocol' of the database URL must be tcp or tcps, not '${protocol}'`,
  )
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
