import { ModifyTableOps } from '../../operations/containers.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'

/**
 * The indexes of a table that is made or dropped as a whole, where an index that a foreign key needs can't be dropped before
 * its table: they are made behind the table, and go with it without an operation of their own.
 */
export class TableIndexOps extends ModifyTableOps {
  readonly #creations: readonly MigrateOperation<unknown>[]
  readonly #schema: NameLike | null

  constructor(
    tableName: NameLike,
    creations: readonly MigrateOperation<unknown>[],
    schema: NameLike | null,
    isMade: boolean,
  ) {
    super(tableName, isMade ? creations : [], { schema })
    this.#creations = creations
    this.#schema = schema
  }

  override reverse(): TableIndexOps {
    return new TableIndexOps(this.tableName, this.#creations, this.#schema, this.isEmpty())
  }
}
