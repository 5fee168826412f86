import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  DateTime,
  TIME as StandardTime,
  type TimezoneOptions,
} from '../../../sql/types/temporal.ts'
import type { TypeArguments } from '../../../sql/types/type-engine.ts'

/** Options of the types that keep fractions of a second. */
export interface MssqlPrecisionOptions extends TimezoneOptions {
  /** Digits of the fraction, 0 to 7; 7 unless given. */
  readonly precision?: number
}

type FirstArgument = number | MssqlPrecisionOptions | null

function readOptions(
  precision: FirstArgument | undefined,
  options: MssqlPrecisionOptions,
): MssqlPrecisionOptions {
  if (typeof precision === 'object') return precision ?? options
  return precision === undefined ? options : { ...options, precision }
}

function withPrecision(
  { positional, options }: TypeArguments,
  precision: number | undefined,
): TypeArguments {
  return { positional, options: precision === undefined ? options : { precision, ...options } }
}

abstract class PreciseDateTime extends DateTime {
  override readonly dialectName: string | null = 'mssql'
  readonly precision: number | undefined

  constructor(precision?: FirstArgument, options: MssqlPrecisionOptions = {}) {
    const given = readOptions(precision, options)
    super(given)
    this.precision = given.precision
  }

  override typeArguments(): TypeArguments {
    return withPrecision(super.typeArguments(), this.precision)
  }
}

class Datetime2Type extends PreciseDateTime {
  override readonly typeName: string = 'DATETIME2'
}

class DatetimeoffsetType extends PreciseDateTime {
  override readonly typeName: string = 'DATETIMEOFFSET'
}

class SmalldatetimeType extends DateTime {
  override readonly typeName: string = 'SMALLDATETIME'
  override readonly dialectName: string | null = 'mssql'
}

class TimeType extends StandardTime {
  override readonly dialectName: string | null = 'mssql'
  readonly precision: number | undefined

  constructor(precision?: FirstArgument, options: MssqlPrecisionOptions = {}) {
    const given = readOptions(precision, options)
    super(given)
    this.precision = given.precision
  }

  override typeArguments(): TypeArguments {
    return withPrecision(super.typeArguments(), this.precision)
  }
}

/** Date and time to 100 nanoseconds: `DATETIME2(3)`. Server 2008 and later. */
export const DATETIME2: Callable<typeof Datetime2Type> = callable(Datetime2Type)
export type DATETIME2 = Datetime2Type

/** Date and time with the distance from UTC: `DATETIMEOFFSET(3)`. Server 2008 and later. */
export const DATETIMEOFFSET: Callable<typeof DatetimeoffsetType> = callable(DatetimeoffsetType)
export type DATETIMEOFFSET = DatetimeoffsetType

/** Date and time to the minute, 1900 to 2079. */
export const SMALLDATETIME: Callable<typeof SmalldatetimeType> = callable(SmalldatetimeType)
export type SMALLDATETIME = SmalldatetimeType

/** Time of day: `TIME(3)`. Server 2008 and later. */
export const TIME: Callable<typeof TimeType> = callable(TimeType)
export type TIME = TimeType
