import type { ReflectedEnumUse } from '../../engine/reflected.ts'
import { AddColumnOp } from '../../operations/add-column.ts'
import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { UpgradeOps } from '../../operations/containers.ts'
import { CreateTableOp, DropTableOp } from '../../operations/create-table.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import { ColumnClass, type Column } from '../../sql/schema/column.ts'
import { ArrayType } from '../../sql/types/array.ts'
import { EnumType } from '../../sql/types/enum.ts'
import type { TypeEngine } from '../../sql/types/type-engine.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { flatOperations } from '../flat-operations.ts'
import { ColumnUsers, type Users } from './column-users.ts'

/** What an enumeration type is called. */
export interface EnumOwner {
  readonly name: string | null
  /** `null` is the default schema. */
  readonly schema: string | null
}

/** Which enumeration types the operations that were found bring into use, and which out of it. */
export class EnumUses {
  readonly #context: AutogenContext
  readonly #ops: readonly MigrateOperation<unknown>[]
  readonly #users: ColumnUsers

  constructor(context: AutogenContext, upgradeOps: UpgradeOps) {
    this.#context = context
    this.#ops = flatOperations(upgradeOps)
    this.#users = new ColumnUsers(context, this.#ops)
  }

  /** What gets columns of a type that is not there yet; a new table makes the type for the columns as well. */
  newUsersOf(type: EnumOwner): Users {
    const creates = this.#ops.some(
      (op) =>
        op instanceof CreateTableOp &&
        columnsOf(op).some((column) => this.#isOf(column.type, op.schema, type)),
    )
    if (creates) return 'tables'
    const adds = this.#ops.some((op) => {
      if (op instanceof AddColumnOp) return this.#isOf(op.column.type, op.schema, type)
      return op instanceof AlterColumnOp && this.#isOf(op.modifyType, op.schema, type)
    })
    return adds ? 'columns' : 'none'
  }

  /** By what all columns go that are of a type; none where one of them stays. */
  leaving(found: ReflectedEnumUse): Users {
    const type = { name: found.name, schema: found.visible ? null : found.schema }
    if (found.columns.length === 0) return 'none'
    return this.#users.leaving(
      found.columns,
      ({ modifyType, schema }) => modifyType !== undefined && !this.#isOf(modifyType, schema, type),
    )
  }

  /** Tables that are created, in either direction, take the type as it is. */
  leaveCreationTo(type: EnumOwner): void {
    for (const op of this.#ops) {
      const create = op instanceof DropTableOp ? op.original : op
      if (!(create instanceof CreateTableOp)) continue
      for (const column of columnsOf(create)) {
        if (!this.#isOf(column.type, create.schema, type)) continue
        column.type = withoutCreation(column.type)
      }
    }
  }

  #isOf(type: TypeEngine | undefined, schema: NameLike | null, wanted: EnumOwner): boolean {
    if (type === undefined) return false
    const types = this.#context.comparison.enumTypesOf(type, schema?.toString() ?? null)
    return types.some(
      (one) => one.name === wanted.name && this.#schema(one.schema) === this.#schema(wanted.schema),
    )
  }

  #schema(schema: string | null): string | null {
    return schema ?? this.#context.dialect.traits.defaultSchemaName ?? null
  }
}

function columnsOf(op: CreateTableOp): readonly Column[] {
  return op.columns.filter((item) => item instanceof ColumnClass)
}

/** The type, or the array of it, as one that is there. A type of the user's own keeps its secrets. */
function withoutCreation(type: TypeEngine): TypeEngine {
  if (type.variants.size > 0) {
    const variants = [...type.variants].map(
      ([dialect, one]) => [dialect, withoutCreation(one)] as const,
    )
    const plain = Object.assign(type.clone(), { variants: new Map() })
    return Object.assign(withoutCreation(plain), { variants: new Map(variants) })
  }
  if (type instanceof EnumType) return Object.assign(type.clone(), { createType: false })
  if (!(type instanceof ArrayType)) return type
  return Object.assign(type.clone(), { itemType: withoutCreation(type.itemType) })
}
