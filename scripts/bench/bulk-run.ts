import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { DatabaseUrl } from '../../src/engine/url.ts'
import type { RowSource } from '../../src/impl/row-source.ts'
import { op } from '../../src/operations/operations.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { inMemoryHistory } from '../../test/runtime/history.ts'
import { type Cost, costOf } from './bulk-cost.ts'
import { CREATE, people } from './bulk-rows.ts'

/** Inserts the rows in a revision's upgrade, under its lock and journal; what the operation took. */
export async function bulkInsertIn(url: DatabaseUrl, rows: () => RowSource): Promise<Cost> {
  const engine = createEngine(url)
  const connection = await engine.connect()
  await connection.execute('DROP TABLE IF EXISTS people')
  await connection.execute('DROP TABLE IF EXISTS alembic_version')
  await connection.execute(CREATE)
  let cost: Cost | undefined
  const upgrade = async (): Promise<void> => {
    cost = await costOf(async () => await op.bulkInsert(people, rows()))
  }
  const fn = inMemoryHistory([{ id: 'a1', down: null, upgrade }]).upgradeTo('a1')
  const context = await MigrationContext.configure({ connection, fn })
  await context.beginTransaction(() => context.runMigrations())
  await engine.dispose()
  if (cost === undefined) throw new Error('the revision did not run')
  return cost
}
