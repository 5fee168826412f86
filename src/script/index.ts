export { type HeadChange, HeadMaintainer, type RowEdit } from './head-maintainer.ts'
export type { RangeOptions } from './map/collect.ts'
export type { RevisionIdentifier } from './map/resolver.ts'
export { MigrationInfo, MigrationStep, RevisionStep, StampStep } from './migration-step.ts'
export type { NewRevisionOptions } from './new-revision.ts'
export { RevisionMap } from './revision-map.ts'
export { Revision, type RevisionHeader, type RevisionIds } from './revision.ts'
export {
  type GenerateRevisionOptions,
  ScriptDirectory,
  type ScriptDirectoryOptions,
  type ScriptKind,
} from './script-directory.ts'
export type { TemplateVariables } from './script-template.ts'
export {
  type FormatOptions,
  type LoadFunction,
  type MigrationFunction,
  type RevisionModule,
  Script,
  type ScriptOptions,
} from './script.ts'
export { type WriteHookFunction, registerWriteHook } from './write-hooks.ts'
