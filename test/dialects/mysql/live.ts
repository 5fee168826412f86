import { describe, it } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import '../../../src/dialects/builtin.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import type { MysqlSettings } from '../../../src/dialects/mysql/compile/traits.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { isRequired } from '../../live/required.ts'
import { liveDatabases, type ScratchDatabase } from '../../live/servers.ts'

/** A scratch database of MariaDB, and a connection to it through the dialect of that name. */
export interface LiveMariadb {
  readonly scratch: ScratchDatabase
  readonly name: string
  readonly connection: Connection
  dispose(): Promise<void>
}

/** A suite that needs the MariaDB server: skipped with a warning without one, or a failure where it is required. */
export function describeMariadb(title: string, define: () => void): void {
  const mariadb = liveDatabases().find(({ name }) => name === 'mariadb')
  if (mariadb?.available === true) {
    describe(title, define)
  } else if (isRequired('mariadb')) {
    it(title, () => {
      throw new Error(`mariadb is required here but not reachable: ${mariadb?.reason ?? ''}`)
    })
  } else {
    console.warn(`SKIPPED: mariadb not reachable (${mariadb?.reason ?? ''}): ${title}`)
    describe.skip(title, define)
  }
}

/** Opens a scratch database; `mysql` is the same server through the dialect of that name. */
export async function openScratch(
  dialect: 'mysql' | 'mariadb' = 'mariadb',
  dialectSettings: MysqlSettings = {},
): Promise<LiveMariadb> {
  const mariadb = liveDatabases().find(({ name }) => name === 'mariadb')
  if (mariadb === undefined) throw new TypeError('no MariaDB among the live databases')
  const scratch = await mariadb.createScratch()
  const url = makeUrl(scratch.url).set({ drivername: dialect })
  const engine = createEngine(url, { dialectSettings })
  const connection = await engine.connect()
  return {
    scratch,
    name: url.database ?? '',
    connection,
    async dispose() {
      await engine.dispose()
      await scratch.dispose()
    },
  }
}
