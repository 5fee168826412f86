// The tests of batch mode once more over libsql: a fork of SQLite, of an older version.
import { expect, it, vi } from 'vitest'
import { libsqlDriver } from '../../../src/dialects/sqlite/drivers/libsql.ts'
import { connectMemory } from './batch-database.ts'

vi.stubEnv('ALEMBIC_TEST_SQLITE_MEMORY', 'sqlite+libsql://')

await import('./changes.test.ts')
await import('./disasters.test.ts')
await import('./features.test.ts')
await import('./foreign-keys.test.ts')
await import('./kept.test.ts')
await import('./values.test.ts')

it('libsql is what these tests ran on', async () => {
  const connection = await connectMemory()
  expect(await libsqlDriver.adopt(connection.driverConnection.raw)).toBeDefined()
  await connection.close()
})
