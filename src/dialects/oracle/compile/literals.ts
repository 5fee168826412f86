import { LiteralCompiler } from '../../../sql/compile/literal-compiler.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/** ISO 8601, with a blank in place of the T. */
const MOMENT = /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d:\d\d)(?<fraction>\.\d+)?.*)?$/

const SECONDS = 'YYYY-MM-DD HH24:MI:SS'
const FRACTIONS = `${SECONDS}.FF`

/** Writes values as Oracle's literals. A date's text is read by a format of its own: the session's says otherwise. */
export class OracleLiteralCompiler extends LiteralCompiler {
  protected override renderText(value: string, type: TypeEngine | null): string {
    if (type?.affinity === 'Uuid') return this.renderString(value.replaceAll('-', ''), null)
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
    if (Number.isNaN(value.getTime())) return this.refuse(value, type)
    const text = value.toISOString().slice(0, -1).replace('T', ' ')
    const isZoned = type?.visitName === 'TIMESTAMP' && 'timezone' in type && type.timezone === true
    if (isZoned) return `TO_TIMESTAMP_TZ('${text} +00:00', '${FRACTIONS} TZH:TZM')`
    const moment = text.endsWith('.000') ? text.slice(0, -4) : text
    if (type?.affinity === 'Time') return super.renderDate(value, type)
    return type === null ? `TO_TIMESTAMP('${text}', '${FRACTIONS}')` : this.renderText(moment, type)
  }

  /** The length of an interval, in seconds. */
  protected override renderNumber(value: number, type: TypeEngine | null): string {
    if (type?.affinity !== 'Interval' || !Number.isFinite(value)) {
      return super.renderNumber(value, type)
    }
    const seconds = Number.isInteger(value) ? value.toFixed(1) : String(value)
    return `NUMTODSINTERVAL(${seconds}, 'SECOND')`
  }

  /** A literal has no more than 4000 bytes: longer ones must be bound. */
  protected override renderBytes(value: Uint8Array): string {
    if (value.length > 2000) return this.refuse(value, null)
    return `HEXTORAW('${Buffer.from(value).toString('hex').toUpperCase()}')`
  }
}
