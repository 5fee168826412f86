import type { Dialect } from '../sql/compile/dialect.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import type { Constraint } from '../sql/schema/constraint.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'
import type { Source } from './source.ts'

/** What `renderItem` is asked about, in the reference's words. */
export type RenderItemType =
  | 'check'
  | 'column'
  | 'exclude'
  | 'foreign_key'
  | 'primary_key'
  | 'server_default'
  | 'type'
  | 'unique'

/**
 * Source of the user's own for a schema object: a string is used as it is, `null` leaves a column or constraint of a
 * new table out, `false` or `undefined` is "as usual".
 */
export type RenderItem = (
  type: RenderItemType,
  object: unknown,
  context: RenderContext,
) => string | null | false | undefined

/** How operations are written as source. */
export interface RenderOptions {
  /** What stands before `Column`, `Integer`, …; default `sa.`, `null` is nothing. */
  readonly sqlalchemyModulePrefix?: string | null
  /** What stands before `addColumn`, …; default `op.`, `null` is nothing. */
  readonly alembicModulePrefix?: string | null
  /** What stands before types of the user's own, `models.` for example; without it they need `renderItem`. */
  readonly userModulePrefix?: string | null
  /**
   * Changes of existing tables come in `op.batchAlterTable()` blocks. Default: where the database can't alter tables
   * otherwise, and there is more to do than adding columns and indexes.
   */
  readonly renderAsBatch?: boolean | null
  readonly renderItem?: RenderItem | null
}

/** What is known while operations are written as source. */
export interface RenderContext {
  readonly opts: RenderOptions
  readonly dialect: Dialect
  readonly rendering: DialectRendering
  /** Import statements that the source needs; hooks may add to them. */
  readonly imports: Set<string>
}

/** What an SQL text is for: some databases want more parentheses in one place than in another. */
export type SqlTextUse = 'serverDefault' | 'index' | 'condition'

/** What a dialect writes in its own way. Every part may be left out. */
export interface DialectRendering {
  /** A type; `null` is "as usual". */
  renderType?(type: TypeEngine, scope: RenderScope): Source | null
  /** A constraint that only this database has; `null` is "as usual". */
  renderConstraint?(constraint: Constraint, scope: RenderScope): Source | null
  /** The text of an expression as it must stand in the migration. */
  adjustSqlText?(sql: string, use: SqlTextUse): string
  /** Options of an index that dropping it must repeat. */
  readonly dropIndexOptions?: readonly string[]
  /** Whether altering a column must repeat that it numbers itself. */
  readonly restatesAutoincrement?: boolean
}

/** What those who write a part of a statement may ask: `SourceWriter` is the only one there is. */
export interface RenderScope {
  readonly context: RenderContext
  /** The name under which something of the schema toolkit is called: `sa.Column`. */
  sa(name: string): string
  /** The name under which a directive is called here: `op.addColumn`, `batchOp.addColumn`. */
  directive(name: string): string
  /** A name of a constraint or index: `op.f('…')` where naming conventions must leave it alone. */
  name(name: NameLike | null | undefined): Source
  /** Asks the user's `renderItem`: source, `null` for "leave out", `undefined` for "as usual". */
  userSource(type: RenderItemType, object: unknown): string | null | undefined
}
