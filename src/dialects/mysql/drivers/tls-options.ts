import { isIP } from 'node:net'
import { UrlError } from '../../../errors/driver-error.ts'
import { definedOnly, readTlsFile } from '../../../engine/tls-file.ts'
import type { UrlParameters } from '../../../engine/url-parameters.ts'

/** What a URL says of TLS. */
export interface TlsSettings {
  /** Certificates, key and ciphers as Node's `tls.connect()` takes them. */
  readonly files: Readonly<Record<string, unknown>>
  readonly verifiesCertificate: boolean
  /** Whether the certificate has to be for the host that was asked for. */
  readonly verifiesHost: boolean
}

const MODES = ['', 'DISABLED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY']

/**
 * Reads the parameters of mysqlclient, PyMySQL and MySQL Connector/Python; `undefined` is a connection without TLS. As in
 * PyMySQL, certificates of authorities (`ssl_ca`) mean that certificate and host name are checked, unless a mode says less.
 *
 * @throws UrlError where parameters contradict each other: what asks for more must not be lost
 */
export function tlsSettings(parameters: UrlParameters): TlsSettings | undefined {
  const mode = (parameters.text('ssl_mode', 'ssl-mode', 'sslmode') ?? '').toUpperCase()
  const wanted = parameters.boolean('ssl')
  const disabled = parameters.boolean('ssl_disabled') ?? (mode === 'DISABLED' || wanted === false)
  const verifyCertificate = parameters.boolean('ssl_verify_cert')
  const verifyHost = parameters.boolean('ssl_verify_identity', 'ssl_check_hostname')
  const files = definedOnly({
    ca: readTlsFile(parameters.text('ssl_ca'), 'ssl_ca'),
    cert: readTlsFile(parameters.text('ssl_cert'), 'ssl_cert'),
    key: readTlsFile(parameters.text('ssl_key'), 'ssl_key'),
    passphrase: parameters.text('ssl_key_password'),
    ciphers: parameters.text('ssl_cipher'),
  })
  if (!MODES.includes(mode)) {
    throw new UrlError(
      `The parameter 'ssl_mode' of the database URL must be DISABLED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY, not '${mode}'`,
    )
  }
  const isAsked = mode !== '' && mode !== 'DISABLED'
  const isChecked = mode.startsWith('VERIFY') || verifyHost === true
  refuseContradiction(disabled && (isAsked || wanted === true || isChecked), 'TLS off and on')
  refuseContradiction(
    verifyCertificate === false && isChecked,
    "that the server's certificate is checked and is not",
  )
  refuseContradiction(
    mode === 'VERIFY_IDENTITY' && verifyHost === false,
    "that the host's name is checked and is not",
  )
  if (disabled) return undefined
  const isGiven = Object.keys(files).length > 0
  if (!(wanted || isGiven || isAsked || verifyCertificate || isChecked)) return undefined
  const hasAuthority = 'ca' in files
  const verifiesHost =
    verifyHost ?? (mode === '' ? hasAuthority && verifyCertificate !== false : mode.endsWith('Y'))
  return {
    files,
    verifiesCertificate: verifyCertificate ?? (hasAuthority || isChecked),
    verifiesHost,
  }
}

function refuseContradiction(isOne: boolean, what: string): void {
  if (isOne) throw new UrlError(`The parameters of the database URL say ${what}; leave one out`)
}

/**
 * The option `ssl` of `mysql2`, which has a word of its own for the check of the host's name.
 *
 * @throws UrlError for an address: `mysql2` 3.24 would compare the certificate with `localhost`
 */
export function mysql2Tls(
  { files, verifiesCertificate, verifiesHost }: TlsSettings,
  host: string,
): Readonly<Record<string, unknown>> {
  if (verifiesHost && isIP(host) !== 0) {
    throw new UrlError(
      `The driver 'mysql2' can't check a certificate against the address ${host}: write the host's name, take mariadb+mariadb:// or mysql+mariadb://, or add ssl_check_hostname=false`,
    )
  }
  return { ...files, rejectUnauthorized: verifiesCertificate, verifyIdentity: verifiesHost }
}

/** The option `ssl` of `mariadb`, which hands it to `tls.connect()`: without `host` an address is taken for `localhost`. */
export function mariadbTls(
  { files, verifiesCertificate, verifiesHost }: TlsSettings,
  host: string,
): Readonly<Record<string, unknown>> {
  return {
    ...files,
    rejectUnauthorized: verifiesCertificate,
    ...(verifiesHost ? { host } : { checkServerIdentity: () => undefined }),
  }
}
