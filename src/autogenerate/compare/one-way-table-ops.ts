import { ModifyTableOps } from '../../operations/containers.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'

/** Operations on one table that are needed in one direction only: the other way the server does it on its own. */
export class OneWayTableOps extends ModifyTableOps {
  readonly #oneWay: readonly MigrateOperation<unknown>[]

  /** `oneWay` are the operations where `isDone`, and else those of the way back. */
  constructor(
    tableName: NameLike,
    oneWay: readonly MigrateOperation<unknown>[],
    schema: NameLike | null,
    isDone: boolean,
  ) {
    super(tableName, isDone ? oneWay : [], { schema })
    this.#oneWay = oneWay
  }

  override reverse(): OneWayTableOps {
    return new OneWayTableOps(this.tableName, this.#oneWay, this.schema, this.isEmpty())
  }
}
