import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'

/** Literals of Adaptive Server. */
export class SybaseLiteralCompiler extends LiteralCompiler {
  /** Adaptive Server 16, Reference Manual: Building Blocks, Binary Datatypes. */
  protected override renderBytes(value: Uint8Array): string {
    return `0x${Buffer.from(value).toString('hex').toUpperCase()}`
  }
}

/** Expressions and row statements of Adaptive Server. */
export class SybaseSqlCompiler extends SqlCompiler {
  protected override bareFunction(name: string): string | undefined {
    return name.toLowerCase() === 'now' ? 'GETDATE()' : super.bareFunction(name)
  }
}
