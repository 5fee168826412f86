import { brand } from '../../util/brand.ts'
import { CompileError } from '../../errors/compile-error.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import { callable, type Callable } from '../../sql/types/callable.ts'
import { JSON as GenericJson } from '../../sql/types/json.ts'
import {
  Date as GenericDate,
  DateTime as GenericDateTime,
  Time as GenericTime,
  type TimezoneOptions,
} from '../../sql/types/temporal.ts'
import {
  nativeTypeOf,
  type NativeType as AnyNativeType,
  type NativeTypeClass,
} from '../../sql/types/native-type.ts'
import type { TypeArguments } from '../../sql/types/type-engine.ts'

export { BLOB } from '../../sql/types/binary.ts'
export { BOOLEAN } from '../../sql/types/boolean.ts'
export { DECIMAL, FLOAT, INTEGER, NUMERIC, REAL, SMALLINT } from '../../sql/types/numeric.ts'
export { CHAR, TEXT, VARCHAR } from '../../sql/types/string.ts'
export { TIMESTAMP } from '../../sql/types/temporal.ts'

/**
 * A type that has no class here, as SQL: what migrations say of those that are in a database.
 *
 * @example
 * sa.Column('place', sa.sqlite.NativeType('GEOMETRY'))
 */
export const NativeType: NativeTypeClass = nativeTypeOf('sqlite')
export type NativeType = AnyNativeType

/** How a date or time is stored as text. */
export interface StorageOptions {
  /**
   * The stored text, with the reference's placeholders: `'%(month)02d/%(day)02d/%(year)04d'`. Without any character that
   * is no digit the column must not be numeric, and is declared `DATE_CHAR`, `TIME_CHAR` or `DATETIME_CHAR`.
   */
  readonly storageFormat?: string
  /** How the stored text is read back; no effect on DDL. */
  readonly regexp?: RegExp
}

/** Options of the types with a time of day. */
export interface TimeStorageOptions extends StorageOptions {
  /** Stores whole seconds; not together with `storageFormat` or `regexp`. */
  readonly truncateMicroseconds?: boolean
}

/** The parts of a moment, by the names that storage formats use. */
export type MomentParts = Readonly<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond', number>
>

const MIDNIGHT: MomentParts = {
  year: 0,
  month: 0,
  day: 0,
  hour: 0,
  minute: 0,
  second: 0,
  microsecond: 0,
}

/** Writes a moment by a storage format. Throws CompileError for a placeholder that it doesn't know. */
export function formatMoment(storageFormat: string, moment: MomentParts): string {
  return storageFormat.replaceAll(
    /%(?:%|\((\w+)\)0?(\d*)d)/g,
    (match, part: string | undefined, width: string) => {
      if (part === undefined) return '%'
      const value = (moment as Readonly<Record<string, number>>)[part]
      if (value !== undefined) return String(value).padStart(Number(width), '0')
      throw new CompileError(`Storage format '${storageFormat}' has an unknown part: ${match}`)
    },
  )
}

/** Whether SQLite keeps what is stored by this format as text in a column without TEXT affinity. */
function isTextual(storageFormat: string): boolean {
  return /[^0-9]/.test(formatMoment(storageFormat, MIDNIGHT))
}

function storageArguments(options: TimeStorageOptions): Record<string, unknown> {
  const { storageFormat, regexp, truncateMicroseconds } = options
  return {
    ...(storageFormat === undefined ? {} : { storageFormat }),
    ...(regexp === undefined ? {} : { regexp }),
    ...(truncateMicroseconds === true ? { truncateMicroseconds } : {}),
  }
}

function timeFormat(options: TimeStorageOptions, whole: string): string {
  const { storageFormat, regexp, truncateMicroseconds } = options
  if (truncateMicroseconds !== true) return storageFormat ?? `${whole}.%(microsecond)06d`
  if (storageFormat === undefined && regexp === undefined) return whole
  throw new SchemaError(
    'You can specify only one of truncateMicroseconds and storageFormat or regexp',
  )
}

class SqliteDate extends GenericDate {
  static {
    brand(this, 'sqlite.SqliteDate')
  }

  override readonly typeName: string = 'DATE'
  override readonly dialectName: string | null = 'sqlite'
  readonly storage: StorageOptions
  readonly storageFormat: string

  constructor(options: StorageOptions = {}) {
    super()
    this.storage = options
    this.storageFormat = options.storageFormat ?? '%(year)04d-%(month)02d-%(day)02d'
  }

  /** Whether the column may be declared with the type's own name. */
  get isStoredAsText(): boolean {
    return isTextual(this.storageFormat)
  }

  /** The format is SQLite's alone: to every other database this is the generic type. */
  override get visitName(): string {
    return 'Date'
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: storageArguments(this.storage) }
  }
}

class SqliteTime extends GenericTime {
  static {
    brand(this, 'sqlite.SqliteTime')
  }

  override readonly typeName: string = 'TIME'
  override readonly dialectName: string | null = 'sqlite'
  readonly storage: TimeStorageOptions
  readonly storageFormat: string

  constructor(options: TimeStorageOptions & TimezoneOptions = {}) {
    super(options)
    this.storage = options
    this.storageFormat = timeFormat(options, '%(hour)02d:%(minute)02d:%(second)02d')
  }

  /** Whether the column may be declared with the type's own name. */
  get isStoredAsText(): boolean {
    return isTextual(this.storageFormat)
  }

  /** The format is SQLite's alone: to every other database this is the generic type. */
  override get visitName(): string {
    return 'Time'
  }

  override typeArguments(): TypeArguments {
    const { options } = super.typeArguments()
    return { positional: [], options: { ...options, ...storageArguments(this.storage) } }
  }
}

class SqliteDateTime extends GenericDateTime {
  static {
    brand(this, 'sqlite.SqliteDateTime')
  }

  override readonly typeName: string = 'DATETIME'
  override readonly dialectName: string | null = 'sqlite'
  readonly storage: TimeStorageOptions
  readonly storageFormat: string

  constructor(options: TimeStorageOptions & TimezoneOptions = {}) {
    super(options)
    this.storage = options
    const date = '%(year)04d-%(month)02d-%(day)02d'
    this.storageFormat = timeFormat(options, `${date} %(hour)02d:%(minute)02d:%(second)02d`)
  }

  /** Whether the column may be declared with the type's own name. */
  get isStoredAsText(): boolean {
    return isTextual(this.storageFormat)
  }

  /** The format is SQLite's alone: to every other database this is the generic type. */
  override get visitName(): string {
    return 'DateTime'
  }

  override typeArguments(): TypeArguments {
    const { options } = super.typeArguments()
    return { positional: [], options: { ...options, ...storageArguments(this.storage) } }
  }
}

class SqliteJson extends GenericJson {
  override readonly dialectName: string | null = 'sqlite'
}

/** A date, stored as text. */
export const DATE: Callable<typeof SqliteDate> = callable(SqliteDate)
export type DATE = SqliteDate

/** A time of day, stored as text. */
export const TIME: Callable<typeof SqliteTime> = callable(SqliteTime)
export type TIME = SqliteTime

/**
 * A date and time, stored as text.
 *
 * @example
 * sa.sqlite.DATETIME({ truncateMicroseconds: true })
 */
export const DATETIME: Callable<typeof SqliteDateTime> = callable(SqliteDateTime)
export type DATETIME = SqliteDateTime

/** A JSON document, stored as text. */
export const JSON: Callable<typeof SqliteJson> = callable(SqliteJson)
export type JSON = SqliteJson
