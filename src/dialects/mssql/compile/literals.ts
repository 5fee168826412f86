import { isZoned, LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

const NATIONAL: ReadonlySet<string> = new Set([
  'Unicode',
  'UnicodeText',
  'NVARCHAR',
  'NCHAR',
  'NTEXT',
  'JSON',
])

/** Writes values as SQL Server's literals. */
export class MssqlLiteralCompiler extends LiteralCompiler {
  /** Without the N the server reads a string in its code page, and loses what that lacks. */
  override renderString(value: string, type: TypeEngine | null): string {
    const literal = super.renderString(value, type)
    return type !== null && NATIONAL.has(type.visitName) ? `N${literal}` : literal
  }

  /** There are no words for true and false. */
  override renderBoolean(value: boolean): string {
    return value ? '1' : '0'
  }

  protected override utcSuffix(type: TypeEngine | null): string {
    return isZoned(type) ? '+00:00' : ''
  }

  /** DATETIME refuses more than three digits of a second. */
  override dateText(value: Date, type: TypeEngine | null): string {
    const text = super.dateText(value, type)
    const isPrecise =
      isZoned(type) || ['DATETIME2', 'DATETIMEOFFSET'].includes(type?.visitName ?? '')
    return text.replace(isPrecise ? /(\.\d{3})000/ : /(\.\d{3})\d{3}/, '$1')
  }

  protected override renderBytes(value: Uint8Array): string {
    return `0x${Buffer.from(value).toString('hex').toUpperCase()}`
  }
}
