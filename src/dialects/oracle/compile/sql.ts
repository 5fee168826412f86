import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { NextValue } from '../../../sql/elements/expression.ts'
import type { Insert } from '../../../sql/elements/statements.ts'
import type { Interval } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { VARCHAR2 } from '../types/strings.ts'

/** Functions that Oracle has under another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['char_length', 'LENGTH'],
  ['pow', 'POWER'],
])

const SECONDS_OF_A_DAY = 86_400

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

  protected override emptyInsert(insert: Insert): string {
    return this.refuseEmptyInsert(insert)
  }

  /** Reserved words are none of its own here, and other characters must be quoted. */
  protected override bindName(key: string): string {
    const isPlain = !this.preparer.requiresQuotes(key.toLowerCase())
    return isPlain ? key : `"${key.replaceAll('"', '_')}"`
  }

  /** What a date's text means hangs on the session. */
  protected override bindTyped(value: unknown, type: TypeEngine): unknown {
    return value instanceof Date ? value : super.bindTyped(value, type)
  }

  /** The package has no type for a span; the server reads it as `TO_DSINTERVAL` does. */
  protected override intervalValue(seconds: number, type: TypeEngine): unknown {
    if ((type as Partial<Interval>).native === false) return super.intervalValue(seconds, type)
    const clock = new Date(Math.abs(seconds % SECONDS_OF_A_DAY) * 1000).toISOString().slice(11, -1)
    return `${seconds < 0 ? '-' : '+'}${Math.trunc(Math.abs(seconds) / SECONDS_OF_A_DAY)} ${clock}`
  }
}
