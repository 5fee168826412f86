import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TIME as StandardTime,
  TIMESTAMP as StandardTimestamp,
  type TimezoneOptions,
} from '../../../sql/types/temporal.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options of `TIMESTAMP` and `TIME`. */
export interface PrecisionOptions extends TimezoneOptions {
  /** Digits of the fraction of a second, 0 to 6. */
  readonly precision?: number
}

/** Options of `INTERVAL`. */
export interface PostgresqlIntervalOptions {
  /** Digits of the fraction of a second, 0 to 6. */
  readonly precision?: number
  /** The fields that are kept: `'YEAR TO MONTH'`. */
  readonly fields?: string
}

function readPrecision(
  timezone: boolean | PrecisionOptions,
  precision: number | undefined,
): number | undefined {
  return precision ?? (typeof timezone === 'boolean' ? undefined : timezone.precision)
}

function precisionArguments(timezone: boolean, precision: number | undefined): TypeArguments {
  return {
    positional: [],
    options: {
      ...(timezone ? { timezone } : {}),
      ...(precision === undefined ? {} : { precision }),
    },
  }
}

class TimestampType extends StandardTimestamp {
  override readonly dialectName: string | null = 'postgresql'
  readonly precision: number | undefined

  constructor(timezone: boolean | PrecisionOptions = {}, precision?: number) {
    super(timezone)
    this.precision = readPrecision(timezone, precision)
  }

  override typeArguments(): TypeArguments {
    return precisionArguments(this.timezone, this.precision)
  }
}

class TimeType extends StandardTime {
  override readonly dialectName: string | null = 'postgresql'
  readonly precision: number | undefined

  constructor(timezone: boolean | PrecisionOptions = {}, precision?: number) {
    super(timezone)
    this.precision = readPrecision(timezone, precision)
  }

  override typeArguments(): TypeArguments {
    return precisionArguments(this.timezone, this.precision)
  }
}

class IntervalType extends TypeEngine<string> {
  override readonly typeName = 'INTERVAL'
  override readonly affinity: TypeAffinity = 'Interval'
  override readonly dialectName: string | null = 'postgresql'
  readonly precision: number | undefined
  readonly fields: string | undefined

  constructor(precision?: number | PostgresqlIntervalOptions | null, fields?: string) {
    super()
    const named = typeof precision === 'object' && precision !== null ? precision : {}
    this.precision = typeof precision === 'number' ? precision : named.precision
    this.fields = fields ?? named.fields
  }

  override typeArguments(): TypeArguments {
    return {
      positional: [],
      options: {
        ...(this.precision === undefined ? {} : { precision: this.precision }),
        ...(this.fields === undefined ? {} : { fields: this.fields }),
      },
    }
  }
}

/** `TIMESTAMP(3) WITH TIME ZONE`: `TIMESTAMP({ timezone: true, precision: 3 })`. */
export const TIMESTAMP: Callable<typeof TimestampType> = callable(TimestampType)
export type TIMESTAMP = TimestampType

/** `TIME(3) WITH TIME ZONE`: `TIME({ timezone: true, precision: 3 })`. */
export const TIME: Callable<typeof TimeType> = callable(TimeType)
export type TIME = TimeType

/** `INTERVAL DAY TO SECOND (3)`: `INTERVAL({ fields: 'DAY TO SECOND', precision: 3 })`. */
export const INTERVAL: Callable<typeof IntervalType> = callable(IntervalType)
export type INTERVAL = IntervalType
