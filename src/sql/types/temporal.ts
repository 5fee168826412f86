import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of the types that can carry a time zone. */
export interface TimezoneOptions {
  /** Whether the column keeps a time zone; `false` unless given. */
  readonly timezone?: boolean
}

/** Options of `Interval`. */
export interface IntervalOptions {
  /** Whether the database's own interval type is used where it has one; `true` unless given. */
  readonly native?: boolean
  readonly secondPrecision?: number
  readonly dayPrecision?: number
}

/** What drivers give: `Date` is a column's type in this file. */
type Moment = globalThis.Date | string

class DateType extends TypeEngine<Moment> {
  override readonly typeName: string = 'Date'
  override readonly affinity: TypeAffinity = 'Date'
}

class DateTimeType extends TypeEngine<Moment> {
  override readonly typeName: string = 'DateTime'
  override readonly affinity: TypeAffinity = 'DateTime'
  readonly timezone: boolean

  constructor(timezone: boolean | TimezoneOptions = {}) {
    super()
    this.timezone = typeof timezone === 'boolean' ? timezone : (timezone.timezone ?? false)
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.timezone ? { timezone: true } : {} }
  }
}

class TimeType extends TypeEngine<string> {
  override readonly typeName: string = 'Time'
  override readonly affinity: TypeAffinity = 'Time'
  readonly timezone: boolean

  constructor(timezone: boolean | TimezoneOptions = {}) {
    super()
    this.timezone = typeof timezone === 'boolean' ? timezone : (timezone.timezone ?? false)
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.timezone ? { timezone: true } : {} }
  }
}

class IntervalType extends TypeEngine<unknown> {
  override readonly typeName: string = 'Interval'
  override readonly affinity: TypeAffinity = 'Interval'
  readonly native: boolean
  readonly secondPrecision: number | undefined
  readonly dayPrecision: number | undefined

  constructor(options: IntervalOptions = {}) {
    super()
    this.native = options.native ?? true
    this.secondPrecision = options.secondPrecision
    this.dayPrecision = options.dayPrecision
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (!this.native) options['native'] = false
    if (this.secondPrecision !== undefined) options['secondPrecision'] = this.secondPrecision
    if (this.dayPrecision !== undefined) options['dayPrecision'] = this.dayPrecision
    return { positional: [], options }
  }
}

/** A calendar date. */
export const Date: Callable<typeof DateType> = callable(DateType)
export type Date = DateType

/** A date and time of day, `DateTime({ timezone: true })` with its zone. */
export const DateTime: Callable<typeof DateTimeType> = callable(DateTimeType)
export type DateTime = DateTimeType

/** A time of day. */
export const Time: Callable<typeof TimeType> = callable(TimeType)
export type Time = TimeType

/** A span of time; the native type where the database has one. */
export const Interval: Callable<typeof IntervalType> = callable(IntervalType)
export type Interval = IntervalType

class DATEType extends DateType {
  override readonly typeName: string = 'DATE'
}

/** SQL `DATE`, spelled so on every database that has the word. */
export const DATE: Callable<typeof DATEType> = callable(DATEType)
export type DATE = DATEType

class DATETIMEType extends DateTimeType {
  override readonly typeName: string = 'DATETIME'
}

/** SQL `DATETIME`, spelled so on every database that has the word. */
export const DATETIME: Callable<typeof DATETIMEType> = callable(DATETIMEType)
export type DATETIME = DATETIMEType

class TIMESTAMPType extends DateTimeType {
  override readonly typeName: string = 'TIMESTAMP'
}

/** SQL `TIMESTAMP`, spelled so on every database that has the word. */
export const TIMESTAMP: Callable<typeof TIMESTAMPType> = callable(TIMESTAMPType)
export type TIMESTAMP = TIMESTAMPType

class TIMEType extends TimeType {
  override readonly typeName: string = 'TIME'
}

/** SQL `TIME`, spelled so on every database that has the word. */
export const TIME: Callable<typeof TIMEType> = callable(TIMEType)
export type TIME = TIMEType
