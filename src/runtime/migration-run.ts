import { CommandError } from '../errors/command-error.ts'
import { runWith } from '../operations/current.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import { HeadMaintainer } from '../script/head-maintainer.ts'
import type { MigrationStep } from '../script/migration-step.ts'
import type { MigrationFunction } from '../script/script.ts'
import { getLogger } from '../util/logging.ts'
import type { ConfigureOptions, OnVersionApply } from './configure-options.ts'
import type { MigrationContextView } from './context-view.ts'
import type { PlanFunction } from './plan-function.ts'
import { MigrationQueue, runMigrationBody } from './queue.ts'
import type { RunLock } from './run-lock.ts'
import type { Transactions } from './transactions.ts'
import type { VersionTable } from './version-table.ts'

const log = getLogger('alembic.runtime.migration')

/** What a run needs of its context. */
export interface RunContext extends MigrationContextView {
  readonly opts: ConfigureOptions & { readonly purge?: boolean; readonly dontMutate?: boolean }
  readonly versionTable: VersionTable
  readonly transactions: Transactions
  readonly lock: RunLock | null
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
  }

  async #underLock(body: () => Promise<void>): Promise<void> {
    const { lock, transactions, opts } = this.#context
    if (lock === null || opts.dontMutate === true) {
      await body()
      return
    }
    await lock.around(transactions.isOpen || transactions.plan === 'external', body)
  }

  async #runSteps(): Promise<void> {
    let heads: readonly string[] | null = await this.#startingHeads()
    while (heads !== null) {
      const plan = await this.#plan(heads)
      heads = (await this.#runPlan(plan, new HeadMaintainer(heads)))
        ? null
        : await this.#context.versionTable.readRows()
    }
  }

  /** Whether the plan was carried out; not where another run moved the database while this one was between two steps. */
  async #runPlan(plan: readonly PlannedStep[], maintainer: HeadMaintainer): Promise<boolean> {
    for (const { step, migrate } of plan) {
      const done = await this.#context.transactions.at('perStep', async () => {
        if (await this.#wasMovedByOthers(maintainer)) return false
        await this.#runStep(step, migrate, maintainer)
        return true
      })
      if (!done) return false
    }
    return true
  }

  async #startingHeads(): Promise<readonly string[]> {
    const context = this.#context
    if (context.opts.purge === true) {
      if (context.asSql) throw new CommandError("Can't use --purge with --sql mode")
      await context.ensureVersionTable()
      await context.transactions.at('perStep', () => context.versionTable.clear())
      return []
    }
    const heads = await context.getCurrentHeads()
    const mayMake = !context.asSql && context.opts.dontMutate !== true
    if (mayMake && heads.length === 0) await context.ensureVersionTable()
    return heads
  }

  /** Every file of the plan is loaded before the first one runs: a broken one must not stop a run half way. */
  async #plan(heads: readonly string[]): Promise<PlannedStep[]> {
    const steps = await this.#fn(heads, this.#context)
    const planned: PlannedStep[] = []
    for (const step of steps) {
      for (const version of step.toRevisionsNoDeps) {
        await this.#context.versionTable.assertFits(version)
      }
      planned.push({ step, migrate: await step.load() })
    }
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

  async #runStep(
    step: MigrationStep,
    migrate: MigrationFunction,
    maintainer: HeadMaintainer,
  ): Promise<void> {
    const context = this.#context
    if (context.asSql && maintainer.heads.size === 0) await context.versionTable.create()
    log.info(`Running ${step.toString()}`)
    if (context.asSql) context.impl.sink.writeStatic(`-- Running ${step.shortLog}`)
    await this.#migrate(migrate)
    const change = maintainer.updateToStep(step)
    log.debug(change.description)
    for (const edit of change.edits) await context.versionTable.apply(edit)
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
