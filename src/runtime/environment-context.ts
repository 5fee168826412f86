import type { Config } from '../config/config.ts'
import type { Connection } from '../engine/connection.ts'
import { CommandError } from '../errors/command-error.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { RevisionIds } from '../script/revision.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import type { ConfigureOptions, LockMode } from './configure-options.ts'
import { withEnvironment } from './current-environment.ts'
import type { ResumeMode } from './journal/resume.ts'
import { MigrationContext, type MigrationContextOptions } from './migration-context.ts'
import type { PlanFunction } from './plan-function.ts'
import type { RunObserver } from './run-event.ts'

/** What a command wants of the environment. */
export interface EnvironmentOptions {
  /** Says which steps to run. */
  readonly fn?: PlanFunction
  /** Write SQL instead of running it. Default `false`. */
  readonly asSql?: boolean
  /** A `--sql` script can be run at any state of the history, and again. Default `false`. */
  readonly idempotent?: boolean
  /** Where a `--sql` script starts. */
  readonly startingRev?: string | null
  /** Where the command wants to go. */
  readonly destinationRev?: RevisionIds
  readonly tag?: string | null
  /** Empty the version table first. Default `false`. */
  readonly purge?: boolean
  /** Change nothing, not even make the version table. Default `false`. */
  readonly dontMutate?: boolean
  /** What to do with a revision that an earlier run left unfinished; without it such a one is an error. */
  readonly resume?: ResumeMode | null
  /** Forget what an earlier run left unfinished. Default `false`. */
  readonly forgetUnfinished?: boolean
  /** Instead of what `configure()` says; as there. */
  readonly lock?: LockMode | undefined
  /** Instead of what `configure()` says; as there. */
  readonly lockTimeout?: number | null | undefined
  /** Variables for the template of new files. */
  readonly templateArgs?: Record<string, unknown>
  /** Is told of the plan and of every step. */
  readonly observe?: RunObserver
}

/** What the env file talks to as `context`: the command's wishes on one side, the database on the other. */
export class EnvironmentContext {
  readonly config: Config
  readonly script: ScriptDirectory
  readonly options: EnvironmentOptions
  #configured: ConfigureOptions = {}
  #context: MigrationContext | null = null
  #pending: Promise<void> = Promise.resolve()
  readonly #unfinished = new Set<Promise<unknown>>()
  #hasEnded = false

  constructor(config: Config, script: ScriptDirectory, options: EnvironmentOptions = {}) {
    this.config = config
    this.script = script
    this.options = options
  }

  /** Runs `body` (the env file, as a rule) such that `context` means this environment in it. */
  async run<T>(body: () => T | Promise<T>): Promise<T> {
    return await withEnvironment(this, async () => {
      try {
        const result = await this.#withCallsOf(body)
        await this.#pending
        return result
      } finally {
        this.#hasEnded = true
        await this.#context?.close()
      }
    })
  }

  /** Runs `body` and waits for the calls in it whose `await` was forgotten: they count, and so do their errors. */
  async #withCallsOf<T>(body: () => T | Promise<T>): Promise<T> {
    const before = new Set(this.#unfinished)
    const result = await body()
    let calls: readonly Promise<unknown>[]
    do {
      calls = [...this.#unfinished].filter((call) => !before.has(call))
      await Promise.all(calls)
    } while (calls.length > 0)
    return result
  }

  #begin<T>(name: string, call: () => Promise<T>): Promise<T> {
    if (this.#hasEnded)
      throw new CommandError(
        `context.${name}() was called after the env file had ended; await everything that leads to it`,
      )
    const running = call()
    const finish = (): void => void this.#unfinished.delete(running)
    this.#unfinished.add(running)
    running.then(finish, finish)
    return running
  }

  /** Whether the command writes SQL (`--sql`) instead of running it. */
  isOfflineMode(): boolean {
    return this.options.asSql ?? false
  }

  requiresConnection(): boolean {
    return !this.isOfflineMode()
  }

  /** Whether DDL is undone by ROLLBACK. */
  isTransactionalDdl(): boolean {
    return this.getContext().impl.transactionalDdl
  }

  /** The only head of the revisions; throws where there are several. */
  getHeadRevision(): string | readonly string[] | null {
    return this.script.asRevisionNumber('head')
  }

  getHeadRevisions(): string | readonly string[] | null {
    return this.script.asRevisionNumber('heads')
  }

  /** Where the command starts. */
  getStartingRevisionArgument(): string | readonly string[] | null {
    if (this.#context !== null) {
      const { startingRev } = this.#context.opts
      return this.script.asRevisionNumber(startingRev ?? null)
    }
    const { startingRev } = this.options
    if (startingRev === undefined) {
      throw new CommandError('No starting revision argument is available.')
    }
    return this.script.asRevisionNumber(startingRev)
  }

  /** Where the command wants to go; `null` is the base. */
  getRevisionArgument(): string | readonly string[] | null {
    return this.script.asRevisionNumber(this.options.destinationRev ?? null)
  }

  /** What `--tag` said. */
  getTagArgument(): string | null {
    return this.options.tag ?? null
  }

  /** The `-x` arguments as they were given; with `asDictionary`, parted at the first `=`. */
  getXArgument(options?: { readonly asDictionary?: false }): readonly string[]
  getXArgument(options: { readonly asDictionary: true }): Readonly<Record<string, string>>
  getXArgument({ asDictionary = false } = {}):
    | readonly string[]
    | Readonly<Record<string, string>> {
    const given = this.config.cmdOpts?.x ?? []
    if (!asDictionary) return given
    return Object.fromEntries(
      given.map((text) => {
        const sign = text.indexOf('=')
        return sign < 0 ? [text, ''] : [text.slice(0, sign), text.slice(sign + 1)]
      }),
    )
  }

  /**
   * Says which database to work on, and how. Options of an earlier call stay unless they are given again.
   *
   * @example
   * await context.configure({ connection, targetMetadata: Base.metadata })
   */
  configure(options: ConfigureOptions): Promise<void> {
    return this.#begin('configure', () => this.#configure(options))
  }

  #configure(options: ConfigureOptions): Promise<void> {
    this.#configured = { ...this.#configured, ...options }
    const configuring = this.#reconfigure(this.#contextOptions())
    // Whoever forgets to await configure() still gets its error: from run(), or from what needs the context.
    this.#pending = configuring
    configuring.catch(() => undefined)
    return configuring
  }

