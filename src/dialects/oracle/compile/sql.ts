import { CompileError } from '../../../errors/compile-error.ts'
import { SqlCompiler, type SqlScope } from '../../../sql/compile/sql-compiler.ts'
import type { NextValue } from '../../../sql/elements/expression.ts'
import type { Insert } from '../../../sql/elements/statements.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { VARCHAR2 } from '../types/strings.ts'

/** Functions that Oracle has under another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['char_length', 'LENGTH'],
  ['pow', 'POWER'],
])

/** What CAST takes as the longest string. */
const LONGEST_CAST = 4000

/** Writes expressions and row statements as Oracle has them. */
export class OracleSqlCompiler extends SqlCompiler {
  protected override bareFunction(name: string): string | undefined {
    return name.toLowerCase() === 'uid' ? name : super.bareFunction(name)
  }

  protected override functionName(name: string): string {
    return RENAMED.get(name.toLowerCase()) ?? name
  }

  protected override get defaultFrom(): string {
    return ' FROM DUAL'
  }

  /** CAST wants a length, which the column may not have said. */
  protected override castType(declared: TypeEngine): string {
    const type = this.types.resolve(declared)
    const isUnlimited = ['Text', 'UnicodeText', 'TEXT', 'CLOB', 'NCLOB', 'LONG', 'Enum']
    if (type.affinity !== 'String' || isUnlimited.includes(type.visitName)) {
      return super.castType(declared)
    }
    const { length } = type as { readonly length?: number }
    return this.types.compile(VARCHAR2(length ?? LONGEST_CAST))
  }

  protected override visitNextValue(expression: NextValue): string {
    return `${this.preparer.formatTable(expression.sequence)}.nextval`
  }

  protected override visitInsert(insert: Insert, scope: SqlScope): string {
    const [first] = insert.rows
    if (insert.selected === null && (first === undefined || first.length === 0)) {
      throw new CompileError(
        `Oracle has no INSERT without columns; give a row of '${insert.table.name}' at least one value`,
      )
    }
    return super.visitInsert(insert, scope)
  }

  /** Reserved words are none of its own here, and other characters must be quoted. */
  protected override bindName(key: string): string {
    const isPlain = !this.preparer.requiresQuotes(key.toLowerCase())
    return isPlain ? key : `"${key.replaceAll('"', '_')}"`
  }

  /** A document travels as its text. */
  override bindValue(value: unknown, declared: TypeEngine | null): unknown {
    const type = declared === null ? null : this.types.resolve(declared)
    return type?.affinity === 'Json' && value !== null ? JSON.stringify(value) : value
  }
}
