import { UrlError } from '../errors/driver-error.ts'
import type { DatabaseUrl } from './url.ts'

/**
 * The query parameters of a URL, taken out one by one by a driver.
 *
 * What nobody took is an error in `finish()`: a parameter that is silently dropped may be the one that asks for TLS.
 */
export class UrlParameters {
  readonly #left: Map<string, readonly string[]>

  constructor(url: DatabaseUrl) {
    this.#left = new Map(Object.entries(url.normalizedQuery))
  }

  /** All values under the first of `names` that the URL has; the others are taken as well. */
  list(...names: readonly string[]): readonly string[] {
    const found = names.map((name) => this.#left.get(name)).find((values) => values !== undefined)
    for (const name of names) this.#left.delete(name)
    return found ?? []
  }

  /** The last value, as text. */
  text(...names: readonly string[]): string | undefined {
    return this.list(...names).at(-1)
  }

  /** The last value, as a number that isn't negative. */
  number(...names: readonly string[]): number | undefined {
    const text = this.text(...names)
    if (text === undefined) return undefined
    const value = Number(text)
    if (Number.isFinite(value) && value >= 0) return value
    throw new UrlError(
      `The parameter '${names[0]}' of the database URL must be a number, not '${text}'`,
    )
  }

  /** The last value, as yes or no. */
  boolean(...names: readonly string[]): boolean | undefined {
    const text = this.text(...names)?.toLowerCase()
    if (text === undefined) return undefined
    if (['true', 'on', 'yes', '1'].includes(text)) return true
    if (['false', 'off', 'no', '0'].includes(text)) return false
    throw new UrlError(
      `The parameter '${names[0]}' of the database URL must be true or false, not '${text}'`,
    )
  }

  /** Takes parameters that steer a Python driver or a pool and mean nothing here. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#left.delete(name)
  }

  /** Throws UrlError where a parameter is left that `driver` doesn't know. */
  finish(driver: string): void {
    const [unknown] = this.#left.keys()
    if (unknown === undefined) return
    throw new UrlError(
      `The driver '${driver}' doesn't know the parameter '${unknown}' of the database URL; remove it there`,
    )
  }
}
