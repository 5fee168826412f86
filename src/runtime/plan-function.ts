import type { MigrationStep } from '../script/migration-step.ts'
import type { MigrationContextView } from './context-view.ts'

/** Says which steps lead from the rows of the version table to where a command wants to be. */
export type PlanFunction = (
  heads: readonly string[],
  context: MigrationContextView,
) => readonly MigrationStep[] | Promise<readonly MigrationStep[]>
