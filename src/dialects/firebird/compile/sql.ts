import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import { isZoned, LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import type { SqlScope } from '../../../sql/compile/compiled-sql.ts'
import { SqlCompiler } from '../../../sql/compile/sql-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { BindParameter, NextValue } from '../../../sql/elements/expression.ts'

/** Literals of Firebird. */
export class FirebirdLiteralCompiler extends LiteralCompiler {
  /** Since Firebird 2.5; as text the bytes would be read in the connection's character set. */
  protected override renderBytes(value: Uint8Array): string {
    return `x'${Buffer.from(value).toString('hex').toUpperCase()}'`
  }

  /** Types with a zone came with Firebird 4. */
  protected override utcSuffix(type: TypeEngine | null): string {
    return isZoned(type) && isServerAtLeast(this.traits, 4) ? '+00:00' : ''
  }

  /** A second has four digits here. */
  override dateText(value: Date, type: TypeEngine | null): string {
    return super.dateText(value, type).replace(/(\.\d{4})\d\d/, '$1')
  }

  /** A number of more digits than 64 bits have is one only with an exponent. */
  protected override renderNumber(value: number, type: TypeEngine | null): string {
    const isWide = Number.isFinite(value) && Math.abs(value) >= 2 ** 63
    return isWide ? value.toExponential() : super.renderNumber(value, type)
  }

  /** BOOLEAN, of Firebird 3, takes no numbers; the generic type is a SMALLINT. */
  override renderBoolean(value: boolean, type: TypeEngine | null = null): string {
    const isBoolean = type?.visitName === 'BOOLEAN' && this.traits.exactlyAsAlembic !== true
    return isBoolean ? String(value) : super.renderBoolean(value, type)
  }
}

const MOMENTS: ReadonlySet<string> = new Set(['Date', 'DateTime', 'Time'])

/** Expressions and row statements of Firebird. */
export class FirebirdSqlCompiler extends SqlCompiler {
  /** Whatever has no arguments is a context variable. */
  protected override bareFunction(name: string): string {
    return super.bareFunction(name) ?? name
  }

  /**
   * Dates and times travel as text that the server reads: of a text for a parameter of such a type node-firebird 2.17.1
   * makes a Date of its own, without fractions of seconds.
   */
  protected override visitBind(bind: BindParameter, scope: SqlScope): string {
    const sql = super.visitBind(bind, scope)
    const type = bind.type === null ? null : this.types.resolve(bind.type)
    const isLiteral = scope.literalBinds || bind.literalExecute
    if (isLiteral || type === null || !MOMENTS.has(type.affinity)) return sql
    return `CAST(CAST(${sql} AS VARCHAR(40)) AS ${this.types.compile(type)})`
  }

  protected override bindTyped(value: unknown, type: TypeEngine): unknown {
    return value instanceof Date && MOMENTS.has(type.affinity)
      ? this.literals.dateText(value, type)
      : super.bindTyped(value, type)
  }

  protected override visitNextValue({ sequence }: NextValue): string {
    return `gen_id(${this.preparer.formatTable(sequence)}, 1)`
  }
}
