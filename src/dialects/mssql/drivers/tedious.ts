import { connectionFailure } from '../../../engine/driver-failure.ts'
import type { Driver } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { TediousConnection } from './tedious-connection.ts'
import type { TediousConnectionObject, TediousRequests } from './tedious-connection.ts'
import { tediousConfig } from './tedious-options.ts'

interface OwnConnection extends TediousConnectionObject {
  connect(done: (error?: Error) => void): void
  close(): void
  on(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'end', listener: () => void): unknown
}

interface Tedious extends TediousRequests {
  readonly Connection: new (config: Readonly<Record<string, unknown>>) => OwnConnection
}

type Options = Readonly<Record<string, unknown>>

/** SQL Server through `tedious`. */
export const tediousDriver: Driver = {
  packageName: 'tedious',

  async connect(url, connectArgs = {}) {
    const config = tediousConfig(url)
    const tedious = await importDriver<Tedious>('tedious')
    const options = { ...config.options, ...(connectArgs['options'] as Options | undefined) }
    const raw = new tedious.Connection({ ...config, ...connectArgs, options })
    // A connection that drops while idle reports here; the next statement reports it to the user.
    raw.on('error', () => undefined)
    try {
      await new Promise<void>((resolve, reject) => {
        raw.connect((error) => {
          if (error === undefined) resolve()
          else reject(error)
        })
      })
    } catch (error) {
      raw.close()
      const port = typeof options['port'] === 'number' ? options['port'] : 1434
      throw connectionFailure(networkError(error), {
        url,
        target: `${config.server}:${port}`,
        check: `nc -z ${config.server} ${port}`,
      })
    }
    return new TediousConnection(raw, tedious, () => closed(raw))
  },

  async adopt(connection) {
    if (!isConnection(connection)) return undefined
    const tedious = await importDriver<Tedious>('tedious')
    return new TediousConnection(connection, tedious, async () => undefined)
  },
}

async function closed(raw: OwnConnection): Promise<void> {
  await new Promise<void>((resolve) => {
    raw.once('end', resolve)
    raw.close()
  })
}

/** What the socket said, which the package wraps in an error of its own. */
function networkError(error: unknown): unknown {
  const isSocket = error instanceof Error && 'code' in error && error.code === 'ESOCKET'
  return isSocket ? (error.cause ?? error) : error
}

function isConnection(value: unknown): value is TediousConnectionObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['execSql', 'execSqlBatch', 'callProcedure'].every(
      (name) => typeof (value as Record<string, unknown>)[name] === 'function',
    )
  )
}
