import { CommandError } from '../errors/command-error.ts'
import { resolveDetections } from '../impl/detections.ts'
import {
  DowngradeOps,
  MigrationScript,
  UpgradeOps,
  type OpContainer,
} from '../operations/containers.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { ScriptDirectory, ScriptKind } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import type { AutogenContext } from './autogen-context.ts'
import { noModels, openAutogenContext } from './open-context.ts'
import type { AutogenerateOptions, ProcessRevisionDirectives } from './options.ts'
import { produceNetChanges } from './produce.ts'
import type { RenameSources } from './renames/rename.ts'
import { RenameLedger } from './renames/rename-ledger.ts'
import { renderTemplateVariables } from './render-code.ts'

/** Where a new revision goes. */
export interface RevisionArguments {
  readonly revId: string
  readonly message: string | null
  readonly head: string | readonly string[]
  readonly splice: boolean
  readonly branchLabel: string | readonly string[] | null
  readonly versionPath: string | null
  readonly dependsOn: string | readonly string[] | null
}

/** What the making of a revision is made of. */
export interface RevisionContextParts {
  readonly script: ScriptDirectory
  readonly args: RevisionArguments
  /** Variables for the template of the file. */
  readonly templateArgs: Record<string, unknown>
  /** Which kind of file; default that of the template. */
  readonly kind?: ScriptKind | undefined
  readonly processRevisionDirectives?: ProcessRevisionDirectives | undefined
  /** What the command was told of renames. */
  readonly renames?: RenameSources | undefined
}

/** What a file does to one database. */
export interface DatabaseUpgrade {
  readonly ops: OpContainer
  readonly dialectName: string
  /** The environment's `detect.destructive`. */
  readonly notesDestructive: boolean
}

/** The making of revision files: what the environment's `runMigrations()` compares, and what is written of it. */
export class RevisionContext {
  readonly script: ScriptDirectory
  readonly templateArgs: Record<string, unknown>
  /** The files to write; hooks change this list. */
  readonly generatedRevisions: MigrationScript[]
  readonly #kind: ScriptKind | null
  readonly #processRevisionDirectives: ProcessRevisionDirectives | undefined
  readonly #renames: RenameSources
  readonly #ledger = new RenameLedger()
  readonly #contexts = new Map<OpContainer, AutogenContext>()
  #lastContext: AutogenContext | undefined

  constructor({
    script,
    args,
    templateArgs,
    kind,
    processRevisionDirectives,
    renames,
  }: RevisionContextParts) {
    const { revId, message, ...options } = args
    this.script = script
    this.templateArgs = templateArgs
    this.#kind = kind ?? null
    this.#processRevisionDirectives = processRevisionDirectives
    this.#renames = { ...renames, ledger: this.#ledger }
    this.generatedRevisions = [new MigrationScript(revId, [], [], { message, ...options })]
  }

  /**
   * Compares the models with the database of `context`.
   *
   * @throws CommandError where the database is not at the heads
   */
  async runAutogenerate(rows: readonly string[], context: MigrationContextView): Promise<void> {
    const ids = (found: readonly ({ readonly revision: string } | string | null)[]): string =>
      found
        .map((one) => (typeof one === 'object' ? (one?.revision ?? '') : one))
        .toSorted()
        .join()
    if (ids(this.script.getRevisions(rows)) !== ids(this.script.getRevisions('heads'))) {
      throw new CommandError('Target database is not up to date.', {
        hint: "models are compared with the database as all files leave it: run 'alembic upgrade heads' first",
      })
    }
    await this.#runEnvironment(rows, context, true)
  }

  /** Lets the environment's hooks have their say, without comparing anything. */
  async runNoAutogenerate(rows: readonly string[], context: MigrationContextView): Promise<void> {
    await this.#runEnvironment(rows, context, false)
  }

  async #runEnvironment(
    rows: readonly string[],
    context: MigrationContextView,
    autogenerate: boolean,
  ): Promise<void> {
    const opts: AutogenerateOptions = context.opts
    const { upgradeToken, downgradeToken } = context.opts as Readonly<Record<string, string>>
    const upgradeOps = new UpgradeOps([], upgradeToken)
    const downgradeOps = new DowngradeOps([], downgradeToken)
    // Each database of a multi-database environment adds its operations to the same file.
    const script = this.generatedRevisions.at(-1)
    script?.upgradeOpsList.push(upgradeOps)
    script?.downgradeOpsList.push(downgradeOps)
    const autogenContext = await openAutogenContext(context, {
      autogenerate,
      renames: this.#renames,
    })
    // An empty list is a mistake: every table would be dropped.
    if (autogenerate && autogenContext.metadata.length === 0) throw noModels(context)
    this.#lastContext = autogenContext
    for (const ops of [upgradeOps, downgradeOps]) this.#contexts.set(ops, autogenContext)
    if (autogenerate) {
      await produceNetChanges(autogenContext, upgradeOps)
      upgradeOps.reverseInto(downgradeOps)
    }
    await this.#processRevisionDirectives?.(context, rows, this.generatedRevisions)
    await opts.processRevisionDirectives?.(context, rows, this.generatedRevisions)
  }

  /** Throws CommandError where a rename that the command was given fits none of the databases. */
  assertRenamesFit(): void {
    this.#ledger.assertAllUsed()
  }

  /** What the files do, after hooks had their say. */
  get upgrades(): DatabaseUpgrade[] {
    return this.generatedRevisions.flatMap(({ upgradeOpsList }) =>
      upgradeOpsList.map((ops) => {
        const context = this.#contexts.get(ops) ?? this.#lastContext
        return {
          ops,
          dialectName: context?.dialect.name ?? '',
          notesDestructive: resolveDetections(context?.opts.detect).destructive,
        }
      }),
    )
  }

  /** Writes the files. */
  async generateScripts(): Promise<Script[]> {
    const scripts: Script[] = []
    for (const generated of this.generatedRevisions) scripts.push(await this.#write(generated))
    return scripts
  }

  async #write(generated: MigrationScript): Promise<Script> {
    if (generated.revId === null) throw new CommandError('A MigrationScript needs a revId')
    return await this.script.generateRevision(generated.revId, generated.message, {
      head: generated.head ?? 'head',
      splice: generated.splice ?? false,
      branchLabels: generated.branchLabel,
      versionPath: generated.versionPath,
      dependsOn: generated.dependsOn,
      kind: this.#kind,
      templateArgs: { ...this.templateArgs, ...this.#render(generated) },
    })
  }

  #render(generated: MigrationScript): Record<string, string> {
    const last = this.#lastContext
    if (last === undefined) return {}
    for (const context of new Set([last, ...this.#contexts.values()])) context.imports = new Set()
    return renderTemplateVariables(generated, (ops) => this.#contexts.get(ops) ?? last)
  }
}
