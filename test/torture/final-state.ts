import type { LiveDatabase, Row, ScratchDatabase } from '../live/servers.ts'
import { dumpSchema } from '../examples/schema-dump.ts'

/** Schema, rows and versions after the long migration, as the database tells them. */
export async function finalState(
  name: LiveDatabase['name'],
  scratch: ScratchDatabase,
): Promise<string> {
  const rows = async (sql: string): Promise<string> =>
    JSON.stringify((await scratch.query(sql)).map((row: Row) => Object.values(row)))
  return [
    await dumpSchema(name, scratch),
    await rows('SELECT version_num FROM alembic_version'),
    await rows('SELECT id, owner, note FROM accounts ORDER BY id'),
    await rows('SELECT account_id, cents FROM postings ORDER BY account_id'),
    await rows('SELECT id, n FROM earlier ORDER BY id'),
  ].join('\n')
}
