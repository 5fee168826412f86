import { asBoolean } from '../config/boolean.ts'
import type { ProcessRevisionDirectives } from '../autogenerate/options.ts'
import type { RevisionArguments } from '../autogenerate/revision-context.ts'
import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import { newRevisionId } from './revision-id.ts'

export interface RevisionOptions {
  readonly message?: string
  /** Fill the file with the operations that lead from the database to the models; default false. */
  readonly autogenerate?: boolean
  /** Run the environment in offline mode; only with the option `revision_environment`. */
  readonly sql?: boolean
  /** What to build on; default `head`. */
  readonly head?: string | readonly string[]
  /** Allow a `head` that is none; default false. */
  readonly splice?: boolean
  readonly branchLabel?: string | readonly string[]
  /** Folder of the file, one of the version locations. */
  readonly versionPath?: string
  /** Identifier of the revision; default a random one. */
  readonly revId?: string
  readonly dependsOn?: string | readonly string[]
  /** May change what is written, before what the environment configured does; only where that is run. */
  readonly processRevisionDirectives?: ProcessRevisionDirectives
}

/**
 * Makes a new revision file and returns its revision; a list where `processRevisionDirectives` made several, or none.
 *
 * @example
 * const script = await revision(config, { message: 'add users', autogenerate: true })
 */
export async function revision(
  config: Config,
  options: RevisionOptions = {},
): Promise<Script | readonly Script[]> {
  const { autogenerate = false, sql = false } = options
  const script = ScriptDirectory.fromConfig(config)
  const runsEnvironment = asBoolean(config.getAlembicOption('revision_environment'))
  if (sql && autogenerate)
    throw new CommandError('Using --sql with --autogenerate does not make any sense')
  if (sql && !runsEnvironment)
    throw new CommandError(
      'Using --sql with the revision command when revision_environment is not configured does not make any sense',
    )
  const args: RevisionArguments = {
    revId: options.revId ?? newRevisionId(),
    message: options.message ?? null,
    head: options.head ?? 'head',
    splice: options.splice ?? false,
    branchLabel: options.branchLabel ?? null,
    versionPath: options.versionPath ?? null,
    dependsOn: options.dependsOn ?? null,
  }
  if (autogenerate || runsEnvironment)
    return await revisionFromEnvironment(config, script, args, options)
  const { revId, message, branchLabel, ...plan } = args
  return await script.generateRevision(revId, message, {
    ...plan,
    branchLabels: branchLabel,
    templateArgs: { config },
  })
}

/** Runs the environment, which compares or has hooks of its own, and writes what comes of it. */
async function revisionFromEnvironment(
  config: Config,
  script: ScriptDirectory,
  args: RevisionArguments,
  { autogenerate = false, sql = false, processRevisionDirectives }: RevisionOptions,
): Promise<Script | readonly Script[]> {
  const { RevisionContext } = await import('../autogenerate/revision-context.ts')
  const { runEnvironment } = await import('./run-environment.ts')
  const templateArgs: Record<string, unknown> = { config }
  const context = new RevisionContext({ script, args, templateArgs, processRevisionDirectives })
  await runEnvironment(config, script, {
    fn: async (rows, migrationContext) => {
      if (autogenerate) await context.runAutogenerate(rows, migrationContext)
      else await context.runNoAutogenerate(rows, migrationContext)
      return []
    },
    asSql: sql,
    templateArgs,
  })
  const scripts = await context.generateScripts()
  const [only, ...others] = scripts
  return only !== undefined && others.length === 0 ? only : scripts
}
