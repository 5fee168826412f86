export { branches, type BranchesResult, type BranchPoint } from './branches.ts'
export { check, type CheckOptions, type CheckResult } from './check.ts'
export type { Verification } from '../autogenerate/verify/verification.ts'
export {
  current,
  type CurrentOfDatabase,
  type CurrentOptions,
  type CurrentResult,
} from './current.ts'
export type { Difference } from './difference.ts'
export { downgrade } from './downgrade.ts'
export { edit, type EditResult } from './edit.ts'
export { ensureVersion, type EnsureVersionResult } from './ensure-version.ts'
export { heads, type HeadsOptions, type HeadsResult } from './heads.ts'
export { history, type HistoryEntry, type HistoryOptions, type HistoryResult } from './history.ts'
export { init, type InitOptions, type InitResult } from './init.ts'
export { listTemplates, type ListTemplatesResult, type TemplateInfo } from './list-templates.ts'
export { type LockOfDatabase, lockStatus, type LockStatusResult } from './lock.ts'
export { merge, type MergeOptions } from './merge.ts'
export type { MoveOptions } from './move-options.ts'
export { revision, type RevisionOptions } from './revision.ts'
export type { CreatedRevisions, RevisionInfo } from './revision-info.ts'
export type {
  CompletedStep,
  DatabaseRun,
  MoveResult,
  Progress,
  ProgressListener,
  StepInfo,
} from './run-record.ts'
export { show, type ShownRevision, type ShowResult } from './show.ts'
export { stamp, type StampOptions } from './stamp.ts'
export { type DatabaseStatus, status, type StatusOptions, type StatusResult } from './status.ts'
export { upgrade, type UpgradeOptions } from './upgrade.ts'
