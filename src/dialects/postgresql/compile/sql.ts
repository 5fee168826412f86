import type { BindParameter, NextValue, SqlExpression } from '../../../sql/elements/expression.ts'
import { AS_GIVEN } from '../../../sql/compile/bound-form.ts'
import type { SqlScope } from '../../../sql/compile/compiled-sql.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { hasOwnInterval, type PostgresqlLiteralCompiler } from './literals.ts'

/** Writes expressions and row statements as PostgreSQL has them. */
export class PostgresqlSqlCompiler extends SqlCompiler {
  declare readonly literals: PostgresqlLiteralCompiler

  protected override bareFunction(name: string): string | undefined {
    return name.toLowerCase() === 'now' ? `${name}()` : super.bareFunction(name)
  }

  /** `nextval()` takes the sequence's name as a string, quotes and all. */
  protected override visitNextValue(expression: NextValue): string {
    const name = this.preparer.formatTable(expression.sequence)
    return `nextval(${this.literals.renderString(name, null)})`
  }

  protected override visitBind(bind: BindParameter, scope: SqlScope): string {
    const sql = super.visitBind(bind, scope)
    const literal = scope.literalBinds || bind.literalExecute
    return literal ? sql : sql + this.#castOf(bind.type)
  }

  /** Of arrays alone the form is another one. */
  protected override get asGiven(): ReadonlySet<TypeEngine['affinity']> {
    return AS_GIVEN
  }

  protected override bindTyped(value: unknown, type: TypeEngine): unknown {
    return type.affinity === 'Array' && Array.isArray(value)
      ? this.literals.arrayText(value, type)
      : super.bindTyped(value, type)
  }

  protected override intervalValue(seconds: number, type: TypeEngine): unknown {
    return hasOwnInterval(type) ? `${seconds} seconds` : super.intervalValue(seconds, type)
  }

  /** An expression as the element of an index or of a larger expression: in parentheses where it has operators. */
  grouped(expression: SqlExpression): string {
    const sql = this.compileForDdl(expression)
    switch (expression.kind) {
      case 'and':
      case 'or':
      case 'not':
      case 'binary':
      case 'select':
        return `(${sql})`
      case 'bind':
      case 'case':
      case 'cast':
      case 'column':
      case 'false':
      case 'func':
      case 'label':
      case 'list':
      case 'literalColumn':
      case 'modifier':
      case 'nextValue':
      case 'null':
      case 'text':
      case 'true':
        return sql
    }
  }

  /** Types that the server would not infer from a string get a cast, as the reference writes it. */
  #castOf(declared: TypeEngine | null): string {
    const type = this.#resolve(declared)
    if (type?.affinity !== 'Json' && type?.affinity !== 'Uuid') return ''
    return `::${this.types.compile(type)}`
  }

  #resolve(type: TypeEngine | null): TypeEngine | null {
    return type === null ? null : this.types.resolve(type)
  }
}
