import { UrlError } from '../../../errors/driver-error.ts'
import { definedOnly, readTlsFile } from '../../../engine/tls-file.ts'
import type { UrlParameters } from '../../../engine/url-parameters.ts'

/** What `tls.connect()` is told; `false` is a connection without TLS. */
export type TlsOptions = false | Readonly<Record<string, unknown>>

/** The words for no TLS: libpq's, and that of `?ssl=`. */
const OFF: ReadonlySet<string> = new Set(['disable', 'false'])

/** Certificates of the system's own list: Node's. libpq 16, "sslrootcert". */
const SYSTEM = 'system'

/**
 * libpq's sslmode as attempts in order; without one it is `prefer`, as in libpq. Reads libpq's parameters and environment
 * variables: PostgreSQL 16 manual, sections 34.1.2 and 34.15.
 */
export function tlsAttempts(
  parameters: UrlParameters,
  bindsChannel: boolean,
): readonly TlsOptions[] {
  const setting = (variable: string, name: string): string | undefined =>
    parameters.text(name) ?? (process.env[variable] || undefined)
  const rootPath = setting('PGSSLROOTCERT', 'sslrootcert')
  const mode = modeOf(parameters) ?? (rootPath === SYSTEM ? 'verify-full' : 'prefer')
  const given = definedOnly({
    cert: readTlsFile(setting('PGSSLCERT', 'sslcert'), 'sslcert'),
    key: readTlsFile(setting('PGSSLKEY', 'sslkey'), 'sslkey'),
    passphrase: parameters.text('sslpassword'),
    ca: rootPath === SYSTEM ? undefined : readTlsFile(rootPath, 'sslrootcert'),
    crl: readTlsFile(setting('PGSSLCRL', 'sslcrl'), 'sslcrl'),
    minVersion: setting('PGSSLMINPROTOCOLVERSION', 'ssl_min_protocol_version'),
    maxVersion: setting('PGSSLMAXPROTOCOLVERSION', 'ssl_max_protocol_version'),
  })
  if (rootPath === SYSTEM && mode !== 'verify-full') {
    throw new UrlError(
      `With 'sslrootcert=system' anybody can get a certificate: sslmode must be verify-full, not '${mode}'`,
    )
  }
  const attempts = attemptsOf(mode, given)
  // A channel can be bound to TLS only.
  if (!bindsChannel) return attempts
  if (OFF.has(mode)) {
    throw new UrlError("'channel_binding=require' in the database URL takes TLS, which is off")
  }
  return attempts.filter((tls) => tls !== false)
}

function modeOf(parameters: UrlParameters): string | undefined {
  const [mode, short] = [parameters.text('sslmode'), parameters.text('ssl')]
  if (mode !== undefined && short !== undefined && OFF.has(mode) !== OFF.has(short)) {
    throw new UrlError(
      `The parameters 'sslmode' and 'ssl' of the database URL contradict each other: '${mode}' and '${short}'`,
    )
  }
  return mode ?? short ?? (process.env['PGSSLMODE'] || undefined)
}

function attemptsOf(mode: string, given: Readonly<Record<string, unknown>>): readonly TlsOptions[] {
  const unverified = { ...given, rejectUnauthorized: false }
  const withAuthority = { ...given, rejectUnauthorized: true, checkServerIdentity: () => undefined }
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
      // libpq: with a root certificate, `require` verifies as `verify-ca` does.
      return ['ca' in given ? withAuthority : unverified]
    case 'no-verify':
      return [unverified]
    case 'verify-ca':
      return [withAuthority]
    case 'verify-full':
      return [{ ...given, rejectUnauthorized: true }]
    default:
      throw new UrlError(
        `The parameter 'sslmode' of the database URL must be disable, allow, prefer, require, verify-ca or verify-full, not '${mode}'`,
      )
  }
}
