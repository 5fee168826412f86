import type { Detections } from '../impl/detections.ts'
import type { RenderOptions } from '../render/render-context.ts'
import type { Column } from '../sql/schema/column.ts'
import type { ServerDefault } from '../sql/schema/server-default.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import type { MigrationScript } from '../operations/containers.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { OnRename, RenameHints } from './renames/rename.ts'

/** What `includeName` is asked about, in the reference's words. */
export type NameFilterType =
  | 'schema'
  | 'table'
  | 'column'
  | 'index'
  | 'unique_constraint'
  | 'foreign_key_constraint'
  | 'check_constraint'
  | 'enum'
  | 'sequence'

/** What `includeObject` is asked about. */
export type ObjectFilterType = Exclude<NameFilterType, 'schema'>

/** Where a name is found. */
export interface ParentNames {
  /** `null` is the default schema. */
  readonly schemaName?: string | null
  readonly tableName?: string
  /** `table` or `schema.table`. */
  readonly schemaQualifiedTableName?: string
}

/** Whether something of the database, known by its name only, is to be looked at. */
export type IncludeName = (
  name: string | null,
  type: NameFilterType,
  parentNames: ParentNames,
) => boolean

/** Whether an object of the models (`reflected: false`) or of the database is to be compared. */
export type IncludeObject = (
  object: unknown,
  name: string | null,
  type: ObjectFilterType,
  reflected: boolean,
  compareTo: unknown,
) => boolean

/** `true`: they differ, `false`: they don't, nothing: as usual. */
export type CompareType = (
  context: MigrationContextView,
  inspectedColumn: Column,
  metadataColumn: Column,
  inspectedType: TypeEngine,
  metadataType: TypeEngine,
) => boolean | null | undefined

/** `true`: they differ, `false`: they don't, nothing: as usual. */
export type CompareServerDefault = (
  context: MigrationContextView,
  inspectedColumn: Column,
  metadataColumn: Column,
  inspectedDefault: string | null,
  metadataDefault: ServerDefault | null,
  renderedMetadataDefault: string | null,
) => boolean | null | undefined

/** May change what is about to be written: operations, message, file; an empty list writes nothing. */
export type ProcessRevisionDirectives = (
  context: MigrationContextView,
  revision: readonly string[],
  directives: MigrationScript[],
) => void | Promise<void>

/** Options of `context.configure()` that autogenerate reads. */
export interface AutogenerateOptions extends RenderOptions {
  /** Compare all schemas of the database, not just the default one. Default `false`. */
  readonly includeSchemas?: boolean
  readonly includeName?: IncludeName | null
  readonly includeObject?: IncludeObject | null
  /** Default `true`. */
  readonly compareType?: boolean | CompareType
  /** Default `false`. */
  readonly compareServerDefault?: boolean | CompareServerDefault
  /** Names of comparisons; `*` stands for any, `~` before a name takes out. Default all that come with the package. */
  readonly autogeneratePlugins?: readonly string[]
  readonly processRevisionDirectives?: ProcessRevisionDirectives | null
  /** Differences to overlook: `{ collations: false }`. Default: all are found. */
  readonly detect?: Detections
  /** What goes on under another name: `{ 'users.name': 'full_name', users: 'people' }`. What is done already is left out. */
  readonly renames?: RenameHints | null
  /** Asked about each likely rename. */
  readonly onRename?: OnRename | null
}

declare module '../runtime/configure-options.ts' {
  // oxlint-disable-next-line no-empty-interface -- declaration merging
  interface ConfigureOptions extends AutogenerateOptions {}
}
