import { SchemaError } from '../../../errors/schema-error.ts'
import { LargeBinary, VARBINARY as StandardVarbinary } from '../../../sql/types/binary.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options of `VARBINARY`. */
export interface MssqlVarbinaryOptions {
  /** Length in bytes, or `'max'`: up to 2 GB. */
  readonly length?: number | 'max'
  /** Kept in files outside of the database; only with `max`. */
  readonly filestream?: boolean
}

/** Options of `TIMESTAMP` and `ROWVERSION`. */
export interface RowversionOptions {
  /** The reference's choice of Python type; no effect on DDL. */
  readonly convertInt?: boolean
}

class VarbinaryType extends StandardVarbinary {
  override readonly dialectName: string | null = 'mssql'
  readonly isMax: boolean
  readonly filestream: boolean

  constructor(
    length?: number | 'max' | MssqlVarbinaryOptions | null,
    options: MssqlVarbinaryOptions = {},
  ) {
    const named = typeof length === 'object' && length !== null ? length : options
    const given = typeof length === 'object' ? named.length : (length ?? named.length)
    super(typeof given === 'number' ? given : null)
    this.isMax = given === 'max'
    this.filestream = named.filestream ?? false
    if (this.filestream && typeof given === 'number') {
      throw new SchemaError("length must be null or 'max' when setting filestream")
    }
  }

  /** No other database has the length. */
  override get visitName(): string {
    return this.isMax ? 'VARBINARY(max)' : super.visitName
  }

  override typeArguments(): TypeArguments {
    const { positional, options } = super.typeArguments()
    return {
      positional,
      options: {
        ...options,
        ...(this.isMax ? { length: 'max' } : {}),
        ...(this.filestream ? { filestream: true } : {}),
      },
    }
  }
}

class ImageType extends LargeBinary {
  override readonly typeName: string = 'IMAGE'
  override readonly dialectName: string | null = 'mssql'
}

class TimestampType extends TypeEngine<Uint8Array> {
  override readonly typeName: string = 'TIMESTAMP'
  override readonly affinity: TypeAffinity = 'Binary'
  override readonly dialectName: string | null = 'mssql'
  readonly convertInt: boolean

  constructor(options: RowversionOptions = {}) {
    super()
    this.convertInt = options.convertInt ?? false
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: this.convertInt ? { convertInt: true } : {} }
  }
}

class RowversionType extends TimestampType {
  override readonly typeName: string = 'ROWVERSION'
}

/** Bytes: `VARBINARY(16)`, `VARBINARY('max', { filestream: true })`; without a length it is `max`. */
export const VARBINARY: Callable<typeof VarbinaryType> = callable(VarbinaryType)
export type VARBINARY = VarbinaryType

/** The older form of `VARBINARY('max')`. */
export const IMAGE: Callable<typeof ImageType> = callable(ImageType)
export type IMAGE = ImageType

/** The number of a row's last change, eight bytes that the server writes; not the standard's TIMESTAMP. */
export const TIMESTAMP: Callable<typeof TimestampType> = callable(TimestampType)
export type TIMESTAMP = TimestampType

/** The present name of `TIMESTAMP`; the catalog gives it back as that. */
export const ROWVERSION: Callable<typeof RowversionType> = callable(RowversionType)
export type ROWVERSION = RowversionType
