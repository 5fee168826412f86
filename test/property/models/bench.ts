import { describeDiffs } from '../../../src/autogenerate/describe-diffs.ts'
import { compareMetadata } from '../../../src/autogenerate/produce.ts'
import '../../../src/dialects/builtin.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../../src/runtime/migration-context.ts'
import type { MetaData } from '../../../src/sql/schema/metadata.ts'
import type { RawConnection } from '../raw-connection.ts'
import { openScratch, type PropertyServer } from '../servers.ts'
import { OTHER_SCHEMA } from './rules.ts'

/** An empty database that models are made in, one after the other. */
export interface ModelBench {
  readonly connection: Connection
  readonly raw: RawConnection
  /** Leaves nothing but the schemas of the models. */
  clear(): Promise<void>
  context(options?: MigrationContextOptions): Promise<MigrationContext>
  /** What autogenerate finds, as a line. */
  differences(metadata: MetaData): Promise<string>
  dispose(): Promise<void>
}

export async function openBench(server: PropertyServer): Promise<ModelBench> {
  const scratch = await openScratch(server)
  const raw = await server.connect(scratch.rawUrl)
  const engine = createEngine(scratch.url)
  const connection = await engine.connect()
  const context = (options: MigrationContextOptions = {}): Promise<MigrationContext> =>
    MigrationContext.configure({
      connection,
      lock: 'off',
      compareServerDefault: true,
      includeSchemas: server.abilities.hasSchemas,
      detect: { serverNamedChecks: true },
      ...options,
    })
  return {
    connection,
    raw,
    context,
    clear: () => server.reset(raw, { schema: OTHER_SCHEMA }),
    differences: async (metadata) =>
      describeDiffs(await compareMetadata(await context(), metadata)),
    dispose: async () => {
      await engine.dispose()
      await raw.close()
      await scratch.dispose()
    },
  }
}
