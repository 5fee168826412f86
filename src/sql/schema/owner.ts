import type { ColumnExpression, TableReference } from '../elements/column-expression.ts'

/** What a constraint knows of the columns of its table. */
export interface OwnerColumn extends ColumnExpression {
  readonly key: string
  readonly renamedFrom: string | null
}

/** What a constraint knows of the table that it belongs to. */
export interface OwnerTable extends TableReference {
  /** `name` or `schema.name`. */
  readonly key: string
  readonly renamedFrom: string | null
  readonly columns: readonly OwnerColumn[]
  findColumn(key: string): OwnerColumn | undefined
  readonly metadata: OwnerMetaData
}

/** What a table knows of its `MetaData`. */
export interface OwnerMetaData {
  readonly schema: string | null
  readonly namingConvention: NamingConventionLike
  readonly tables: ReadonlyMap<string, OwnerTable>
}

/** A naming convention as given; `naming.ts` reads it. */
export type NamingConventionLike = Readonly<Record<string, unknown>>

/** A `MetaData`, as tables see it. */
export interface TableRegistry extends OwnerMetaData {
  /** Takes a new table in; throws where the key is taken. */
  registerTable(table: OwnerTable): void
}
