import { brand } from '../../util/brand.ts'
import { TextClause, type SqlExpression } from '../elements/expression.ts'
import { callable, type Callable } from '../types/callable.ts'
import {
  Constraint,
  type ConstraintKind,
  type ConstraintOptions,
  type DialectConstraintOptions,
} from './constraint.ts'
import { isPlainObject } from './dialect-options.ts'

/** One element of an exclusion: a column's name or an expression, and the operator. */
export type ExcludeElement = readonly [element: string | SqlExpression, operator: string]

/** Options of an exclusion constraint. */
export interface ExcludeOptions extends ConstraintOptions {
  /** Index method; `gist` unless given. */
  readonly using?: string
  readonly where?: string | SqlExpression
  /** Operator classes by column. */
  readonly ops?: Readonly<Record<string, string>>
}

type ExcludeArguments = readonly (ExcludeElement | (ExcludeOptions & DialectConstraintOptions))[]

class ExcludeConstraintClass extends Constraint {
  static {
    brand(this, 'ExcludeConstraint')
  }

  override readonly kind: ConstraintKind & 'exclude' = 'exclude'
  readonly elements: readonly ExcludeElement[]
  readonly using: string
  readonly where: SqlExpression | null
  readonly ops: Readonly<Record<string, string>>

  constructor(...args: ExcludeArguments) {
    const options = (args.find((arg) => isPlainObject(arg)) ?? {}) as ExcludeOptions
    super('exclude', options, ['using', 'where', 'ops'])
    this.elements = args.filter((arg): arg is ExcludeElement => Array.isArray(arg))
    this.using = options.using ?? 'gist'
    this.where =
      typeof options.where === 'string' ? new TextClause(options.where) : (options.where ?? null)
    this.ops = options.ops ?? {}
  }

  override copy(): ExcludeConstraintClass {
    return new ExcludeConstraintClass(...this.elements, {
      ...this.commonOptions(),
      using: this.using,
      ...(this.where === null ? {} : { where: this.where }),
      ops: this.ops,
    })
  }
}

/**
 * No two rows for which all the operators hold.
 *
 * @example
 * sa.postgresql.ExcludeConstraint(['period', '&&'], { using: 'gist', name: 'ex_booking' })
 */
export const ExcludeConstraint: Callable<typeof ExcludeConstraintClass> =
  callable(ExcludeConstraintClass)
export type ExcludeConstraint = ExcludeConstraintClass
