import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import type { ServerDefault } from '../../../sql/schema/server-default.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/** `MODIFY (c …)`: what isn't said of the column again, it loses. */
export interface ModifyColumn {
  readonly kind: 'modifyColumn'
  readonly table: TableReference
  readonly column: NameLike
  /** `undefined` where nothing is known of it: an error, because the server wants it. */
  readonly type: TypeEngine | undefined
  readonly nullable: boolean
  readonly serverDefault: ServerDefault | null
}

/** The statements that only Informix has. */
export type InformixStatement = ModifyColumn
