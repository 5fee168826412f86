import { createEngine } from '../../src/engine/engine.ts'
import { createAll, dropAll } from '../../src/runtime/create-all.ts'
import type { MetaData } from '../../src/sql/schema/metadata.ts'
import '../../src/index.ts'
import type { LiveDatabase, ScratchDatabase } from '../live/servers.ts'
import { dumpSchema } from './schema-dump.ts'

/** What the database looks like when the models are created without migrations, in an otherwise empty database. */
export async function dumpDirectCreate(
  database: LiveDatabase['name'],
  scratch: ScratchDatabase,
  metadata: MetaData,
): Promise<string> {
  const connection = await createEngine(scratch.url).connect()
  try {
    await createAll(metadata, connection)
    return await dumpSchema(database, scratch)
  } finally {
    await dropAll(metadata, connection)
    await connection.close()
  }
}
