import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { NextValue } from '../../../sql/elements/expression.ts'

/** Literals of Firebird. */
export class FirebirdLiteralCompiler extends LiteralCompiler {
  /** Since Firebird 2.5; as text the bytes would be read in the connection's character set. */
  protected override renderBytes(value: Uint8Array): string {
    return `x'${Buffer.from(value).toString('hex').toUpperCase()}'`
  }
}

/** Expressions and row statements of Firebird. */
export class FirebirdSqlCompiler extends SqlCompiler {
  /** Whatever has no arguments is a context variable. */
  protected override bareFunction(name: string): string {
    return super.bareFunction(name) ?? name
  }

  protected override visitNextValue({ sequence }: NextValue): string {
    return `gen_id(${this.preparer.formatTable(sequence)}, 1)`
  }
}
