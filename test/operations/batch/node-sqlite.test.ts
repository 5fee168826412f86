// The tests of batch mode once more over Node's own SQLite, where this Node has it.
import { expect, it, vi } from 'vitest'
import { nodeSqliteDriver } from '../../../src/dialects/sqlite/drivers/node-sqlite.ts'
import { nodeSqlite } from '../../live/node-sqlite.ts'
import { connectMemory } from './batch-database.ts'

const isThere = nodeSqlite() !== undefined
const skipped = `SKIPPED: node:sqlite needs Node 22.16, this is ${process.version}: batch mode`

if (isThere) {
  vi.stubEnv('ALEMBIC_TEST_SQLITE_MEMORY', 'sqlite+node-sqlite://')

  await import('./changes.test.ts')
  await import('./disasters.test.ts')
  await import('./features.test.ts')
  await import('./foreign-keys.test.ts')
  await import('./kept.test.ts')
  await import('./values.test.ts')
} else console.warn(skipped)

it.skipIf(!isThere)(isThere ? 'node:sqlite is what these tests ran on' : skipped, async () => {
  const connection = await connectMemory()
  expect(await nodeSqliteDriver.adopt(connection.driverConnection.raw)).toBeDefined()
  await connection.close()
})
