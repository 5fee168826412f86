import { connectionFailure } from '../../../engine/driver-failure.ts'
import type { Driver } from '../../../engine/driver.ts'
import { importDriver } from '../../../engine/import-driver.ts'
import { OracledbConnection } from './oracledb-connection.ts'
import type { OracledbConnectionObject, OracledbConstants } from './oracledb-connection.ts'
import { oracledbAddress } from './oracledb-options.ts'

interface Oracledb extends OracledbConstants {
  getConnection(config: Readonly<Record<string, unknown>>): Promise<OracledbConnectionObject>
}

interface OracledbPool {
  getConnection(): Promise<OracledbConnectionObject>
}

// Dates may be given as text: it is read in the form that all databases share.
const DATE_FORMATS = `ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS'
 NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF'
 NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM'`

/** Oracle through `oracledb`, in its thin mode: without Oracle's own client libraries. */
export const oracledbDriver: Driver = {
  packageName: 'oracledb',

  async connect(url, connectArgs) {
    const { config, target, check } = oracledbAddress(url)
    const oracledb = await importDriver<Oracledb>('oracledb')
    let raw: OracledbConnectionObject
    try {
      raw = await oracledb.getConnection({ ...config, ...connectArgs })
    } catch (error) {
      throw connectionFailure(networkError(error), { url, target, check })
    }
    const connection = new OracledbConnection(raw, oracledb, () => raw.close())
    await connection.execute(DATE_FORMATS)
    return connection
  },

  async adopt(connection) {
    if (isConnection(connection)) {
      const oracledb = await importDriver<Oracledb>('oracledb')
      return new OracledbConnection(connection, oracledb, async () => undefined)
    }
    if (!isPool(connection)) return undefined
    const oracledb = await importDriver<Oracledb>('oracledb')
    const pooled = await connection.getConnection()
    return new OracledbConnection(pooled, oracledb, () => pooled.close())
  },
}

/** What the socket said, which the package wraps in an error of its own. */
function networkError(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? cause : error
}

function isConnection(value: unknown): value is OracledbConnectionObject {
  return hasFunctions(value, 'execute', 'executeMany', 'close') && 'oracleServerVersion' in value
}

function isPool(value: unknown): value is OracledbPool {
  return hasFunctions(value, 'getConnection', 'close') && 'poolAlias' in value
}

function hasFunctions(value: unknown, ...names: readonly string[]): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  )
}
