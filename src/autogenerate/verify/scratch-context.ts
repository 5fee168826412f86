import { inspect } from '../../engine/inspect.ts'
import { connectionOver, loadDialect } from '../../engine/registry.ts'
import type { ScratchPlace } from '../../engine/scratch-place.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import { runWith } from '../../operations/current.ts'
import type { MigrationContextView } from '../../runtime/context-view.ts'
import { MigrationContext, type MigrationContextOptions } from '../../runtime/migration-context.ts'
import { MigrationQueue, runMigrationBody } from '../../runtime/queue.ts'
import type { Connection } from '../../engine/connection.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { compareMetadata } from '../produce.ts'
import { impossible, messageOf, type Verification } from './verification.ts'

/** The tables of the default schema as they are now, but for the version table. */
export async function reflectStructure(context: MigrationContextView): Promise<MetaData> {
  const metadata = new MetaData()
  if (context.connection === null) return metadata
  const inspector = await inspect(context.connection)
  const { versionTable = 'alembic_version' } = context.opts
  for (const table of (await inspector.reflectTables()).values()) {
    if (table.name !== versionTable) tableFromReflection(table, metadata)
  }
  return metadata
}

/** A migration context whose database is a scratch place. */
export class ScratchContext {
  readonly place: string
  readonly connection: Connection
  readonly #options: MigrationContextOptions

  constructor(place: string, connection: Connection, { opts }: MigrationContextView) {
    const own = new Set(['fn', 'observe', 'url', 'dialectName', 'connectArgs'])
    const kept = Object.entries(opts).filter(([key]) => !own.has(key))
    this.place = place
    this.connection = connection
    this.#options = { ...Object.fromEntries(kept), connection, lock: 'off', dontMutate: true }
  }

  /** Runs the body of a migration, in transactions as a command has them. */
  async run(body: () => unknown): Promise<void> {
    const context = await MigrationContext.configure(this.#options)
    const { transactions, impl } = context
    const queue = new MigrationQueue()
    await impl.startMigrations()
    await transactions.at('perRun', () =>
      transactions.at('perStep', () =>
        runWith(context.createOperationContext(queue), () => runMigrationBody(queue, body)),
      ),
    )
  }

  async differences(metadata: readonly MetaData[]): Promise<readonly unknown[]> {
    return await compareMetadata(await MigrationContext.configure(this.#options), metadata)
  }
}

/**
 * Runs `work` in a scratch place, which is gone afterwards, whatever happens. What the run's transaction had done is committed
 * first.
 */
export async function inScratchPlace(
  context: MigrationContextView,
  work: (scratch: ScratchContext) => Promise<Verification>,
): Promise<Verification> {
  const { connection } = context
  if (connection === null) return impossible('there is no connection')
  const engine = await loadDialect(connection.dialect.name)
  if (engine.openScratch === undefined) {
    return impossible(`no scratch place is known for ${connection.dialect.name}`)
  }
  const { openScratch } = engine
  const run = async (): Promise<Verification> => {
    let place: ScratchPlace
    try {
      place = await openScratch(connection)
    } catch (error) {
      return impossible(`the scratch place could not be made: ${messageOf(error)}`)
    }
    try {
      const inner = await connectionOver(engine, place.session)
      return await work(new ScratchContext(place.description, inner, context))
    } finally {
      await place.dispose()
    }
  }
  try {
    return await context.autocommitBlock(run)
  } catch (error) {
    return impossible(messageOf(error))
  }
}
