import { CommandError } from '../errors/command-error.ts'
import { runWith } from '../operations/current.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import { HeadMaintainer } from '../script/head-maintainer.ts'
import { type MigrationStep, RevisionStep } from '../script/migration-step.ts'
import type { MigrationFunction } from '../script/script.ts'
import { getLogger } from '../util/logging.ts'
import type { ConfigureOptions, OnVersionApply } from './configure-options.ts'
import type { MigrationContextView } from './context-view.ts'
import type { DdlRetries } from './ddl-retries.ts'
import type { DdlTimeouts } from './ddl-timeouts.ts'
import type { PlanFunction } from './plan-function.ts'
import type { RunJournal } from './journal/run-journal.ts'
import type { IdempotentScript } from './offline/idempotent-script.ts'
import { MigrationQueue, runMigrationBody } from './queue.ts'
import type { RunObserver } from './run-event.ts'
import type { RunLock } from './run-lock.ts'
import type { Transactions } from './transactions.ts'
import type { VersionTable } from './version-table.ts'

const log = getLogger('alembic.runtime.migration')

/** What a run needs of its context. */
export interface RunContext extends MigrationContextView {
  readonly opts: ConfigureOptions & {
    readonly purge?: boolean
    readonly dontMutate?: boolean
    readonly observe?: RunObserver
  }
  readonly versionTable: VersionTable
  readonly transactions: Transactions
  readonly lock: RunLock | null
  readonly journal: RunJournal | null
  readonly timeouts: DdlTimeouts | null
  readonly idempotent: IdempotentScript | null
  readonly retries: DdlRetries | null
  createOperationContext(queue: MigrationQueue): OperationContext
}

interface PlannedStep {
  readonly step: MigrationStep
  readonly migrate: MigrationFunction
}

/** One run: reads the rows, plans, and carries out step after step, under the lock. */
export class MigrationRun {
  readonly #context: RunContext
  readonly #fn: PlanFunction
  readonly #runArgs: Readonly<Record<string, unknown>>

  constructor(context: RunContext, fn: PlanFunction, runArgs: Readonly<Record<string, unknown>>) {
    this.#context = context
    this.#fn = fn
    this.#runArgs = runArgs
  }

  async run(): Promise<void> {
    const { transactions, impl } = this.#context
    await impl.startMigrations()
    await transactions.at('perRun', () => this.#underLock(() => this.#runSteps()))
    const { lock, opts } = this.#context
    if (lock?.isSkipped === true) opts.observe?.({ kind: 'skip', context: this.#context })
  }

  /** A run that changes nothing neither needs nor reads the journal. */
  get #journal(): RunJournal | null {
    return this.#context.opts.dontMutate === true ? null : this.#context.journal
  }

  async #underLock(body: () => Promise<void>): Promise<void> {
    const { lock, transactions, opts } = this.#context
    if (lock === null || opts.dontMutate === true) {
      await body()
      return
    }
    await lock.around(transactions.isOpen || transactions.plan === 'external', () =>
      this.#withLimits(body),
    )
  }

  /** The server's waiting for the run's own lock has a limit of its own. */
  async #withLimits(body: () => Promise<void>): Promise<void> {
    const { timeouts, retries, impl } = this.#context
    const release = retries === null ? undefined : impl.sink.guardWith?.(retries)
    try {
      await (timeouts === null ? body() : timeouts.around(body))
    } finally {
      release?.()
    }
  }

  async #runSteps(): Promise<void> {
    if (this.#context.opts.forgetUnfinished === true) await this.#journal?.forget()
    else await this.#journal?.open()
    let heads: readonly string[] | null = await this.#startingHeads()
    while (heads !== null) {
      const plan = await this.#plan(heads)
      heads = (await this.#runPlan(plan, new HeadMaintainer(heads)))
        ? null
        : await this.#context.versionTable.readRows()
    }
    await this.#journal?.close()
  }

  /** Whether the plan was carried out; not where another run moved the database while this one was between two steps. */
  async #runPlan(plan: readonly PlannedStep[], start: HeadMaintainer): Promise<boolean> {
    let maintainer: HeadMaintainer | null = start
    for (const planned of plan) {
      maintainer = await this.#runPlanned(planned, maintainer)
      if (maintainer === null) return false
    }
    return true
  }

