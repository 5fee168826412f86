import { afterAll, beforeAll, describe, it } from 'vitest'
import '../../../src/dialects/builtin.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { isRequired } from '../../live/required.ts'
import { liveDatabases, type ScratchDatabase } from '../../live/servers.ts'

/** A suite on an empty database of its own; skipped with a warning, or failing where it is required, without a server. */
export function describePostgresql(
  title: string,
  define: (
    connection: () => Connection,
    connect: () => Promise<Connection>,
    url: () => string,
  ) => void,
): void {
  const server = liveDatabases().find(({ name }) => name === 'postgresql')
  if (server?.available !== true) {
    const reason = `SKIPPED: ${title}: PostgreSQL is not reachable (${server?.reason ?? ''})`
    if (!isRequired('postgresql')) console.warn(reason)
    it.skipIf(!isRequired('postgresql'))(title, () => {
      throw new TypeError(reason)
    })
    return
  }
  describe(title, () => {
    let scratch: ScratchDatabase
    let connection: Connection
    const connect = (): Promise<Connection> => createEngine(scratch.url).connect()
    beforeAll(async () => {
      scratch = await server.createScratch()
      connection = await connect()
      await connection.execute('SET client_min_messages = error')
    })
    afterAll(async () => {
      await connection.close()
      await scratch.dispose()
    })
    define(
      () => connection,
      connect,
      () => scratch.url,
    )
  })
}
