import type { RunEvent } from '../runtime/run-event.ts'
import type { MigrationStep } from '../script/migration-step.ts'

/** A step of an upgrade, downgrade or stamp. */
export interface StepInfo {
  readonly kind: 'upgrade' | 'downgrade' | 'stamp'
  /** Revisions before the step, without dependencies; empty at the base. */
  readonly from: readonly string[]
  /** Revisions after the step. */
  readonly to: readonly string[]
  /** The message of the revision; empty for a stamp. */
  readonly message: string
}

/** A step that was carried out. */
export interface CompletedStep extends StepInfo {
  /** Milliseconds, the commit not included. */
  readonly durationMs: number
}

/** What a command did to one database. */
export interface DatabaseRun {
  /** With the password hidden; empty where it is not known. */
  readonly url: string
  readonly steps: readonly CompletedStep[]
  /** The rows of the version table at the end, sorted; none where everything was left to another run. */
  readonly rows: readonly string[]
  /** Another run held the lock, and this one was told to leave everything to it (`lock: 'skip'`). */
  readonly skipped: boolean
}

export interface MoveResult {
  /** One, unless the environment has several. */
  readonly databases: readonly DatabaseRun[]
}

/** What a command tells of itself while it is under way. */
export type Progress =
  | { readonly kind: 'skip'; readonly url: string }
  | { readonly kind: 'plan'; readonly url: string; readonly steps: readonly StepInfo[] }
  | ({ readonly kind: 'begin'; readonly number: number; readonly count: number } & {
      readonly step: StepInfo
    })
  | ({ readonly kind: 'end'; readonly number: number; readonly count: number } & {
      readonly step: CompletedStep
    })

export type ProgressListener = (progress: Progress) => void

interface DatabaseRecord {
  readonly url: string
  steps: CompletedStep[]
  rows: readonly string[]
  skipped: boolean
  /** Steps of this plan that are over, and all of them. */
  done: number
  count: number
}

/** Writes down what runs do, and tells a listener. */
export class RunRecord {
  readonly #listener: ProgressListener | undefined
  readonly #databases = new Map<object, DatabaseRecord>()
  #latest: DatabaseRecord | null = null

  constructor(listener?: ProgressListener) {
    this.#listener = listener
  }

  get result(): MoveResult {
    return {
      databases: Array.from(this.#databases.values(), ({ url, steps, rows, skipped }) => {
        return { url, steps, rows: rows.toSorted(), skipped }
      }),
    }
  }

  readonly observe = (event: RunEvent): void => {
    if (event.kind === 'plan') {
      this.#plan(event)
      return
    }
    if (event.kind === 'skip' || event.kind === 'retry') {
      this.#skipOrRetry(event)
      return
    }
    const record = this.#latest
    if (record === null) return
    const { count } = record
    const step = stepInfo(event.step)
    if (event.kind === 'begin') {
      this.#listener?.({ kind: 'begin', number: record.done + 1, count, step })
      return
    }
    record.done++
    record.rows = event.rows
    const completed = { ...step, durationMs: Math.round(event.durationMs * 1000) / 1000 }
    record.steps.push(completed)
    this.#listener?.({ kind: 'end', number: record.done, count, step: completed })
  }

  #skipOrRetry(event: Extract<RunEvent, { readonly kind: 'skip' | 'retry' }>): void {
    const { context } = event
    if (event.kind === 'retry') {
      if (event.of === 'run') this.#databases.get(context)?.steps.splice(0)
      return
    }
    const url = context.displayUrl
    this.#databases.set(context, { url, steps: [], rows: [], skipped: true, done: 0, count: 0 })
    this.#listener?.({ kind: 'skip', url })
  }

  /** A run plans again where another one moved the database in between. */
  #plan({ context, steps, rows }: RunEvent & { readonly kind: 'plan' }): void {
    const url = context.displayUrl
    const fresh = { url, steps: [], rows, skipped: false, done: 0, count: 0 }
    const record = this.#databases.get(context) ?? fresh
    Object.assign(record, { rows, done: 0, count: steps.length })
    this.#databases.set(context, record)
    this.#latest = record
    this.#listener?.({ kind: 'plan', url, steps: steps.map(stepInfo) })
  }
}

export function stepInfo(step: MigrationStep): StepInfo {
  return {
    kind: step.isStamp ? 'stamp' : step.isUpgrade ? 'upgrade' : 'downgrade',
    from: step.fromRevisionsNoDeps,
    to: step.toRevisionsNoDeps,
    message: step.doc,
  }
}
