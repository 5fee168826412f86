import { ConnectionError, TransactionError } from '../errors/driver-error.ts'
import { Connection } from './connection.ts'
import type { DriverConnection, DriverEntry } from './driver.ts'
import { connectionOver, dialectNames, loadDialect } from './registry.ts'
import type { DialectEngine } from './registry.ts'

/** Leads to a connection without being one: the bind of a migration. */
export interface ConnectionSource {
  toConnection(): PromiseLike<Connection>
}

/**
 * Makes a Connection of a connection or pool that the user opened; closing it leaves the user's object open.
 *
 * The object is recognised by its shape: no database package is imported for that. Throws ConnectionError where no
 * dialect's driver knows it.
 */
export async function adoptConnection(userObject: unknown): Promise<Connection> {
  const given = await givenConnection(userObject)
  if (given !== null) return given
  const packages = new Set<string>()
  let adopted: Adopted | undefined
  for (const name of dialectNames()) {
    const engine = await loadDialect(name)
    for (const entry of engine.drivers) {
      const isNew = !packages.has(entry.packageName)
      packages.add(entry.packageName)
      if (adopted === undefined && isNew) adopted = await adoptThrough(entry, userObject)
      if (adopted?.packageName !== entry.packageName) continue
      if (await isServerOf(engine, adopted)) {
        return await openOver(engine, adopted)
      }
    }
  }
  if (adopted === undefined) throw unrecognised(packages, userObject)
  await adopted.driverConnection.close()
  throw new ConnectionError(
    `No dialect is registered for the server that was connected to through ${adopted.packageName}`,
  )
}

/** Runs `work` on a connection that the user has, or on one of their pool, which gets it back. */
export async function withAdopted<Result>(
  userObject: unknown,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const given = await givenConnection(userObject)
  if (given !== null) return await work(given)
  const connection = await adoptConnection(userObject)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

async function givenConnection(userObject: unknown): Promise<Connection | null> {
  if (userObject instanceof Connection) return userObject
  if (typeof userObject !== 'object' || userObject === null) return null
  const { toConnection } = userObject as Partial<ConnectionSource>
  return typeof toConnection === 'function' ? await toConnection.call(userObject) : null
}

interface Adopted {
  readonly packageName: string
  readonly driverConnection: DriverConnection
}

async function adoptThrough(entry: DriverEntry, userObject: unknown): Promise<Adopted | undefined> {
  const driver = await entry.load()
  const driverConnection = await driver.adopt(userObject)
  if (driverConnection === undefined) return undefined
  return { packageName: entry.packageName, driverConnection }
}

/** One package can serve several databases of one protocol: the server's version decides which it is. */
async function isServerOf(engine: DialectEngine, { driverConnection }: Adopted): Promise<boolean> {
  if (engine.matchesServer === undefined) return true
  try {
    return engine.matchesServer(await driverConnection.serverVersionText())
  } catch (error) {
    await driverConnection.close()
    throw error
  }
}

/** In a transaction in which a statement failed PostgreSQL answers nothing more, not even what version it is. */
async function openOver(engine: DialectEngine, { driverConnection }: Adopted): Promise<Connection> {
  try {
    return await connectionOver(engine, driverConnection)
  } catch (error) {
    const isFailed = await driverConnection.isTransactionFailed?.().catch(() => false)
    if (isFailed !== true) throw error
    throw new TransactionError(
      'The connection that was handed over has an open transaction, in which a statement failed; roll it back first',
      { cause: error },
    )
  }
}

function unrecognised(packages: ReadonlySet<string>, userObject: unknown): ConnectionError {
  const shown =
    typeof userObject === 'object' && userObject !== null
      ? `an object of class ${userObject.constructor?.name ?? 'null'}`
      : typeof userObject
  return new ConnectionError(
    `Expected a database connection or pool, got ${shown}; known are those of: ${[...packages].join(', ') || 'no package'}`,
  )
}
