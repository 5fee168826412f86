import { afterAll, beforeAll, describe, it } from 'vitest'
import '../../../src/dialects/builtin.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { isRequired } from '../../live/required.ts'

/** The URL of an empty database that tests may fill; nothing runs without it. */
export const firebirdUrl: string | undefined = process.env['ALEMBIC_TEST_FIREBIRD_URL']

/** A suite on a Firebird server; skipped with a warning, or failing where it is required, without one. */
export function describeFirebird(
  title: string,
  define: (connection: () => Connection) => void,
): void {
  if (firebirdUrl === undefined) {
    const reason = `SKIPPED: ${title}: no Firebird server; set ALEMBIC_TEST_FIREBIRD_URL to the URL of an empty database`
    if (!isRequired('firebird')) console.warn(reason)
    it.skipIf(!isRequired('firebird'))(title, () => {
      throw new TypeError(reason)
    })
    return
  }
  describe(title, () => {
    let connection: Connection
    beforeAll(async () => {
      connection = await createEngine(firebirdUrl ?? '').connect()
      await dropEverything(connection)
    })
    afterAll(async () => {
      await dropEverything(connection)
      await connection.close()
    })
    define(() => connection)
  })
}

/** Drops the tables, those that refer to others first, and then the sequences. */
async function dropEverything(connection: Connection): Promise<void> {
  const { rows: keys } = await connection.execute(
    `SELECT TRIM(rdb$relation_name) AS "on", TRIM(rdb$constraint_name) AS "name"
     FROM rdb$relation_constraints WHERE rdb$constraint_type = 'FOREIGN KEY'`,
  )
  for (const { on, name } of keys) {
    await connection.execute(`ALTER TABLE "${String(on)}" DROP CONSTRAINT "${String(name)}"`)
  }
  const { rows } = await connection.execute(
    `SELECT TRIM(rdb$relation_name) AS "name", rdb$view_blr AS "view" FROM rdb$relations
     WHERE COALESCE(rdb$system_flag, 0) = 0 ORDER BY rdb$view_blr NULLS LAST`,
  )
  for (const { name, view } of rows) {
    await connection.execute(`DROP ${view === null ? 'TABLE' : 'VIEW'} "${String(name)}"`)
  }
  const { rows: sequences } = await connection.execute(
    `SELECT TRIM(rdb$generator_name) AS "name" FROM rdb$generators WHERE COALESCE(rdb$system_flag, 0) = 0`,
  )
  for (const { name } of sequences) await connection.execute(`DROP SEQUENCE "${String(name)}"`)
}
