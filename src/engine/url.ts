import { inspect } from 'node:util'
import { UrlError } from '../errors/driver-error.ts'
import { isSecretName } from '../util/hide-passwords.ts'
import { decodePercent, encodePercent, parseQuery, renderQuery } from './url-encoding.ts'
import type { UrlQuery } from './url-encoding.ts'

/** The parts of a database URL, decoded. */
export interface UrlParts {
  /** Dialect and driver, `'postgresql+psycopg2'`. */
  readonly drivername: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly database?: string | undefined
  readonly query?: UrlQuery | undefined
}

const HIDDEN = '***'

/**
 * A database URL in SQLAlchemy's form, `dialect[+driver]://user:password@host:port/database?key=value`. Immutable.
 *
 * Printed, inspected or turned into JSON it shows `***` for the password.
 *
 * @example
 * makeUrl('postgresql://app:s3cret@localhost/shop').set({ database: 'shop_test' })
 */
export class DatabaseUrl {
  readonly drivername: string
  readonly username: string | undefined
  readonly host: string | undefined
  readonly port: number | undefined
  readonly database: string | undefined
  readonly query: UrlQuery
  readonly #password: string | undefined

  private constructor(parts: UrlParts) {
    this.drivername = parts.drivername
    this.username = parts.username
    this.#password = parts.password
    this.host = parts.host
    this.port = parts.port
    this.database = parts.database
    this.query = Object.freeze({ ...parts.query })
    Object.freeze(this)
  }

  /** Makes a URL of parts, which are taken as they are: nothing is decoded. */
  static create(parts: UrlParts): DatabaseUrl {
    if (!/^[\w+.-]+$/.test(parts.drivername)) {
      throw new UrlError(`A database URL can't start with ${JSON.stringify(parts.drivername)}`)
    }
    const { port } = parts
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      throw new UrlError(`The port of a database URL must be a number up to 65535, not ${port}`)
    }
    return new DatabaseUrl(parts)
  }

  get password(): string | undefined {
    return this.#password
  }

  /** The dialect's name: what stands before the `+`. */
  getBackendName(): string {
    return this.drivername.split('+', 1)[0] ?? this.drivername
  }

  /** The driver's name: what stands behind the `+`; undefined where the URL leaves the choice to the dialect. */
  getDriverName(): string | undefined {
    const plus = this.drivername.indexOf('+')
    return plus < 0 ? undefined : this.drivername.slice(plus + 1)
  }

  /** Every query parameter as a list. */
  get normalizedQuery(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(
      Object.entries(this.query).map(([key, value]) => [
        key,
        typeof value === 'string' ? [value] : value,
      ]),
    )
  }

  /** A copy with some parts replaced; `undefined` removes a part. */
  set(parts: Partial<UrlParts>): DatabaseUrl {
    return DatabaseUrl.create({ ...this.#parts(), ...parts })
  }

  /** A copy with query parameters added or replaced. */
  updateQueryDict(query: UrlQuery): DatabaseUrl {
    return this.set({ query: { ...this.query, ...query } })
  }

  /** A copy without some query parameters. */
  differenceUpdateQuery(names: readonly string[]): DatabaseUrl {
    const kept = Object.entries(this.query).filter(([key]) => !names.includes(key))
    return this.set({ query: Object.fromEntries(kept) })
  }

  /** The URL as text; the password only with `{ hidePassword: false }`. */
  renderAsString({ hidePassword = true }: { readonly hidePassword?: boolean } = {}): string {
    const { host, port, database, query } = this
    const isHidden = (name: string): boolean => hidePassword && isSecretName(name)
    return [
      `${this.drivername}://`,
      this.#renderUser(hidePassword),
      host === undefined ? '' : host.includes(':') ? `[${host}]` : host,
      port === undefined ? '' : `:${port}`,
      database === undefined ? '' : `/${encodePercent(database, ' +/')}`,
      Object.keys(query).length === 0
        ? ''
        : `?${renderQuery(query, (name) => (isHidden(name) ? HIDDEN : undefined))}`,
    ].join('')
  }

  toString(): string {
    return this.renderAsString()
  }

  toJSON(): string {
    return this.renderAsString()
  }

  #renderUser(hidePassword: boolean): string {
    if (this.username === undefined) return ''
    const user = encodePercent(this.username, ' +')
    if (this.#password === undefined) return `${user}@`
    return `${user}:${hidePassword ? HIDDEN : encodePercent(this.#password, ' +')}@`
  }

  #parts(): UrlParts {
    const { drivername, username, password, host, port, database, query } = this
    return { drivername, username, password, host, port, database, query }
  }
}

// `console.log()` and error messages hide the password, too. (Not a method: its declaration could not be written out.)
Object.defineProperty(DatabaseUrl.prototype, inspect.custom, {
  value(this: DatabaseUrl) {
    return this.renderAsString()
  },
})

/** Reads a URL; a `DatabaseUrl` is given back as it is. */
export function makeUrl(url: string | DatabaseUrl): DatabaseUrl {
  return typeof url === 'string' ? parseUrl(url) : url
}

// SQLAlchemy's pattern, widened in the first group by `-` and `.`, which names of Node packages hold.
const URL_PATTERN = new RegExp(
  String.raw`^(?<drivername>[\w+.-]+)://` +
    String.raw`(?:(?<username>[^:/]*)(?::(?<password>[^@]*))?@)?` +
    String.raw`(?:(?:\[(?<ipv6>[^/?]+)\]|(?<host>[^/:?]+))?(?::(?<port>[^/?]*))?)?` +
    String.raw`(?:/(?<database>[^?]*))?` +
    String.raw`(?:\?(?<query>.*))?$`,
  's',
)

function parseUrl(text: string): DatabaseUrl {
  const groups = URL_PATTERN.exec(text.trim())?.groups
  if (groups === undefined) throw new UrlError(describeUnreadable(text))
  const { drivername = '', username, password, ipv6, host, port, database, query } = groups
  if (host?.includes('@') === true) {
    throw new UrlError(
      "The database URL has more than one '@'; in a user name or password it is written %40",
    )
  }
  return DatabaseUrl.create({
    drivername,
    username: username === undefined ? undefined : decodePercent(username),
    password: password === undefined ? undefined : decodePercent(password),
    host: host ?? ipv6,
    port: parsePort(port),
    database: database === undefined ? undefined : decodePercent(database),
    query: query === undefined ? {} : parseQuery(query),
  })
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^\d+$/.test(text)) {
    // What stands there may be the rest of a password, so it isn't shown.
    throw new UrlError(
      "The database URL's port isn't a number; in a user name ':' is written %3A and '/' %2F",
    )
  }
  return Number(text)
}

// The text itself may hold a password in a place where nobody expects it: it is never shown.
function describeUnreadable(text: string): string {
  const form = 'dialect[+driver]://user:password@host:port/database'
  if (text.trim() === '') return `The database URL is empty; it is written ${form}`
  return `Can't read the database URL; it is written ${form}, with special characters percent-encoded`
}
