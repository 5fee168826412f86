import type { MigrationStep } from '../script/migration-step.ts'
import type { MigrationContextView } from './context-view.ts'

/**
 * Says which steps lead from the rows of the version table to where a command wants to be. `runArgs` are what the environment
 * hands to every `upgrade()` and `downgrade()`.
 */
export type PlanFunction = (
  heads: readonly string[],
  context: MigrationContextView,
  runArgs: Readonly<Record<string, unknown>>,
) => readonly MigrationStep[] | Promise<readonly MigrationStep[]>
