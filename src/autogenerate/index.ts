// The door for those who compare, change what was found, or compare more: hooks, plugins, tools.
export { REFERENCE_DETECTIONS, type Detections } from '../impl/detections.ts'
export type {
  RenderContext,
  RenderItem,
  RenderItemType,
  RenderOptions,
} from '../render/render-context.ts'
export type { SourceWriter } from '../render/source-writer.ts'
export type { AutogenContext } from './autogen-context.ts'
export type { Comparator, ComparatorOptions, CompareTarget } from './comparators.ts'
export { describeDiffs } from './describe-diffs.ts'
export { STOP, type ComparatorResult, type DispatchPriority } from './dispatcher.ts'
export type {
  AutogenerateOptions,
  CompareServerDefault,
  CompareType,
  IncludeName,
  IncludeObject,
  NameFilterType,
  ObjectFilterType,
  ParentNames,
  ProcessRevisionDirectives,
} from './options.ts'
export type { TargetMetadata } from './open-context.ts'
export { Plugin } from './plugin.ts'
export { compareMetadata, produceMigrations } from './produce.ts'
export { renderCode, type RenderCodeOptions, type RenderedCode } from './render-code.ts'
export type { DestructiveChange } from './destructive.ts'
export type {
  OnRename,
  RenameAnswer,
  RenameCandidate,
  RenameHints,
  RenameKind,
  RenameQuestion,
} from './renames/rename.ts'
export type { FactPair, OpenSettlement, Settle, Settlement } from './settled/settlement.ts'
export { Rewriter, type RewriteFunction } from './rewriter.ts'
