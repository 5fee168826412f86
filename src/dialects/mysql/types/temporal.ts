import { brand } from '../../../util/brand.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options of the types with a time of day. */
export interface FractionalSecondsOptions {
  /** Digits of fractional seconds, 0 to 6; none unless given. */
  readonly fsp?: number
  /** Kept for code that comes from elsewhere: neither server stores a zone. */
  readonly timezone?: boolean
}

/** What the types with a time of day share. */
export abstract class MysqlTimeOfDayType<Out> extends TypeEngine<Out> {
  static {
    brand(this, 'mysql.MysqlTimeOfDayType')
  }

  override readonly dialectName: string | null = 'mysql'
  readonly timezone: boolean
  readonly fsp: number | undefined

  constructor(
    timezone: boolean | FractionalSecondsOptions = {},
    fsp?: number | FractionalSecondsOptions | null,
  ) {
    super()
    const given = [timezone, fsp].find((value) => typeof value === 'object' && value !== null)
    const named: FractionalSecondsOptions = typeof given === 'object' && given !== null ? given : {}
    this.timezone = typeof timezone === 'boolean' ? timezone : (named.timezone ?? false)
    this.fsp = typeof fsp === 'number' ? fsp : named.fsp
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.timezone) options['timezone'] = true
    if (this.fsp !== undefined) options['fsp'] = this.fsp
    return { positional: [], options }
  }
}

class TIMEType extends MysqlTimeOfDayType<string> {
  override readonly typeName: string = 'TIME'
  override readonly affinity: TypeAffinity = 'Time'
}

/** A time of day, or a span of up to 838 hours: `TIME({ fsp: 3 })`. */
export const TIME: Callable<typeof TIMEType> = callable(TIMEType)
export type TIME = TIMEType

class DATETIMEType extends MysqlTimeOfDayType<Date | string> {
  override readonly typeName: string = 'DATETIME'
  override readonly affinity: TypeAffinity = 'DateTime'
}

/** A date and time, stored as written: `DATETIME({ fsp: 6 })`. */
export const DATETIME: Callable<typeof DATETIMEType> = callable(DATETIMEType)
export type DATETIME = DATETIMEType

class TIMESTAMPType extends MysqlTimeOfDayType<Date | string> {
  override readonly typeName: string = 'TIMESTAMP'
  override readonly affinity: TypeAffinity = 'DateTime'
}

/** A date and time, stored in UTC and shown in the session's zone. */
export const TIMESTAMP: Callable<typeof TIMESTAMPType> = callable(TIMESTAMPType)
export type TIMESTAMP = TIMESTAMPType

class YEARType extends TypeEngine<number> {
  override readonly typeName: string = 'YEAR'
  override readonly affinity: TypeAffinity = 'Other'
  override readonly dialectName: string | null = 'mysql'
  readonly displayWidth: number | undefined

  constructor(displayWidth?: number | { readonly displayWidth?: number } | null) {
    super()
    this.displayWidth = typeof displayWidth === 'number' ? displayWidth : displayWidth?.displayWidth
  }

  override typeArguments(): TypeArguments {
    const options = this.displayWidth === undefined ? {} : { displayWidth: this.displayWidth }
    return { positional: [], options }
  }
}

/** A year from 1901 to 2155 in one byte. */
export const YEAR: Callable<typeof YEARType> = callable(YEARType)
export type YEAR = YEARType
