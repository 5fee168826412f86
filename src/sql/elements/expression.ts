import { brand } from '../../util/brand.ts'
import type { TypeEngine } from '../types/type-engine.ts'

/** Every kind of SQL expression; compilers switch over it. */
export type ExpressionKind =
  | 'and'
  | 'binary'
  | 'bind'
  | 'case'
  | 'cast'
  | 'column'
  | 'false'
  | 'func'
  | 'label'
  | 'list'
  | 'literalColumn'
  | 'modifier'
  | 'nextValue'
  | 'not'
  | 'null'
  | 'or'
  | 'select'
  | 'text'
  | 'true'

/** The base of everything that is a value in SQL, with the operators that conditions are made of. */
export abstract class SqlExpression {
  static {
    brand(this, 'SqlExpression')
  }

  abstract readonly kind: ExpressionKind
  /** The type of the value where it is known; literals next to it are rendered as that type. */
  readonly type: TypeEngine | null = null

  /** A name for the value among the columns of a SELECT. */
  label(name: string): Label {
    return new Label(name, this)
  }

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
    return value === null ? this.is(null) : this.op('=', value)
  }

  /** `!=`, or `IS NOT NULL` for `null`. */
  ne(value: unknown): BinaryExpression {
    return value === null ? this.isNot(null) : this.op('!=', value)
  }

  /** `IS`: for `null`, `true` and `false`. */
  is(value: boolean | null | SqlExpression): BinaryExpression {
    return this.op('IS', constant(value))
  }

  /** `IS NOT`: for `null`, `true` and `false`. */
  isNot(value: boolean | null | SqlExpression): BinaryExpression {
    return this.op('IS NOT', constant(value))
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

  /** One of the values, which may be none, or of the rows of a SELECT. */
  in(values: readonly unknown[] | SqlExpression): BinaryExpression {
    return new BinaryExpression('IN', this, this.#list(values))
  }

  /** The opposite of `in()`. */
  notIn(values: readonly unknown[] | SqlExpression): BinaryExpression {
    return new BinaryExpression('NOT IN', this, this.#list(values))
  }

  #list(values: readonly unknown[] | SqlExpression): SqlExpression {
    if (values instanceof SqlExpression) return values
    return new ExpressionList(values.map((value) => asExpression(value, this.type)))
  }
}

/** Makes an expression of a value: expressions stay what they are, everything else becomes a bound value. */
export function asExpression(value: unknown, type: TypeEngine | null = null): SqlExpression {
  if (value instanceof SqlExpression) return value
  if (value === null) return new Constant('null')
  return new BindParameter(null, value, type)
}

function constant(value: boolean | null | SqlExpression): SqlExpression {
  if (value instanceof SqlExpression) return value
  return new Constant(value === null ? 'null' : value ? 'true' : 'false')
}

/** An expression with a name of its own. */
export class Label extends SqlExpression {
  static {
    brand(this, 'Label')
  }

  override readonly kind = 'label'
  readonly name: string
  readonly of: SqlExpression

  constructor(name: string, of: SqlExpression) {
    super()
    this.name = name
    this.of = of
  }
}

/** A literal SQL fragment, with `:name` placeholders. */
export class TextClause extends SqlExpression {
  static {
    brand(this, 'TextClause')
  }

  override readonly kind = 'text'
  readonly text: string
  readonly binds: ReadonlyMap<string, BindParameter>

  constructor(text: string, binds: ReadonlyMap<string, BindParameter> = new Map()) {
    super()
    this.text = text
    this.binds = binds
  }

  /**
   * Gives the `:name` placeholders their values.
   *
   * @example
   * sa.text('UPDATE t SET a = :a').bindparams({ a: 5 })
   */
  bindparams(values: Readonly<Record<string, unknown>>): TextClause {
    const binds = new Map(this.binds)
    for (const [key, value] of Object.entries(values)) {
      binds.set(key, value instanceof BindParameter ? value : new BindParameter(key, value, null))
    }
    return new TextClause(this.text, binds)
  }
}

/** A value that travels beside the statement. */
export class BindParameter extends SqlExpression {
  static {
    brand(this, 'BindParameter')
  }

  override readonly kind = 'bind'
  /** Name of the placeholder; `null` lets the compiler choose one. */
  readonly key: string | null
  readonly value: unknown
  override readonly type: TypeEngine | null
  /** Rendered into the SQL even where other values are not: `op.inlineLiteral()`. */
  readonly literalExecute: boolean

  constructor(key: string | null, value: unknown, type: TypeEngine | null, literalExecute = false) {
    super()
    this.key = key
    this.value = value
    this.type = type
    this.literalExecute = literalExecute
  }
}

/** A function call. */
export class FunctionCall extends SqlExpression {
  static {
    brand(this, 'FunctionCall')
  }

  override readonly kind = 'func'
  readonly name: string
  readonly args: readonly SqlExpression[]

  constructor(name: string, args: readonly SqlExpression[]) {
    super()
    this.name = name
    this.args = args
  }
}

/** SQL text that stands for a column, without placeholders. */
export class LiteralColumn extends SqlExpression {
  static {
    brand(this, 'LiteralColumn')
  }

  override readonly kind = 'literalColumn'
  readonly text: string
  override readonly type: TypeEngine | null

  constructor(text: string, type: TypeEngine | null = null) {
    super()
    this.text = text
    this.type = type
  }
}

/** `NULL`, `TRUE` or `FALSE`, in the dialect's spelling. */
export class Constant extends SqlExpression {
  static {
    brand(this, 'Constant')
  }

  override readonly kind: 'null' | 'true' | 'false'

  constructor(kind: 'null' | 'true' | 'false') {
    super()
    this.kind = kind
  }
}

/** Two expressions with an operator between them. */
export class BinaryExpression extends SqlExpression {
  static {
    brand(this, 'BinaryExpression')
  }

  override readonly kind = 'binary'
  readonly operator: string
  readonly left: SqlExpression
  readonly right: SqlExpression

  constructor(operator: string, left: SqlExpression, right: SqlExpression) {
    super()
    this.operator = operator
    this.left = left
    this.right = right
  }
}

/** An ordering of an index expression. */
export class OrderModifier extends SqlExpression {
  static {
    brand(this, 'OrderModifier')
  }

  override readonly kind = 'modifier'
  readonly modifier: 'asc' | 'desc' | 'nullsFirst' | 'nullsLast'
  readonly of: SqlExpression

  constructor(modifier: 'asc' | 'desc' | 'nullsFirst' | 'nullsLast', of: SqlExpression) {
    super()
    this.modifier = modifier
    this.of = of
  }
}

/** Conditions joined by AND or OR. */
export class ConditionList extends SqlExpression {
  static {
    brand(this, 'ConditionList')
  }

  override readonly kind: 'and' | 'or'
  readonly conditions: readonly SqlExpression[]

  constructor(kind: 'and' | 'or', conditions: readonly SqlExpression[]) {
    super()
    this.kind = kind
    this.conditions = conditions
  }
}

/** A negated condition. */
export class Negation extends SqlExpression {
  static {
    brand(this, 'Negation')
  }

  override readonly kind = 'not'
  readonly of: SqlExpression

  constructor(of: SqlExpression) {
    super()
    this.of = of
  }
}

/** `CAST(x AS type)`. */
export class Cast extends SqlExpression {
  static {
    brand(this, 'Cast')
  }

  override readonly kind = 'cast'
  readonly of: SqlExpression
  override readonly type: TypeEngine

  constructor(of: SqlExpression, type: TypeEngine) {
    super()
    this.of = of
    this.type = type
  }
}

/** A list in parentheses, as `IN` takes it. */
export class ExpressionList extends SqlExpression {
  static {
    brand(this, 'ExpressionList')
  }

  override readonly kind = 'list'
  readonly items: readonly SqlExpression[]

  constructor(items: readonly SqlExpression[]) {
    super()
    this.items = items
  }
}

/** `CASE WHEN … THEN … ELSE … END`. */
export class CaseExpression extends SqlExpression {
  static {
    brand(this, 'CaseExpression')
  }

  override readonly kind = 'case'
  readonly whens: readonly (readonly [SqlExpression, SqlExpression])[]
  readonly otherwise: SqlExpression | null

  constructor(
    whens: readonly (readonly [SqlExpression, SqlExpression])[],
    otherwise: SqlExpression | null,
  ) {
    super()
    this.whens = whens
    this.otherwise = otherwise
  }
}

/** The next value of a sequence. */
export class NextValue extends SqlExpression {
  static {
    brand(this, 'NextValue')
  }

  override readonly kind = 'nextValue'
  readonly sequence: {
    readonly name: string
    readonly quote: boolean | null
    readonly schema: string | null
  }

  constructor(sequence: {
    readonly name: string
    readonly quote: boolean | null
    readonly schema: string | null
  }) {
    super()
    this.sequence = sequence
  }
}
