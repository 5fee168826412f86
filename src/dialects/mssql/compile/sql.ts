import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { BINARY_NULL } from './binary-null.ts'
import type { SqlScope } from '../../../sql/compile/compiled-sql.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { BinaryExpression, NextValue } from '../../../sql/elements/expression.ts'

/** Functions that SQL Server has under another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['length', 'LEN'],
  ['char_length', 'LEN'],
  ['pow', 'POWER'],
])

/** Writes expressions and row statements as SQL Server has them. */
export class MssqlSqlCompiler extends SqlCompiler {
  protected override bareFunction(name: string): string | undefined {
    return name.toLowerCase() === 'current_date' ? 'GETDATE()' : super.bareFunction(name)
  }

  protected override functionName(name: string): string {
    return RENAMED.get(name.toLowerCase()) ?? name
  }

  /** Strings are joined with a plus sign. */
  protected override visitBinary(expression: BinaryExpression, scope: SqlScope): string {
    if (expression.operator !== '||') return super.visitBinary(expression, scope)
    const { left, right } = expression
    return `${this.visitOperand(left, scope)} + ${this.visitOperand(right, scope)}`
  }

  override bindValue(value: unknown, declared: TypeEngine | null): unknown {
    const type = declared === null ? null : this.types.resolve(declared)
    if (value === null && type?.affinity === 'Binary') return BINARY_NULL
    return super.bindValue(value, declared)
  }

  protected override visitNextValue(expression: NextValue): string {
    return `NEXT VALUE FOR ${this.preparer.formatTable(expression.sequence)}`
  }
}
