import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { NextValue } from '../../../sql/elements/expression.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/** Expressions and row statements of Informix. */
export class InformixSqlCompiler extends SqlCompiler {
  protected override visitNextValue({ sequence }: NextValue): string {
    return `${this.preparer.formatTable(sequence)}.NEXTVAL`
  }
}

/** Literals of Informix, which has none for bytes. */
export class InformixLiteralCompiler extends LiteralCompiler {
  /** Text that says more than the column's qualifier is refused: DateTime ends at the second, TIMESTAMP has five digits. */
  override dateText(value: Date, type: TypeEngine | null): string {
    const digits = type?.visitName === 'TIMESTAMP' ? '$1' : ''
    return super.dateText(value, type).replace(/(\.\d{5})\d/, digits)
  }
}
