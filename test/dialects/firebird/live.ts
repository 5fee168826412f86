import { afterAll, beforeAll } from 'vitest'
import '../../../src/dialects/builtin.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { describeDatabases, type ScratchDatabase } from '../../live/servers.ts'

/** A suite on an empty database of its own; skipped with a warning, or failing where it is required, without a server. */
export function describeFirebird(
  title: string,
  define: (connection: () => Connection, url: () => string) => void,
): void {
  describeDatabases(['firebird'], title, (db) => {
    let scratch: ScratchDatabase
    let connection: Connection
    beforeAll(async () => {
      scratch = await db.createScratch()
      connection = await createEngine(scratch.url).connect()
    })
    afterAll(async () => {
      await connection.close()
      await scratch.dispose()
    })
    define(
      () => connection,
      () => scratch.url,
    )
  })
}
