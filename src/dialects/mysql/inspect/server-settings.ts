import type { DriverConnection } from '../../../engine/driver.ts'
import { ConnectionError } from '../../../errors/driver-error.ts'
import type { MysqlSettings } from '../compile/traits.ts'

/** Whether a version text is MariaDB's. */
export function isMariadbVersion(text: string): boolean {
  return text.toLowerCase().includes('mariadb')
}

/**
 * The numbers of a version text. Proxies and old replication settings put `5.5.5-` before MariaDB's own version:
 * the three numbers before the word count.
 */
export function serverVersionNumbers(text: string): readonly number[] {
  const own = isMariadbVersion(text) ? text.slice(0, text.toLowerCase().indexOf('mariadb')) : text
  const numbers = own.split(/[.\-+]/).flatMap((token) => {
    const found = /^(\d+)(?:a|b|c)?$/.exec(token)
    return found === null ? [] : [Number(found[1])]
  })
  return isMariadbVersion(text) ? numbers.slice(-3) : numbers.slice(0, 3)
}

/** Asks the server, in one query, for what its dialect depends on. */
export async function readServerSettings(connection: DriverConnection): Promise<MysqlSettings> {
  const { rows } = await connection.execute(
    'SELECT VERSION() AS version, @@sql_mode AS sql_mode, DATABASE() AS current_database',
  )
  const [row = {}] = rows
  const text = String(row['version'])
  const serverVersion = serverVersionNumbers(text)
  const isMariadb = isMariadbVersion(text)
  const database = row['current_database']
  const atLeast = (...wanted: readonly number[]): boolean =>
    compareVersions(serverVersion, wanted) >= 0
  return {
    paramstyle: 'qmark',
    serverVersion,
    ...(typeof database === 'string' ? { defaultSchemaName: database } : {}),
    flags: {
      isMariadb,
      backslashEscapes: !String(row['sql_mode']).includes('NO_BACKSLASH_ESCAPES'),
      supportsSequences: isMariadb && atLeast(10, 3),
      supportsDefaultExpressions: isMariadb ? atLeast(10, 2, 1) : atLeast(8, 0, 13),
      supportsFloatCast: isMariadb ? atLeast(10, 4, 5) : atLeast(8, 0, 17),
    },
  }
}

/** The same for a URL that says `mariadb`: another server is refused, before it is taken for what it isn't. */
export async function readMariadbSettings(connection: DriverConnection): Promise<MysqlSettings> {
  const settings = await readServerSettings(connection)
  if (settings.flags?.isMariadb === true) return settings
  throw new ConnectionError(
    `MySQL version ${settings.serverVersion?.join('.') ?? '?'} is not a MariaDB variant; write mysql:// in the database URL`,
  )
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (const [position, wanted] of b.entries()) {
    const actual = a[position] ?? 0
    if (actual !== wanted) return actual - wanted
  }
  return 0
}
