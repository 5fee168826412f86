import { SchemaError } from '../../../errors/schema-error.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  DateTime,
  TIMESTAMP as StandardTimestamp,
  type TimezoneOptions,
} from '../../../sql/types/temporal.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options of `TIMESTAMP`. */
export interface OracleTimestampOptions extends TimezoneOptions {
  /** `WITH LOCAL TIME ZONE`: kept in the database's zone, shown in the session's. */
  readonly localTimezone?: boolean
}

/** Options of `INTERVAL`. */
export interface OracleIntervalOptions {
  /** Digits of the days, 2 unless given. */
  readonly dayPrecision?: number
  /** Digits of the fraction of a second, 6 unless given. */
  readonly secondPrecision?: number
}

class DateType extends DateTime {
  override readonly typeName: string = 'DATE'
  override readonly dialectName: string | null = 'oracle'
}

class TimestampType extends StandardTimestamp {
  override readonly dialectName: string | null = 'oracle'
  readonly localTimezone: boolean

  constructor(timezone: boolean | OracleTimestampOptions = {}, localTimezone = false) {
    super(timezone)
    const named = typeof timezone === 'object' ? timezone : {}
    this.localTimezone = named.localTimezone ?? localTimezone
    if (this.timezone && this.localTimezone) {
      throw new SchemaError('timezone and localTimezone are mutually exclusive')
    }
  }

  override typeArguments(): TypeArguments {
    const { positional, options } = super.typeArguments()
    return { positional, options: this.localTimezone ? { localTimezone: true } : options }
  }
}

class IntervalType extends TypeEngine<unknown> {
  override readonly typeName = 'INTERVAL'
  override readonly affinity: TypeAffinity = 'Interval'
  override readonly dialectName: string | null = 'oracle'
  readonly dayPrecision: number | undefined
  readonly secondPrecision: number | undefined

  constructor(options: OracleIntervalOptions = {}) {
    super()
    this.dayPrecision = options.dayPrecision
    this.secondPrecision = options.secondPrecision
  }

  override typeArguments(): TypeArguments {
    const { dayPrecision, secondPrecision } = this
    return {
      positional: [],
      options: {
        ...(dayPrecision === undefined ? {} : { dayPrecision }),
        ...(secondPrecision === undefined ? {} : { secondPrecision }),
      },
    }
  }
}

/** Date and time of day to the second. */
export const DATE: Callable<typeof DateType> = callable(DateType)
export type DATE = DateType

/** Date and time of day with fractions of a second: `TIMESTAMP({ timezone: true })`. */
export const TIMESTAMP: Callable<typeof TimestampType> = callable(TimestampType)
export type TIMESTAMP = TimestampType

/** A span of time: `INTERVAL DAY TO SECOND`. */
export const INTERVAL: Callable<typeof IntervalType> = callable(IntervalType)
export type INTERVAL = IntervalType
