import { existsSync } from 'node:fs'
import { inspect } from '../engine/inspect.ts'
import type { Inspector } from '../engine/inspector.ts'
import { CommandError } from '../errors/command-error.ts'
import { createComparison } from '../impl/comparison-registry.ts'
import { loadRendering } from '../render/dialect-rendering.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import { MetaData } from '../sql/schema/metadata.ts'
import { AutogenContext, type LiveDatabase } from './autogen-context.ts'
import { setupBuiltInPlugins } from './built-in-plugins.ts'
import { Comparators } from './comparators.ts'
import type { AutogenerateOptions } from './options.ts'
import { populateComparators } from './plugin.ts'
import { withSyncHooks } from './sync-hooks.ts'
import type { RenameSources } from './renames/rename.ts'

/** The models: one `MetaData` or several. */
export type TargetMetadata = MetaData | readonly MetaData[]

/** How an autogenerate context is opened. */
export interface OpenContextOptions {
  /** The models; those of `context.configure({ targetMetadata })` unless given. */
  readonly metadata?: TargetMetadata | null
  /** Reads the database; the dialect's own unless given. */
  readonly inspector?: Inspector
  /** `false` where nothing will be compared, and files are only written. Default `true`. */
  readonly autogenerate?: boolean
  /** What a command was told of renames. */
  readonly renames?: RenameSources | undefined
}

/**
 * Makes the context of one autogenerate run.
 *
 * @throws CommandError in `--sql` mode, and where there are no models
 */
export async function openAutogenContext(
  migrationContext: MigrationContextView,
  { metadata = null, autogenerate = true, inspector, renames }: OpenContextOptions = {},
): Promise<AutogenContext> {
  const opts = withSyncHooks<AutogenerateOptions>(migrationContext.opts)
  const rendering = await loadRendering(migrationContext.dialect.name)
  const comparators = new Comparators<AutogenContext>()
  const parts = { migrationContext, opts, comparators, rendering, renames }
  if (!autogenerate) {
    return new AutogenContext({ ...parts, metadata: [], database: null })
  }
  const database = await liveDatabase(migrationContext, inspector)
  setupBuiltInPlugins()
  populateComparators(comparators, opts.autogeneratePlugins ?? ['alembic.autogenerate.*'])
  const models = readMetadata(metadata ?? migrationContext.opts['targetMetadata'], migrationContext)
  return new AutogenContext({ ...parts, metadata: models, database })
}

async function liveDatabase(
  { asSql, connection, opts }: MigrationContextView,
  inspector: Inspector | undefined,
): Promise<LiveDatabase> {
  if (asSql || connection === null) {
    throw new CommandError(
      "autogenerate can't use as_sql=True as it prevents querying the database for schema information",
    )
  }
  const { dialect } = connection
  const { detect }: AutogenerateOptions = opts
  const comparison = await createComparison({ dialect, connection, detect })
  return { connection, inspector: inspector ?? (await inspect(connection)), comparison }
}

function readMetadata(given: unknown, context: MigrationContextView): readonly MetaData[] {
  const list = Array.isArray(given) ? (given as readonly unknown[]) : [given]
  const models = list.filter((one) => one instanceof MetaData)
  if (models.length === list.length) return models
  throw noModels(context)
}

/** The error of an environment without models. */
export function noModels({ script }: MigrationContextView): CommandError {
  const giveThem = 'one MetaData, or a list of them, with the tables that the database is to have'
  if (script !== null && !existsSync(script.envLocation)) {
    return new CommandError(
      `Can't proceed with --autogenerate option; the configuration has no models: set 'models' to ${giveThem}`,
    )
  }
  const where = script === null ? '' : `environment script ${script.envLocation} `
  return new CommandError(
    `Can't proceed with --autogenerate option; ${where}does not provide a MetaData object or sequence of objects to the context.`,
    { hint: `give context.configure() as targetMetadata the models: ${giveThem}` },
  )
}
