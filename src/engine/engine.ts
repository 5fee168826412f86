import { DriverMissingError } from '../errors/driver-error.ts'
import type { DialectSettings } from '../sql/compile/dialect.ts'
import type { OutputStream } from '../util/messaging.ts'
import type { Connection, ObservedStatement } from './connection.ts'
import type { DriverConnection, DriverEntry } from './driver.ts'
import { connectionOver, driversFor, loadDialect, resolveDialectName } from './registry.ts'
import { makeUrl } from './url.ts'
import type { DatabaseUrl } from './url.ts'

/** How an engine connects. */
export interface EngineOptions {
  /** Writes every statement to stderr, or to the stream given; default false. */
  readonly echo?: boolean | OutputStream
  /** Options for the driver's package as it knows them; they win over the URL. */
  readonly connectArgs?: Readonly<Record<string, unknown>>
  /** What to assume of the server instead of asking it. */
  readonly dialectSettings?: DialectSettings
}

/** Opens connections to one database. There is no pool: a migration needs one connection and ends. */
export interface Engine {
  readonly url: DatabaseUrl
  readonly dialectName: string
  /** Throws ConnectionError, or DriverMissingError where no package for the database is installed. */
  connect(): Promise<Connection>
  /** Closes every connection that is still open. */
  dispose(): Promise<void>
}

/**
 * Makes an engine; nothing is connected yet. Throws UrlError or UnknownDialectError.
 *
 * @example
 * const engine = createEngine('postgresql://app@localhost/shop')
 * const connection = await engine.connect()
 */
export function createEngine(url: string | DatabaseUrl, options: EngineOptions = {}): Engine {
  const parsed = makeUrl(url)
  const dialectName = resolveDialectName(parsed.getBackendName())
  const open = new Set<Connection>()

  const connectTo = async (target: DatabaseUrl): Promise<Connection> => {
    const engine = await loadDialect(dialectName)
    const entries = driversFor(engine, dialectName, target.getDriverName())
    const driverConnection = await openSession(entries, target, options.connectArgs)
    const connection: Connection = await connectionOver(engine, driverConnection, {
      settings: options.dialectSettings,
      displayUrl: target.toString(),
      openAnother: (database = target.database) => connectTo(target.set({ database })),
      onClose: () => {
        open.delete(connection)
      },
    })
    open.add(connection)
    if (options.echo !== undefined && options.echo !== false) {
      connection.observe(echoTo(options.echo === true ? process.stderr : options.echo))
    }
    return connection
  }

  const dispose = async (): Promise<void> => {
    await Promise.all([...open].map((connection) => connection.close()))
  }

  return { url: parsed, dialectName, connect: () => connectTo(parsed), dispose }
}

/** Connects through the first driver that is installed. */
async function openSession(
  entries: readonly DriverEntry[],
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>> | undefined,
): Promise<DriverConnection> {
  let missing: DriverMissingError | undefined
  for (const entry of entries) {
    try {
      const driver = await entry.load()
      return await driver.connect(url, connectArgs)
    } catch (error) {
      if (!(error instanceof DriverMissingError)) throw error
      missing ??= error
    }
  }
  throw missing ?? new DriverMissingError(`No database driver serves the URL ${url.toString()}`)
}

// Values are left out: they may be personal or secret, and logs are kept.
function echoTo(stream: OutputStream): (statement: ObservedStatement) => void {
  return ({ sql, runs }) => {
    stream.write(`${sql}${runs === 1 ? '' : ` [${runs} rows]`}\n`)
  }
}