  /** @returns the rows after the step; `null` where another run moved the database before it */
  async #runPlanned(
    { step, migrate }: PlannedStep,
    start: HeadMaintainer,
  ): Promise<HeadMaintainer | null> {
    const before = [...start.heads]
    let maintainer = start
    let tries = 0
    const announce = await this.#context.transactions.at('perStep', async () => {
      // An earlier try, which was rolled back, moved the rows in mind, too.
      if (tries++ > 0) maintainer = new HeadMaintainer(before)
      if (await this.#wasMovedByOthers(maintainer)) return null
      return await this.#runStep(step, migrate, maintainer)
    })
    announce?.()
    return announce === null ? null : maintainer
  }

  async #startingHeads(): Promise<readonly string[]> {
    const context = this.#context
    if (context.opts.purge === true) {
      if (context.asSql) throw new CommandError("Can't use --purge with --sql mode")
      await context.ensureVersionTable()
      await context.transactions.at('perStep', () => context.versionTable.clear())
      return []
    }
    await context.idempotent?.createVersionTable(context.versionTable)
    const heads = await context.getCurrentHeads()
    const mayMake = !context.asSql && context.opts.dontMutate !== true
    if (mayMake && heads.length === 0) await context.ensureVersionTable()
    return heads
  }

  /** Every file of the plan is loaded before the first one runs: a broken one must not stop a run half way. */
  async #plan(heads: readonly string[]): Promise<PlannedStep[]> {
    const steps = await this.#fn(heads, this.#context, this.#runArgs)
    this.#journal?.assertMayRun(steps)
    const { scriptSyntax } = this.#context.impl
    const planned: PlannedStep[] = []
    for (const step of steps) {
      for (const version of step.toRevisionsNoDeps) {
        await this.#context.versionTable.assertFits(version)
      }
      planned.push({ step, migrate: await step.load(scriptSyntax) })
    }
    this.#context.opts.observe?.({ kind: 'plan', context: this.#context, steps, rows: heads })
    return planned
  }

  /** Where the lock is that of each transaction alone, another run may have come between two of them. */
  async #wasMovedByOthers(maintainer: HeadMaintainer): Promise<boolean> {
    const { lock, opts, versionTable, transactions } = this.#context
    if (lock === null || lock.holdsBetweenTransactions || opts.lock === 'off') return false
    if (transactions.plan !== 'perStep') return false
    const rows = new Set(await versionTable.readRows())
    return (
      rows.size !== maintainer.heads.size || [...rows].some((row) => !maintainer.heads.has(row))
    )
  }

  /** @returns what tells of the end, once a transaction of the step's own is committed */
  async #runStep(
    step: MigrationStep,
    migrate: MigrationFunction,
    maintainer: HeadMaintainer,
  ): Promise<() => void> {
    const context = this.#context
    const { observe } = context.opts
    const start = performance.now()
    observe?.({ kind: 'begin', step })
    const { idempotent } = context
    if (context.asSql && idempotent === null && maintainer.heads.size === 0) {
      await context.versionTable.create()
    }
    log.info(`Running ${step.toString()}`)
    if (context.asSql) context.impl.sink.writeStatic(`-- Running ${step.shortLog}`)
    const journal = step.isStamp ? null : this.#journal
    const run = (): Promise<void> => this.#migrate(migrate)
    const write = (): Promise<void> => this.#writeVersion(step, maintainer)
    if (idempotent !== null) await this.#writeGuarded(idempotent, step, run, write)
    else if (journal !== null) await journal.around(step, run, write)
    else {
      await run()
      await write()
    }
    const durationMs = performance.now() - start
    return () => observe?.({ kind: 'end', step, rows: [...maintainer.heads], durationMs })
  }

  /** The revision is there where its own row is, or that of one that comes after it. */
  async #writeGuarded(
    idempotent: IdempotentScript,
    step: MigrationStep,
    run: () => Promise<void>,
    write: () => Promise<void>,
  ): Promise<void> {
    if (!(step instanceof RevisionStep) || step.isDowngrade) {
      throw new CommandError(
        `An idempotent script can't have '${step.shortLog}' in it: only upgrades`,
      )
    }
    const after = step.map.descendants([step.revision])
    const isApplied = this.#context.versionTable.anyOf(
      Array.from(after, ({ revision }) => revision),
    )
    await idempotent.unless(isApplied, async () => {
      await run()
      await write()
    })
  }

  async #writeVersion(step: MigrationStep, maintainer: HeadMaintainer): Promise<void> {
    const context = this.#context
    const change = maintainer.updateToStep(step)
    log.debug(change.description)
    await context.lock?.assertHeld()
    if (context.idempotent !== null && step instanceof RevisionStep) {
      const { normalizedDownRevisions, revision } = step.revision
      await context.versionTable.replace(normalizedDownRevisions, revision)
    } else {
      for (const edit of change.edits) await context.versionTable.apply(edit)
    }
    for (const callback of this.#callbacks()) {
      await callback({
        ctx: context,
        step: step.info,
        heads: maintainer.heads,
        runArgs: this.#runArgs,
      })
    }
  }

  async #migrate(migrate: MigrationFunction): Promise<void> {
    const queue = new MigrationQueue()
    const operations = this.#context.createOperationContext(queue)
    await runWith(operations, () => runMigrationBody(queue, () => migrate(this.#runArgs)))
  }

  #callbacks(): readonly OnVersionApply[] {
    const given = this.#context.opts.onVersionApply
    if (given === undefined) return []
    return typeof given === 'function' ? [given] : given
  }
}