  async #reconfigure(options: MigrationContextOptions): Promise<void> {
    const previous = this.#context
    // A pool may have no second connection to give.
    if (previous !== null && previous.bind !== options.connection) await previous.close()
    this.#context = await MigrationContext.configure(options)
  }

  #contextOptions(): MigrationContextOptions {
    const { fn, asSql, startingRev, tag, purge, dontMutate, templateArgs, observe } = this.options
    const { lock, lockTimeout, idempotent } = this.options
    const given = this.#configured
    if (templateArgs !== undefined && given.templateArgs !== undefined) {
      Object.assign(templateArgs, given.templateArgs)
    }
    return {
      ...given,
      asSql: asSql ?? false,
      script: this.script,
      startingRev: given.startingRev ?? startingRev ?? null,
      tag: given.tag ?? tag ?? null,
      outputBuffer: given.outputBuffer ?? this.config.outputBuffer,
      ...(fn === undefined ? {} : { fn }),
      ...(purge === undefined ? {} : { purge }),
      ...(idempotent === true ? { idempotent } : {}),
      ...(lock === undefined ? {} : { lock }),
      ...(lockTimeout === undefined ? {} : { lockTimeout }),
      ...(dontMutate === undefined ? {} : { dontMutate }),
      ...((this.options.resume ?? null) === null ? {} : { resume: this.options.resume ?? null }),
      ...(this.options.forgetUnfinished === true ? { forgetUnfinished: true } : {}),
      ...(observe === undefined ? {} : { observe }),
    }
  }

  /** Runs `body` in the run's transaction, where there is one around everything. */
  beginTransaction<T>(body: () => T | Promise<T>): Promise<T> {
    return this.#begin('beginTransaction', async () => {
      await this.#pending
      return await this.getContext().beginTransaction(() => this.#withCallsOf(body))
    })
  }

  /** Runs the steps that the command asks for. `runArgs` are handed to every `upgrade()` and `downgrade()`. */
  runMigrations(runArgs: Readonly<Record<string, unknown>> = {}): Promise<void> {
    return this.#begin('runMigrations', async () => {
      await this.#pending
      await this.getContext().runMigrations(runArgs)
    })
  }

  /** Runs one statement now, or writes it. */
  execute(statement: Parameters<MigrationImpl['execute']>[0]): Promise<void> {
    return this.#begin('execute', async () => {
      await this.#pending
      await this.getContext().execute(statement)
    })
  }

  /** `--sql`: writes text as it is, a comment for example. */
  staticOutput(text: string): void {
    this.getContext().impl.sink.writeStatic(text)
  }

  /** @throws CommandError before `configure()` */
  getContext(): MigrationContext {
    if (this.#context !== null) return this.#context
    throw new CommandError(
      'No context has been configured yet: await context.configure({ … }) comes first in env.ts',
    )
  }

  /** The connection, or `null` in `--sql` mode. */
  getBind(): Connection | null {
    return this.getContext().bind
  }

  getImpl(): MigrationImpl {
    return this.getContext().impl
  }
}
