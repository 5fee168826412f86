import { brand } from '../../util/brand.ts'
import { TextClause, type SqlExpression } from '../elements/expression.ts'
import type { TypeCheck, TypeEngine } from '../types/type-engine.ts'
import { callable, type Callable } from '../types/callable.ts'
import {
  Constraint,
  type ConstraintKind,
  type ConstraintOptions,
  type DialectConstraintOptions,
} from './constraint.ts'

/** The CHECK that a column's type brought along: its condition is the type's list of values. */
export interface TypeBound {
  readonly type: TypeEngine
  readonly check: TypeCheck
  readonly columnKey: string
}

class CheckConstraintClass extends Constraint {
  static {
    brand(this, 'CheckConstraint')
  }

  override readonly kind: ConstraintKind & 'check' = 'check'
  readonly sqltext: SqlExpression
  /** Set where the constraint belongs to the type of a column (`Boolean`, `Enum`). */
  readonly typeBound: TypeBound | null
  /** Written behind a column instead of among the constraints of the table. */
  columnLevel = false

  constructor(
    sqltext: string | SqlExpression,
    options: ConstraintOptions & DialectConstraintOptions = {},
    typeBound: TypeBound | null = null,
  ) {
    super('check', options)
    this.sqltext = typeof sqltext === 'string' ? new TextClause(sqltext) : sqltext
    this.typeBound = typeBound
  }

  override copy(): CheckConstraintClass {
    const copy = new CheckConstraintClass(this.sqltext, this.commonOptions(), this.typeBound)
    copy.columnLevel = this.columnLevel
    return copy
  }
}

/**
 * A condition that every row must meet.
 *
 * @example
 * sa.CheckConstraint('price > 0', { name: 'ck_price' })
 */
export const CheckConstraint: Callable<typeof CheckConstraintClass> = callable(CheckConstraintClass)
export type CheckConstraint = CheckConstraintClass
