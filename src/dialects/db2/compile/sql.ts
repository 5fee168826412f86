import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { NextValue } from '../../../sql/elements/expression.ts'

/** Literals of Db2. */
export class Db2LiteralCompiler extends LiteralCompiler {
  /** A binary constant: Db2 11.5, SQL reference, Constants. */
  protected override renderBytes(value: Uint8Array): string {
    return `BX'${Buffer.from(value).toString('hex').toUpperCase()}'`
  }
}

/** Expressions and row statements of Db2. */
export class Db2SqlCompiler extends SqlCompiler {
  protected override visitNextValue({ sequence }: NextValue): string {
    return `NEXT VALUE FOR ${this.preparer.formatTable(sequence)}`
  }
}
