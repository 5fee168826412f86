import { CompileError } from '../../../errors/compile-error.ts'
import type { SqlExpression } from '../../../sql/elements/expression.ts'
import { quoteColumnKeys } from '../../../sql/compile/column-keys.ts'
import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import type { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import type { ExcludeConstraint } from '../../../sql/schema/exclude-constraint.ts'
import type { ForeignKeyConstraint } from '../../../sql/schema/foreign-key.ts'
import type { PrimaryKeyConstraint, UniqueConstraint } from '../../../sql/schema/key-constraints.ts'
import { indexMethod, nullsDistinct } from './index-clauses.ts'
import { constraintOptions } from './own-options.ts'
import type { PostgresqlSqlCompiler } from './sql.ts'

// Server 15 takes a list of columns: https://www.postgresql.org/docs/15/sql-createtable.html
const DELETE_ACTION = /^(?:RESTRICT|CASCADE|SET (?:NULL|DEFAULT)(?:\s*\(.+\))?|NO ACTION)$/i

/** Writes constraints as PostgreSQL has them. */
export class PostgresqlConstraintCompiler extends ConstraintCompiler {
  override readonly sql: PostgresqlSqlCompiler

  constructor(traits: DialectTraits, sql: PostgresqlSqlCompiler) {
    super(traits, sql)
    this.sql = sql
  }

  protected override primaryKey(constraint: PrimaryKeyConstraint): string {
    const columns = this.columnList(this.primaryKeyColumns(constraint))
    return `PRIMARY KEY (${columns})${this.#include(constraint)}${this.deferrability(constraint)}`
  }

  protected override unique(constraint: UniqueConstraint): string {
    const nulls = nullsDistinct(constraintOptions(constraint).nullsNotDistinct)
    const columns = this.columnList(constraint.columns)
    return `UNIQUE${nulls} (${columns})${this.#include(constraint)}${this.deferrability(constraint)}`
  }

  protected override check(constraint: CheckConstraint): string {
    const inherit = constraintOptions(constraint).noInherit === true ? ' NO INHERIT' : ''
    return super.check(constraint) + inherit + notValid(constraint)
  }

  protected override foreignKeyOptions(constraint: ForeignKeyConstraint): string {
    return super.foreignKeyOptions(constraint) + notValid(constraint)
  }

  protected override deleteAction(text: string): string {
    if (DELETE_ACTION.test(text)) return text
    throw new CompileError(
      `Unexpected SQL phrase: '${text}' (expected CASCADE, RESTRICT, SET NULL [(columns)], SET DEFAULT [(columns)] or NO ACTION)`,
    )
  }

  protected override exclude(constraint: ExcludeConstraint): string {
    const elements = constraint.elements.map(([element, operator]) => {
      const opclass = constraint.ops[elementKey(element)]
      const target = this.#excludeElement(constraint, element)
      return `${target}${opclass === undefined ? '' : ` ${opclass}`} WITH ${operator}`
    })
    const where =
      constraint.where === null ? '' : ` WHERE (${this.conditionText(constraint.where)})`
    return `EXCLUDE USING ${indexMethod(constraint.using)} (${elements.join(', ')})${where}${this.deferrability(constraint)}`
  }

  #excludeElement(constraint: ExcludeConstraint, element: string | SqlExpression): string {
    if (typeof element !== 'string') return this.sql.compileForDdl(element)
    const column = constraint.table?.findColumn(element)
    return this.sql.preparer.quote(column?.name ?? element, column?.quote ?? null)
  }

  #include(constraint: PrimaryKeyConstraint | UniqueConstraint): string {
    const { include } = constraintOptions(constraint)
    if (include === undefined || include === null || include.length === 0) return ''
    return ` INCLUDE (${quoteColumnKeys(this.sql.preparer, constraint.table, include)})`
  }
}

function elementKey(element: string | SqlExpression): string {
  if (typeof element === 'string') return element
  const { name, key = name } = element as { readonly name?: string; readonly key?: string }
  return key ?? ''
}

function notValid(constraint: Constraint): string {
  return constraintOptions(constraint).notValid === true ? ' NOT VALID' : ''
}
