import { brand } from '../../util/brand.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import {
  BinaryExpression,
  BindParameter,
  Constant,
  ExpressionList,
  Negation,
  OrderModifier,
  SqlExpression,
} from './expression.ts'

/** The table that a column reference stands under when it is written with its table. */
export interface TableReference {
  readonly name: string
  readonly quote: boolean | null
  readonly schema: string | null
  /** Forces or forbids quoting of the schema. */
  readonly quoteSchema?: boolean | null | undefined
}

/** A reference to a column, with the operators that conditions are made of. */
export abstract class ColumnExpression extends SqlExpression {
  static {
    brand(this, 'ColumnExpression')
  }

  override readonly kind = 'column'
  abstract readonly name: string
  abstract readonly quote: boolean | null
  abstract readonly table: TableReference | null

  /** Descending order in an index. */
  desc(): OrderModifier {
    return new OrderModifier('desc', this)
  }

  /** Ascending order in an index. */
  asc(): OrderModifier {
    return new OrderModifier('asc', this)
  }

  nullsFirst(): OrderModifier {
    return new OrderModifier('nullsFirst', this)
  }

  nullsLast(): OrderModifier {
    return new OrderModifier('nullsLast', this)
  }

  /** Any operator, spelled as SQL does: `column.op('@>', value)`. */
  op(operator: string, value: unknown): BinaryExpression {
    return new BinaryExpression(operator, this, asExpression(value, this.type))
  }

  /** `=`, or `IS NULL` for `null`. */
  eq(value: unknown): BinaryExpression {
    return value === null ? this.op('IS', new Constant('null')) : this.op('=', value)
  }

  /** `!=`, or `IS NOT NULL` for `null`. */
  ne(value: unknown): BinaryExpression {
    return value === null ? this.op('IS NOT', new Constant('null')) : this.op('!=', value)
  }

  lt(value: unknown): BinaryExpression {
    return this.op('<', value)
  }

  le(value: unknown): BinaryExpression {
    return this.op('<=', value)
  }

  gt(value: unknown): BinaryExpression {
    return this.op('>', value)
  }

  ge(value: unknown): BinaryExpression {
    return this.op('>=', value)
  }

  like(pattern: unknown): BinaryExpression {
    return this.op('LIKE', pattern)
  }

  in(values: readonly unknown[]): BinaryExpression {
    const items = values.map((value) => asExpression(value, this.type))
    return new BinaryExpression('IN', this, new ExpressionList(items))
  }

  notIn(values: readonly unknown[]): Negation {
    return new Negation(this.in(values))
  }
}

/** Makes an expression of a value: expressions stay what they are, everything else becomes a bound value. */
export function asExpression(value: unknown, type: TypeEngine | null = null): SqlExpression {
  if (value instanceof SqlExpression) return value
  if (value === null) return new Constant('null')
  return new BindParameter(null, value, type)
}
