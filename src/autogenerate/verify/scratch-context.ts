import { connectionOver, loadDialect } from '../../engine/registry.ts'
import type { NamedSchema, ScratchPlace } from '../../engine/scratch-place.ts'
import { OperationError } from '../../errors/operation-error.ts'
import { runWith } from '../../operations/current.ts'
import type { MigrationContextView } from '../../runtime/context-view.ts'
import { createAll } from '../../runtime/create-all.ts'
import { MigrationContext, type MigrationContextOptions } from '../../runtime/migration-context.ts'
import { MigrationQueue, runMigrationBody } from '../../runtime/queue.ts'
import type { Connection } from '../../engine/connection.ts'
import type { DialectSettings } from '../../sql/compile/dialect.ts'
import type { MetaData } from '../../sql/schema/metadata.ts'
import type { AutogenerateOptions } from '../options.ts'
import { compareMetadata } from '../produce.ts'
import { impossible, messageOf, type Verification } from './verification.ts'

/** A migration context whose database is a scratch place. */
export class ScratchContext {
  readonly connection: Connection
  readonly #place: ScratchPlace
  readonly #options: MigrationContextOptions
  #trespass: string | null = null

  constructor(place: ScratchPlace, connection: Connection, { opts }: MigrationContextView) {
    const own = new Set(['fn', 'observe', 'url', 'dialectName', 'connectArgs'])
    const kept = Object.entries(opts).filter(([key]) => !own.has(key))
    this.#place = place
    this.connection = connection
    this.#options = { ...Object.fromEntries(kept), connection, lock: 'off', dontMutate: true }
    connection.observe(({ sql }) => {
      const trespass = place.findTrespass?.(sql) ?? null
      if (trespass === null) return
      this.#trespass ??= trespass
      throw new OperationError(trespass)
    })
  }

  /** The environment's options. */
  get opts(): AutogenerateOptions {
    return this.#options
  }

  get place(): string {
    return this.#place.description
  }

  /** What of the user's database isn't there, though it is no table. */
  get lacks(): readonly string[] {
    return this.#place.lacks()
  }

  /** The statement that was kept back, since it would have left the place; `null` where there was none. */
  get trespass(): string | null {
    return this.#trespass
  }

  /** Makes a copy of tables, and of what stands on them. */
  async copy(structure: MetaData): Promise<void> {
    await createAll(structure, this.connection)
    await this.#place.copyDependents?.()
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

  /** What differs, by the environment's options; `more` are others. */
  async differences(
    metadata: readonly MetaData[],
    more: AutogenerateOptions = {},
  ): Promise<readonly unknown[]> {
    const context = await MigrationContext.configure({ ...this.#options, ...more })
    return await compareMetadata(context, metadata)
  }
}

/** Where schemas have other names, they go by the user's all the same, the default one too. */
function settingsFor(
  { schemaNames }: ScratchPlace,
  { dialect: { traits } }: Connection,
): DialectSettings | undefined {
  if (schemaNames === undefined) return undefined
  const { defaultSchemaName } = traits
  return {
    flags: { schemaNames },
    ...(defaultSchemaName !== undefined && { defaultSchemaName }),
  }
}

/**
 * Runs `work` in a scratch place, which is gone afterwards, whatever happens. What the run's transaction had done is committed
 * first; a transaction of the caller's stays open, and nothing is done in it.
 */
export async function inScratchPlace(
  context: MigrationContextView,
  schemas: readonly NamedSchema[],
  work: (scratch: ScratchContext) => Promise<Verification>,
): Promise<Verification> {
  const { connection } = context
  if (connection === null) return impossible('there is no connection')
  const engine = await loadDialect(connection.dialect.name)
  if (engine.openScratch === undefined) {
    return impossible(`no scratch place is known for ${connection.dialect.name}`)
  }
  const { openScratch } = engine
  const isInTransaction = context.isInCallersTransaction
  const run = async (): Promise<Verification> => {
    let place: ScratchPlace
    try {
      place = await openScratch(connection, { schemas, isInTransaction })
    } catch (error) {
      return impossible(`the scratch place could not be made: ${messageOf(error)}`)
    }
    try {
      const inner = await connectionOver(engine, place.session, {
        settings: settingsFor(place, connection),
      })
      return await work(new ScratchContext(place, inner, context))
    } finally {
      await place.dispose()
    }
  }
  try {
    return await (isInTransaction ? run() : context.autocommitBlock(run))
  } catch (error) {
    return impossible(messageOf(error))
  }
}
