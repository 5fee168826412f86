import { isZoned, LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import { jsonText, plainValue } from '../../../sql/compile/plain-value.ts'
import { assertStorable } from '../../../sql/compile/storable-text.ts'
import { ArrayType } from '../../../sql/types/array.ts'
import { EnumType } from '../../../sql/types/enum.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import type { Interval } from '../../../sql/types/temporal.ts'
import type { Uuid } from '../../../sql/types/uuid.ts'
import { arrayText } from './array-text.ts'

/** Writes values as PostgreSQL's literals. */
export class PostgresqlLiteralCompiler extends LiteralCompiler {
  /** As the reference has it, one that is text to the program has no dashes either; the server takes both. */
  protected override renderText(value: string, type: TypeEngine | null): string {
    const isText = type?.affinity === 'Uuid' && !(type as Uuid).asUuid
    return isText
      ? this.renderString(value.replaceAll('-', ''), null)
      : super.renderText(value, type)
  }

  /** The server reads spans in ISO 8601. */
  override spanSeconds(text: string, type: TypeEngine): number | null {
    return hasOwnInterval(type) ? null : super.spanSeconds(text, type)
  }

  protected override utcSuffix(type: TypeEngine | null): string {
    return isZoned(type) ? '+00:00' : ''
  }

  protected override renderInterval(seconds: number, type: TypeEngine): string {
    if (!hasOwnInterval(type)) return super.renderInterval(seconds, type)
    return `make_interval(secs=>${Number.isInteger(seconds) ? seconds.toFixed(1) : seconds})`
  }

  /**
   * Plain text is written as itself; `decode()` takes the rest, because what a backslash means in `'\x00'` hangs on
   * `standard_conforming_strings`.
   */
  protected override renderBytes(value: Uint8Array): string {
    const text = Buffer.from(value).toString('latin1')
    if (!/^[ -~]*$/.test(text)) return `decode('${Buffer.from(value).toString('hex')}', 'hex')`
    // Type bytea reads `\\` as one backslash, so that it must arrive doubled.
    const doubled = this.traits.backslashEscapes ? text : text.replaceAll('\\', '\\\\')
    return this.renderString(doubled, null)
  }

  /** Floats and numerics have them, by these names. */
  protected override renderNonFinite(value: number, type: TypeEngine | null): string {
    return type?.affinity === 'Numeric' ? `'${value}'` : super.renderNonFinite(value, type)
  }

  /**
   * `ARRAY[1, 2]`, of which the server makes an array of numbers, texts or booleans; of all other types, and where there is
   * nothing to tell the type by, the text of an array.
   */
  protected override renderArray(value: readonly unknown[], type: TypeEngine | null): string {
    const isArray = type === null || type.affinity === 'Array' || type.affinity === 'Other'
    if (!isArray) return this.refuse(value, type, 'such a column holds no objects and no lists')
    const isTold = this.traits.exactlyAsAlembic === true || isTellingItsType(value, type)
    if (!isTold) return this.renderString(this.arrayText(value, type), null)
    const itemType = type instanceof ArrayType ? type.itemType : type
    const items = value.map((item) =>
      Array.isArray(item) ? this.renderArray(item, type) : this.renderLiteral(item, itemType),
    )
    return `ARRAY[${items.join(', ')}]`
  }

  /** A list for a column of an array type, in the form in which it travels. */
  arrayText(value: readonly unknown[], type: TypeEngine | null): string {
    const itemType = type instanceof ArrayType ? type.itemType : null
    // A list in an array of documents is a document.
    const documents = itemType?.affinity === 'Json' ? value.map(documentText) : value
    return arrayText(documents, (item) => this.#elementText(plainValue(item), itemType))
  }

  #elementText(item: unknown, type: TypeEngine | null): string {
    if (item instanceof Uint8Array) return `\\x${Buffer.from(item).toString('hex')}`
    if (item instanceof Date) {
      this.assertMoment(item, type)
      return this.dateText(item, type)
    }
    if (typeof item === 'object') return jsonText(item)
    if (typeof item === 'string') assertStorable(item, 'String')
    return (item as string | number | bigint | boolean).toString()
  }
}

/** Whether a type of spans is not one that is counted from 1970. */
export function hasOwnInterval(type: TypeEngine): boolean {
  return (type as Partial<Interval>).native !== false
}

function documentText(item: unknown): string | null {
  return item === null || item === undefined ? null : jsonText(item)
}

/** Types of items that a list of numbers, texts or booleans becomes without being told. */
const TOLD: ReadonlySet<TypeEngine['affinity']> = new Set([
  'Boolean',
  'Integer',
  'Numeric',
  'String',
])

const TELLING: ReadonlySet<string> = new Set(['number', 'bigint', 'string', 'boolean'])

/** Whether the server finds the type of `ARRAY[…]` by its items: numbers, texts and booleans for columns of such. */
function isTellingItsType(value: readonly unknown[], type: TypeEngine | null): boolean {
  const itemType = type instanceof ArrayType ? type.itemType : null
  const items = value.flat(Number.POSITIVE_INFINITY)
  if (!items.some((item) => TELLING.has(typeof item))) return false
  if (!items.every((item) => item === null || TELLING.has(typeof item))) return false
  if (items.some((item) => typeof item === 'number' && !Number.isFinite(item))) return false
  return itemType === null || (TOLD.has(itemType.affinity) && !(itemType instanceof EnumType))
}
