import { readFileSync } from 'node:fs'
import { UrlError } from '../errors/driver-error.ts'

/**
 * The text of a certificate or key file that a URL's parameter names.
 *
 * @throws UrlError where it can't be read
 */
export function readTlsFile(path: string | undefined, parameter: string): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UrlError(`Can't read the file '${path}' of the URL's parameter '${parameter}'`, {
      cause,
    })
  }
}

/** Only what was given: packages take `undefined` for a value. */
export function definedOnly(
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
