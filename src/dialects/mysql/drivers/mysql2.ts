import { connectionFailure } from '../../../engine/driver-failure.ts'
import type { Driver } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { Mysql2Connection } from './mysql2-connection.ts'
import type { Mysql2Core } from './mysql2-connection.ts'
import { describeAddress, serverAddress } from './server-address.ts'
import { mysql2Tls } from './tls-options.ts'

interface OwnCore extends Mysql2Core {
  connect(callback: (error: Error | null) => void): void
  end(callback: (error: Error | null) => void): void
  destroy(): void
  on(event: 'error', listener: (error: Error) => void): unknown
}

interface Mysql2 {
  createConnection(config: Readonly<Record<string, unknown>>): OwnCore
}

interface CorePool {
  getConnection(
    callback: (error: Error | null, connection: Mysql2Core & { release(): void }) => void,
  ): void
}

/** MySQL and MariaDB through `mysql2`. */
export const mysql2Driver: Driver = {
  packageName: 'mysql2',

  async connect(url, connectArgs) {
    const address = serverAddress(url, 'mysql2')
    const { initCommand, socketPath, charset, tls, ...config } = address
    const mysql2 = await importDriver<Mysql2>('mysql2')
    const core = mysql2.createConnection({
      ...config,
      // The package's default makes names of functions, `count` or `now`, reserved words (MariaDB 10.11, "IGNORE_SPACE").
      flags: ['-IGNORE_SPACE'],
      ...(socketPath === undefined ? {} : { socketPath }),
      ...(charset === undefined ? {} : { charset }),
      ...(tls === undefined ? {} : { ssl: mysql2Tls(tls, address.host) }),
      ...connectArgs,
    })
    // A connection that drops while idle reports here; the next statement reports it to the user.
    core.on('error', () => undefined)
    try {
      await promised((done) => {
        core.connect(done)
      })
    } catch (error) {
      core.destroy()
      throw connectionFailure(error, { url, ...describeAddress(address) })
    }
    const connection = new Mysql2Connection(core, core, () =>
      promised((done) => {
        core.end(done)
      }),
    )
    if (initCommand !== undefined) await connection.execute(initCommand)
    return connection
  },

  async adopt(connection) {
    const core = coreOf(connection)
    if (core === undefined) return undefined
    if (!isPool(core)) return new Mysql2Connection(connection, core, async () => undefined)
    return await new Promise((resolve, reject) => {
      core.getConnection((error, pooled) => {
        if (error !== null && error !== undefined) {
          reject(error)
          return
        }
        const release = async (): Promise<void> => {
          pooled.release()
        }
        resolve(new Mysql2Connection(pooled, pooled, release))
      })
    })
  },
}

function promised(start: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error === null || error === undefined) resolve()
      else reject(error)
    })
  })
}

/** The object with callbacks: the user's own, or the one inside the promise flavour. */
function coreOf(value: unknown): Mysql2Core | CorePool | undefined {
  if (typeof value !== 'object' || value === null || 'batch' in value) return undefined
  for (const inner of ['connection', 'pool']) {
    const core: unknown = (value as Record<string, unknown>)[inner]
    if (isCore(core)) return core
  }
  return isCore(value) ? value : undefined
}

function isCore(value: unknown): value is Mysql2Core | CorePool {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['query', 'execute', 'promise'].every(
      (name) => typeof (value as Record<string, unknown>)[name] === 'function',
    )
  )
}

function isPool(core: Mysql2Core | CorePool): core is CorePool {
  return 'getConnection' in core
}
