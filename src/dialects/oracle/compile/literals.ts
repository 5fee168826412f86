import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import type { Interval } from '../../../sql/types/temporal.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/** ISO 8601, with a blank in place of the T. */
const MOMENT = /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d:\d\d)(?<fraction>\.\d+)?.*)?$/

/** In bytes; a character has four at most. */
const LONGEST_LITERAL = 4000

const SECONDS = 'YYYY-MM-DD HH24:MI:SS'
const FRACTIONS = `${SECONDS}.FF`

/** Writes values as Oracle's literals. A date's text is read by a format of its own: the session's says otherwise. */
export class OracleLiteralCompiler extends LiteralCompiler {
  protected override renderText(value: string, type: TypeEngine | null): string {
    const { day, fraction = '' } = MOMENT.exec(value)?.groups ?? {}
    if (day === undefined) return super.renderText(value, type)
    if (type?.affinity === 'Date') return `TO_DATE('${day}', 'YYYY-MM-DD')`
    if (type?.affinity !== 'DateTime') return super.renderText(value, type)
    const text = this.renderString(value.replace('T', ' '), null)
    return /[1-9]/.test(fraction)
      ? `TO_TIMESTAMP(${text}, '${FRACTIONS}')`
      : `TO_DATE(${text}, '${value.length === day.length ? 'YYYY-MM-DD' : SECONDS}')`
  }

  /** An instant, in UTC. */
  protected override renderDate(value: Date, type: TypeEngine | null): string {
    this.assertMoment(value, type)
    const text = value.toISOString().slice(0, -1).replace('T', ' ')
    const isZoned = type?.visitName === 'TIMESTAMP' && 'timezone' in type && type.timezone === true
    if (isZoned) return `TO_TIMESTAMP_TZ('${text} +00:00', '${FRACTIONS} TZH:TZM')`
    const moment = text.endsWith('.000') ? text.slice(0, -4) : text
    if (type?.affinity === 'Time') return super.renderDate(value, type)
    return type === null ? `TO_TIMESTAMP('${text}', '${FRACTIONS}')` : this.renderText(moment, type)
  }

  protected override renderInterval(seconds: number, type: TypeEngine): string {
    if ((type as Partial<Interval>).native === false) return super.renderInterval(seconds, type)
    const text = Number.isInteger(seconds) ? seconds.toFixed(1) : String(seconds)
    return `NUMTODSINTERVAL(${text}, 'SECOND')`
  }

  /** Binary floats have them, by these names. */
  protected override renderNonFinite(value: number, type: TypeEngine | null): string {
    const word = type?.visitName ?? ''
    if (!['BINARY_DOUBLE', 'BINARY_FLOAT'].includes(word)) return super.renderNonFinite(value, type)
    if (Number.isNaN(value)) return `${word}_NAN`
    return value > 0 ? `${word}_INFINITY` : `-${word}_INFINITY`
  }

  /** A literal has no more than 4000 bytes: longer text is put together. */
  override renderString(value: string, type: TypeEngine | null): string {
    if (Buffer.byteLength(value) <= LONGEST_LITERAL) return super.renderString(value, type)
    const parts = value.match(/[\s\S]{1,1000}/gu) ?? []
    return parts.map((part) => `TO_CLOB(${super.renderString(part, type)})`).join(' || ')
  }

  /** A literal has no more than 4000 bytes: longer ones must be bound. */
  protected override renderBytes(value: Uint8Array): string {
    if (value.length > 2000) return this.refuse(value, null)
    return `HEXTORAW('${Buffer.from(value).toString('hex').toUpperCase()}')`
  }
}
