import { brand } from '../../../util/brand.ts'
import { SchemaError } from '../../../errors/schema-error.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'
import { givenModifiers, type NumberModifiers } from './integer.ts'

/** Options of the types with a fraction. */
export interface DecimalOptions extends NumberModifiers {
  /** Decimal digits in all. */
  readonly precision?: number
  /** Decimal digits after the point. */
  readonly scale?: number
  /** Whether drivers should return exact decimals; no effect on DDL. */
  readonly asdecimal?: boolean
}

/** What the types with a fraction share. */
export abstract class MysqlDecimalType<Out = string | number> extends TypeEngine<Out> {
  static {
    brand(this, 'mysql.MysqlDecimalType')
  }

  override readonly dialectName: string | null = 'mysql'
  override readonly affinity: TypeAffinity = 'Numeric'
  readonly precision: number | undefined
  readonly scale: number | undefined
  readonly unsigned: boolean
  readonly zerofill: boolean
  readonly asdecimal: boolean

  constructor(
    precision?: number | DecimalOptions | null,
    scale?: number | DecimalOptions | null,
    options: DecimalOptions = {},
  ) {
    super()
    const given = [precision, scale, options].find(
      (value) => typeof value === 'object' && value !== null,
    )
    const named: DecimalOptions = typeof given === 'object' ? given : {}
    this.precision = typeof precision === 'number' ? precision : named.precision
    this.scale = typeof scale === 'number' ? scale : named.scale
    this.unsigned = named.unsigned ?? false
    this.zerofill = named.zerofill ?? false
    this.asdecimal = named.asdecimal ?? this.asdecimalDefault
  }

  /** What `asdecimal` is unless given. */
  protected get asdecimalDefault(): boolean {
    return true
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.precision !== undefined) options['precision'] = this.precision
    if (this.scale !== undefined) options['scale'] = this.scale
    if (this.asdecimal !== this.asdecimalDefault) options['asdecimal'] = this.asdecimal
    return { positional: [], options: { ...options, ...givenModifiers(this) } }
  }
}

class NUMERICType extends MysqlDecimalType {
  override readonly typeName: string = 'NUMERIC'
}

/** An exact decimal; the servers store it as DECIMAL. */
export const NUMERIC: Callable<typeof NUMERICType> = callable(NUMERICType)
export type NUMERIC = NUMERICType

class DECIMALType extends MysqlDecimalType {
  override readonly typeName: string = 'DECIMAL'
}

/** An exact decimal: `DECIMAL(10, 2)`. */
export const DECIMAL: Callable<typeof DECIMALType> = callable(DECIMALType)
export type DECIMAL = DECIMALType

class FLOATType extends MysqlDecimalType<number> {
  override readonly typeName: string = 'FLOAT'

  protected override get asdecimalDefault(): boolean {
    return false
  }
}

/** A single-precision number; `FLOAT(p)` with p over 24 becomes a DOUBLE. */
export const FLOAT: Callable<typeof FLOATType> = callable(FLOATType)
export type FLOAT = FLOATType

/** `DOUBLE(10)` is no syntax of either server: both digits, or none. */
abstract class BothDigitsType extends MysqlDecimalType<number> {
  constructor(
    precision?: number | DecimalOptions | null,
    scale?: number | DecimalOptions | null,
    options: DecimalOptions = {},
  ) {
    super(precision, scale, options)
    if ((this.precision === undefined) !== (this.scale === undefined)) {
      throw new SchemaError('You must specify both precision and scale or omit both altogether.')
    }
  }
}

class DOUBLEType extends BothDigitsType {
  override readonly typeName: string = 'DOUBLE'
}

/** A double-precision number. */
export const DOUBLE: Callable<typeof DOUBLEType> = callable(DOUBLEType)
export type DOUBLE = DOUBLEType

class REALType extends BothDigitsType {
  override readonly typeName: string = 'REAL'
}

/** Another word for DOUBLE, unless `sql_mode` has REAL_AS_FLOAT. */
export const REAL: Callable<typeof REALType> = callable(REALType)
export type REAL = REALType
