import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { Uuid } from '../../../sql/types/uuid.ts'

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

  /** A UUID that is kept as text has no dashes, as the reference stores it. */
  protected override renderText(value: string, type: TypeEngine | null): string {
    if (type?.affinity !== 'Uuid') return super.renderText(value, type)
    return this.renderString((type as Uuid).nativeUuid ? value : value.replaceAll('-', ''), null)
  }

  /** There are no words for true and false. */
  override renderBoolean(value: boolean): string {
    return value ? '1' : '0'
  }

  /** DATETIME refuses more than three digits of a second, and a `Date` has no more. */
  override dateText(value: Date, type: TypeEngine | null): string {
    return super.dateText(value, type).replace(/(\.\d{3})000/, '$1')
  }

  protected override renderBytes(value: Uint8Array): string {
    return `0x${Buffer.from(value).toString('hex').toUpperCase()}`
  }
}
