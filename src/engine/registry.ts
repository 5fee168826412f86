import { UnknownDialectError, UrlError } from '../errors/driver-error.ts'
import type { Dialect, DialectSettings } from '../sql/compile/dialect.ts'
import { registerOptions, type KnownOptions } from '../sql/schema/option-registry.ts'
import { Connection, type OpenAnother } from './connection.ts'
import type { DriverConnection, DriverEntry } from './driver.ts'
import type { Inspector } from './inspector.ts'
import type { OpenScratchPlace } from './scratch-place.ts'
import type { TransactionStatements } from './transaction-statements.ts'

/** Everything that a live connection needs of a dialect. */
export interface DialectEngine {
  createDialect(settings?: DialectSettings): Dialect
  /** Asks a server what its dialect depends on; where it is left out, only the version is asked for. */
  readSettings?(connection: DriverConnection): Promise<DialectSettings>
  /** In order of preference: without a name in the URL the first that is installed is used. */
  readonly drivers: readonly DriverEntry[]
  /** Driver names of SQLAlchemy's URLs (`psycopg2`) that stand for "any driver of this database". */
  readonly pythonDrivers: readonly string[]
  /** How it words transactions; the standard's wording where it is left out. */
  readonly transactionStatements?: TransactionStatements
  /** Whether a server of this version text is this dialect's; for adopted connections of a driver that two dialects share. */
  matchesServer?(versionText: string): boolean
  createInspector(connection: Connection): Inspector
  /** Makes an empty place for trying migrations; absent where none is known. */
  readonly openScratch?: OpenScratchPlace
  /** Name that Kysely's classes for the database begin with (`Postgres` of `PostgresAdapter`); absent where it has none. */
  readonly kyselyPrefix?: string
}

/** A dialect that is loaded when first used. */
export interface DialectRegistration {
  /** Other names for it in URLs. */
  readonly aliases?: readonly string[]
  /** The options under its name that schema objects take; all of them, unchecked, where it is left out. */
  readonly options?: KnownOptions
  load(): Promise<DialectEngine>
}

const registrations = new Map<string, DialectRegistration>()
const loaded = new Map<string, Promise<DialectEngine>>()

/** Makes a dialect known under `name`; an earlier one of that name is replaced. */
export function registerDialect(name: string, registration: DialectRegistration): void {
  registrations.set(name, registration)
  registerOptions(name, registration.options ?? '*')
  loaded.delete(name)
}

/** The names of all dialects, in the order of registration. */
export function dialectNames(): readonly string[] {
  return [...registrations.keys()]
}

/** The name that a dialect is registered under, for that name or an alias. Throws UnknownDialectError. */
export function resolveDialectName(name: string): string {
  if (registrations.has(name)) return name
  for (const [registered, { aliases = [] }] of registrations) {
    if (aliases.includes(name)) return registered
  }
  const known = dialectNames().join(', ')
  throw new UnknownDialectError(`There is no dialect '${name}'; known are: ${known || 'none'}`)
}

/** Loads a dialect by its name or an alias. */
export async function loadDialect(name: string): Promise<DialectEngine> {
  const resolved = resolveDialectName(name)
  const running = loaded.get(resolved) ?? registrations.get(resolved)?.load()
  if (running === undefined) throw new UnknownDialectError(`There is no dialect '${name}'`)
  loaded.set(resolved, running)
  try {
    return await running
  } catch (error) {
    loaded.delete(resolved)
    throw error
  }
}

/** The drivers that may serve a URL with this driver name (undefined: none is named), in order of preference. */
export function driversFor(
  engine: DialectEngine,
  dialectName: string,
  driverName: string | undefined,
): readonly DriverEntry[] {
  if (driverName === undefined || engine.pythonDrivers.includes(driverName)) {
    return engine.drivers.filter((entry) => entry.onlyByName !== true)
  }
  const named = engine.drivers.filter((entry) => entry.names.includes(driverName))
  if (named.length > 0) return named
  const known = engine.drivers.flatMap((entry) => entry.names.slice(0, 1)).join(', ')
  throw new UrlError(
    `The dialect '${dialectName}' has no driver '${driverName}'; leave it out of the URL or choose one of: ${known}`,
  )
}

/**
 * Makes a Connection over a driver's, with the dialect for the server behind it; `settings` win over what that says.
 *
 * Closes the driver's connection where that fails.
 */
export async function connectionOver(
  engine: DialectEngine,
  driverConnection: DriverConnection,
  options: {
    readonly settings?: DialectSettings | undefined
    readonly displayUrl?: string
    readonly onClose?: () => void
    readonly openAnother?: OpenAnother
  } = {},
): Promise<Connection> {
  try {
    const found = (await engine.readSettings?.(driverConnection)) ?? {
      serverVersion: await driverConnection.serverVersion(),
    }
    return new Connection({
      dialect: engine.createDialect(mergeSettings(found, options.settings)),
      driverConnection,
      transactionStatements: engine.transactionStatements,
      displayUrl: options.displayUrl,
      openAnother: options.openAnother,
      ...(options.onClose === undefined ? {} : { onClose: options.onClose }),
    })
  } catch (error) {
    await driverConnection.close()
    throw error
  }
}

/** What was said wins over what was found out, flag by flag. */
function mergeSettings(found: DialectSettings, given: DialectSettings = {}): DialectSettings {
  return { ...found, ...given, flags: { ...found.flags, ...given.flags } }
}
