import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'
import { UrlError } from '../../../errors/driver-error.ts'

/** The package's configuration. */
export interface TediousConfig {
  readonly server: string
  readonly authentication: {
    readonly type: 'default' | 'ntlm'
    readonly options: Readonly<Record<string, string | undefined>>
  }
  readonly options: Readonly<Record<string, unknown>>
}

const DEFAULT_PORT = 1433
const DEFAULT_CONNECT_SECONDS = 15

/** Reads a URL with the parameters of ODBC, pymssql and `tedious` itself. */
export function tediousConfig(url: DatabaseUrl): TediousConfig {
  const parameters = new UrlParameters(url)
  refuse(parameters)
  const seconds = parameters.number('login_timeout', 'LoginTimeout', 'timeout', 'connectTimeout')
  const instance = parameters.text('instanceName', 'instance')
  const domain = parameters.text('domain', 'Domain')
  const encrypt = encryption(parameters)
  const trusts = parameters.boolean('TrustServerCertificate', 'trustServerCertificate')
  const certificateHost = parameters.text('HostNameInCertificate', 'hostNameInCertificate')
  const appName = parameters.text('app_name', 'APP', 'app', 'appname', 'appName')
  const intent = parameters.text('ApplicationIntent', 'applicationIntent')
  const multiSubnet = parameters.boolean('MultiSubnetFailover', 'multiSubnetFailover')
  parameters.ignore(
    ...['driver', 'Driver', 'charset', 'tds_version', 'autocommit', 'ansi', 'MARS_Connection'],
    ...['LongAsMax', 'unicode_results', 'fast_executemany'],
  )
  parameters.finish('tedious')
  const { username: userName, password } = url
  return {
    server: url.host ?? 'localhost',
    authentication:
      domain === undefined
        ? { type: 'default', options: { userName, password } }
        : { type: 'ntlm', options: { userName, password, domain } },
    options: {
      // A named instance is looked up; it has no port that we could know.
      ...(instance === undefined ? { port: url.port ?? DEFAULT_PORT } : { instanceName: instance }),
      database: url.database || undefined,
      encrypt: encrypt ?? true,
      trustServerCertificate: trusts ?? false,
      connectTimeout: (seconds ?? DEFAULT_CONNECT_SECONDS) * 1000,
      // A migration may take hours.
      requestTimeout: 0,
      // The name that the certificate is compared with.
      ...(certificateHost === undefined ? {} : { serverName: certificateHost }),
      ...(appName === undefined ? {} : { appName }),
      ...(intent?.toLowerCase() === 'readonly' ? { readOnlyIntent: true } : {}),
      ...(multiSubnet === undefined ? {} : { multiSubnetFailover: multiSubnet }),
    },
  }
}

/** What would change who connects to what, and has no counterpart. */
function refuse(parameters: UrlParameters): void {
  if (parameters.text('odbc_connect') !== undefined) {
    throw new UrlError(
      "The driver 'tedious' reads no ODBC connection string ('odbc_connect'); write mssql://user:password@host:1433/database?TrustServerCertificate=yes",
    )
  }
  if (parameters.boolean('Trusted_Connection', 'trusted_connection') === true) {
    throw new UrlError(
      "The driver 'tedious' can't use the login of the running user ('Trusted_Connection'); give user and password, for a Windows login with ?domain=…",
    )
  }
}

/** ODBC 18 says yes (mandatory), no (optional) or strict. */
function encryption(parameters: UrlParameters): boolean | 'strict' | undefined {
  const text = parameters.text('Encrypt', 'encrypt')?.toLowerCase()
  if (text === undefined) return undefined
  if (['yes', 'true', 'mandatory', '1'].includes(text)) return true
  if (['no', 'false', 'optional', '0'].includes(text)) return false
  if (text === 'strict') return 'strict'
  throw new UrlError(
    `The parameter 'Encrypt' of the database URL must be yes, no or strict, not '${text}'`,
  )
}
