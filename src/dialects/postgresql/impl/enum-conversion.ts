import type { ColumnAlteration } from '../../../impl/column-alteration.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import { TextClause } from '../../../sql/elements/expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import { DefaultClause } from '../../../sql/schema/server-default.ts'
import { ArrayType } from '../../../sql/types/array.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/** What changing the type of a column takes, where one of the types is an enumeration. */
export interface EnumConversion {
  /** What becomes of the values; `null` leaves it to the server. */
  readonly using: string | null
  /** Whether the default must go before. */
  readonly dropsDefault: boolean
  /** The default that comes back after; `null` where it is not to. */
  readonly keptDefault: DefaultClause | null
}

/**
 * PostgreSQL 15, ALTER TABLE: nothing is cast to an enumeration by itself, and a default neither to one nor away from one
 * such that the old type could be dropped.
 */
export function enumConversion(
  dialect: Dialect,
  column: NameLike,
  type: TypeEngine,
  { existing, serverDefault }: ColumnAlteration,
): EnumConversion {
  const [now, before] = [isEnum(dialect, type), isEnum(dialect, existing.type)]
  const sql = dialect.types.compile(type)
  const isArray = dialect.types.resolve(type) instanceof ArrayType
  const cast = `${dialect.preparer.quote(column)}::text${isArray ? '[]' : ''}::${sql}`
  const kept = existing.serverDefault instanceof DefaultClause ? existing.serverDefault : null
  const dropsDefault = (now || before) && kept !== null
  return {
    using: now ? cast : null,
    dropsDefault,
    keptDefault: dropsDefault && serverDefault === undefined ? withoutCast(kept) : null,
  }
}

function isEnum({ types }: Dialect, type: TypeEngine | undefined): boolean {
  let inner = type === undefined ? undefined : types.resolve(type)
  while (inner instanceof ArrayType) inner = types.resolve(inner.itemType)
  return inner instanceof EnumType && inner.nativeEnum
}

/** `'a'::character varying`, as the catalog has it, is `'a'` in a column of any type. */
function withoutCast(given: DefaultClause): DefaultClause {
  const { arg } = given
  const literal =
    arg instanceof TextClause ? /^('(?:[^']|'')*')\\?:\\?:[^:]+$/.exec(arg.text)?.[1] : null
  return literal === null || literal === undefined
    ? given
    : new DefaultClause(new TextClause(literal))
}
