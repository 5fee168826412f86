import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { Insert } from '../../../sql/elements/statements.ts'

/** Literals of Adaptive Server. */
export class SybaseLiteralCompiler extends LiteralCompiler {
  /** Adaptive Server 16, Reference Manual: Building Blocks, Binary Datatypes. */
  protected override renderBytes(value: Uint8Array): string {
    return `0x${Buffer.from(value).toString('hex').toUpperCase()}`
  }

  /** A second has three digits here. */
  override dateText(value: Date, type: TypeEngine | null): string {
    return super.dateText(value, type).replace(/(\.\d{3})\d{3}/, '$1')
  }
}

/** Expressions and row statements of Adaptive Server. */
export class SybaseSqlCompiler extends SqlCompiler {
  protected override bareFunction(name: string): string | undefined {
    return name.toLowerCase() === 'now' ? 'GETDATE()' : super.bareFunction(name)
  }

  /** Adaptive Server 16, Reference Manual: Commands, insert. */
  protected override emptyInsert(insert: Insert): string {
    return this.refuseEmptyInsert(insert)
  }
}
