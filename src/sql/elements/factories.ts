import { SchemaError } from '../../errors/schema-error.ts'
import type { TypeEngine } from '../types/type-engine.ts'
import {
  asExpression,
  BinaryExpression,
  BindParameter,
  CaseExpression,
  Cast,
  ConditionList,
  Constant,
  FunctionCall,
  LiteralColumn,
  Negation,
  OrderModifier,
  type SqlExpression,
  TextClause,
} from './expression.ts'
import type { KnownFunction } from './known-functions.ts'
import { ColumnClause } from './table-clause.ts'

/**
 * A literal SQL fragment; `:name` is a placeholder, `\:` a colon.
 *
 * @example
 * sa.text('now()')
 */
export function text(sql: string): TextClause {
  return new TextClause(sql)
}

/** SQL text that stands for a column or an expression, taken as it is. */
export function literalColumn(sql: string, type?: TypeEngine): LiteralColumn {
  return new LiteralColumn(sql, type ?? null)
}

/** A value; `type` decides how it is written as a literal. */
export function literal(value: unknown, type?: TypeEngine): BindParameter {
  return new BindParameter(null, value, type ?? null)
}

/** A value that is written into the SQL even where other values travel beside it. */
export function inlineLiteral(value: unknown, type?: TypeEngine): BindParameter {
  return new BindParameter(null, value, type ?? null, true)
}

/** A named placeholder. */
export function bindparam(key: string, value?: unknown, type?: TypeEngine): BindParameter {
  return new BindParameter(key, value, type ?? null)
}

/** SQL `NULL`. */
export function null_(): Constant {
  return new Constant('null')
}

/** The dialect's spelling of true. */
export function true_(): Constant {
  return new Constant('true')
}

/** The dialect's spelling of false. */
export function false_(): Constant {
  return new Constant('false')
}

/** All of the conditions. */
export function and_(...conditions: readonly SqlExpression[]): ConditionList {
  return new ConditionList('and', conditions)
}

/** Any of the conditions. */
export function or_(...conditions: readonly SqlExpression[]): ConditionList {
  return new ConditionList('or', conditions)
}

/** The opposite of a condition. */
export function not_(condition: SqlExpression): Negation {
  return new Negation(condition)
}

/** `CAST(value AS type)`. */
export function cast(value: unknown, type: TypeEngine): Cast {
  return new Cast(asExpression(value), type)
}

/** Two values with an operator, spelled as SQL does, between them. */
export function binary(left: unknown, operator: string, right: unknown): BinaryExpression {
  return new BinaryExpression(operator, asExpression(left), asExpression(right))
}

/**
 * `CASE WHEN … THEN … ELSE … END`.
 *
 * @example
 * sa.case_([[t.c.a.gt(5), 'big']], { else: 'small' })
 */
export function case_(
  whens: readonly (readonly [SqlExpression, unknown])[],
  options: { readonly else?: unknown } = {},
): CaseExpression {
  return new CaseExpression(
    whens.map(([condition, result]) => [condition, asExpression(result)] as const),
    options.else === undefined ? null : asExpression(options.else),
  )
}

function ordering(modifier: OrderModifier['modifier']) {
  return (of: SqlExpression | string): OrderModifier =>
    new OrderModifier(modifier, typeof of === 'string' ? new ColumnClause(of) : of)
}

/** Descending order of an index element; a string is a column's name. */
export const desc: (of: SqlExpression | string) => OrderModifier = ordering('desc')
/** Ascending order of an index element; a string is a column's name. */
export const asc: (of: SqlExpression | string) => OrderModifier = ordering('asc')
export const nullsFirst: (of: SqlExpression | string) => OrderModifier = ordering('nullsFirst')
export const nullsLast: (of: SqlExpression | string) => OrderModifier = ordering('nullsLast')

type MakeCall = (...args: readonly unknown[]) => FunctionCall

/** `sa.func.lower(x)`, `sa.func.now()`: any function by its name; values become literals in DDL. */
export const func: Readonly<Record<KnownFunction, MakeCall>> & Readonly<Record<string, MakeCall>> =
  new Proxy({} as Record<KnownFunction, MakeCall>, {
    get(_target, name) {
      if (typeof name !== 'string') throw new SchemaError('A SQL function is called by its name')
      return (...args: readonly unknown[]) =>
        new FunctionCall(
          name,
          name === 'count' && args.length === 0
            ? [new LiteralColumn('*')]
            : args.map((arg) => asExpression(arg)),
        )
    },
  })
