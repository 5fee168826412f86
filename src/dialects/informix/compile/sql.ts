import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { NextValue } from '../../../sql/elements/expression.ts'

/** Expressions and row statements of Informix. */
export class InformixSqlCompiler extends SqlCompiler {
  protected override visitNextValue({ sequence }: NextValue): string {
    return `${this.preparer.formatTable(sequence)}.NEXTVAL`
  }
}
