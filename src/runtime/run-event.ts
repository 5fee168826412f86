import type { MigrationStep } from '../script/migration-step.ts'
import type { MigrationContextView } from './context-view.ts'

/** What a run tells of itself while it is under way. */
export type RunEvent =
  | {
      readonly kind: 'plan'
      readonly context: MigrationContextView
      readonly steps: readonly MigrationStep[]
      /** The rows of the version table before the first step. */
      readonly rows: readonly string[]
    }
  /** Another run holds the lock, and this one was told to leave everything to it. */
  | { readonly kind: 'skip'; readonly context: MigrationContextView }
  /** The transaction was rolled back because it could not get a lock, and begins again. */
  | { readonly kind: 'retry'; readonly context: MigrationContextView; readonly of: 'run' | 'step' }
  | { readonly kind: 'begin'; readonly step: MigrationStep }
  | {
      readonly kind: 'end'
      readonly step: MigrationStep
      /** The rows of the version table after the step. */
      readonly rows: readonly string[]
      /** Of the step, its commit not included. */
      readonly durationMs: number
    }

export type RunObserver = (event: RunEvent) => void
