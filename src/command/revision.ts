import { asBoolean } from '../config/boolean.ts'
import type { DestructiveChange } from '../autogenerate/destructive.ts'
import type { Verification } from '../autogenerate/verify/verification.ts'
import type { ProcessRevisionDirectives } from '../autogenerate/options.ts'
import type { RevisionArguments, RevisionContext } from '../autogenerate/revision-context.ts'
import type { Config } from '../config/config.ts'
import { CommandError, DestructiveChangesError } from '../errors/command-error.ts'
import { ScriptDirectory, type ScriptKind } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import { renameSources, type RenameOptions } from './rename-sources.ts'
import { newRevisionId } from './revision-id.ts'

export interface RevisionOptions extends RenameOptions {
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
  /** Which kind of file: `ts`, `js` or `sql`; default that of the project's template. */
  readonly kind?: ScriptKind
  /** May change what is written, before what the environment configured does; only where that is run. */
  readonly processRevisionDirectives?: ProcessRevisionDirectives
  /** Fail instead of writing what drops tables or columns, narrows types, or fails on rows with NULL; default false. */
  readonly forbidDestructive?: boolean
  /** Told of each such change that was found. */
  readonly onDestructive?: (change: DestructiveChange) => void
  /** Try the new file in a scratch place; default false. */
  readonly verify?: boolean
  /** Told what came of it; where it failed, there is an error instead. */
  readonly onVerified?: (verification: Verification) => void
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
  if (autogenerate && options.kind === 'sql')
    throw new CommandError(
      '--autogenerate writes operations, and a revision in plain SQL has none; leave --kind sql out',
    )
  if (!autogenerate) refuseWithoutAutogenerate(options)
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
    kind: options.kind ?? null,
    templateArgs: { config },
  })
}

function refuseWithoutAutogenerate({
  rename = [],
  renames,
  forbidDestructive,
  verify,
}: RevisionOptions): void {
  const given =
    rename.length > 0
      ? '--rename'
      : renames !== undefined
        ? '--renames'
        : forbidDestructive === true
          ? '--forbid-destructive'
          : verify === true
            ? '--verify'
            : null
  if (given !== null) throw new CommandError(`${given} is for --autogenerate, which compares`)
}

/** Runs the environment, which compares or has hooks of its own, and writes what comes of it. */
async function revisionFromEnvironment(
  config: Config,
  script: ScriptDirectory,
  args: RevisionArguments,
  options: RevisionOptions,
): Promise<Script | readonly Script[]> {
  const { autogenerate = false, sql = false, kind, processRevisionDirectives } = options
  const { RevisionContext } = await import('../autogenerate/revision-context.ts')
  const { runEnvironment } = await import('./run-environment.ts')
  const templateArgs: Record<string, unknown> = { config }
  const context = new RevisionContext({
    script,
    args,
    templateArgs,
    kind,
    processRevisionDirectives,
    renames: autogenerate ? await renameSources(config, options) : {},
  })
  await runEnvironment(config, script, {
    fn: async (rows, migrationContext) => {
      if (autogenerate) await context.runAutogenerate(rows, migrationContext)
      else await context.runNoAutogenerate(rows, migrationContext)
      return []
    },
    asSql: sql,
    templateArgs,
  })
  context.assertRenamesFit()
  if (autogenerate) await tellDestructive(context, options)
  const scripts = await context.generateScripts()
  if (options.verify === true) await verifyCreated(config, script, context, scripts, options)
  const [only, ...others] = scripts
  return only !== undefined && others.length === 0 ? only : scripts
}

async function verifyCreated(
  config: Config,
  script: ScriptDirectory,
  context: RevisionContext,
  scripts: readonly Script[],
  { onVerified }: RevisionOptions,
): Promise<void> {
  const { reportVerification, verifyRevisions } = await import('./verify.ts')
  const verification = await verifyRevisions(config, script, context, scripts)
  reportVerification(config, verification, {
    proven: 'upgrade() leads to the models, and downgrade() back',
    kept: `; the file is kept: ${scripts.map(({ path }) => path).join(', ')}`,
  })
  onVerified?.(verification)
}

/** Throws DestructiveChangesError where there are such changes, and they are forbidden. */
async function tellDestructive(
  context: RevisionContext,
  { onDestructive, forbidDestructive = false }: RevisionOptions,
): Promise<void> {
  const { destructiveChanges } = await import('../autogenerate/destructive.ts')
  const changes = context.upgrades.flatMap(({ ops, dialectName, notesDestructive }) =>
    destructiveChanges(ops, dialectName).map((change) => ({ change, isTold: notesDestructive })),
  )
  for (const { change, isTold } of changes) if (isTold) onDestructive?.(change)
  if (!forbidDestructive || changes.length === 0) return
  const list = changes.map(({ change }) => change.description).join('; ')
  throw new DestructiveChangesError(`nothing was written, as the revision is destructive: ${list}`)
}
