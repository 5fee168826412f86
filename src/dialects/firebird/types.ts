import { callable, type Callable } from '../../sql/types/callable.ts'
import {
  decfloatTypeOf,
  type DecfloatType,
  type DecfloatTypeClass,
} from '../../sql/types/decfloat.ts'
import {
  CHAR as StandardChar,
  VARCHAR as StandardVarchar,
  type StringOptions,
} from '../../sql/types/string.ts'
import type { TypeArguments } from '../../sql/types/type-engine.ts'
import { wordTypesOf, type WordTypeClass } from '../../sql/types/word-type.ts'

export { BLOB } from '../../sql/types/binary.ts'
export { BOOLEAN } from '../../sql/types/boolean.ts'
export {
  BIGINT,
  DECIMAL,
  DOUBLE_PRECISION,
  FLOAT,
  INTEGER,
  NUMERIC,
  SMALLINT,
} from '../../sql/types/numeric.ts'
export { TEXT } from '../../sql/types/string.ts'
export { DATE, TIME, TIMESTAMP } from '../../sql/types/temporal.ts'

/** Options of Firebird's string types. */
export interface FirebirdStringOptions extends StringOptions {
  /** Character set of the column; that of the database unless given. */
  readonly charset?: string
}

class FirebirdVarchar extends StandardVarchar {
  override readonly dialectName: string | null = 'firebird'
  readonly charset: string | undefined

  constructor(length?: number | FirebirdStringOptions | null, options: FirebirdStringOptions = {}) {
    super(length, options)
    this.charset = charsetOf(length, options)
  }

  override typeArguments(): TypeArguments {
    return withCharset(super.typeArguments(), this.charset)
  }
}

/** A string of limited length, which must be given. */
export const VARCHAR: Callable<typeof FirebirdVarchar> = callable(FirebirdVarchar)
export type VARCHAR = FirebirdVarchar

class FirebirdChar extends StandardChar {
  override readonly dialectName: string | null = 'firebird'
  readonly charset: string | undefined

  constructor(length?: number | FirebirdStringOptions | null, options: FirebirdStringOptions = {}) {
    super(length, options)
    this.charset = charsetOf(length, options)
  }

  override typeArguments(): TypeArguments {
    return withCharset(super.typeArguments(), this.charset)
  }
}

/** A string padded with spaces to its length. */
export const CHAR: Callable<typeof FirebirdChar> = callable(FirebirdChar)
export type CHAR = FirebirdChar

/** A decimal floating-point number of 16 or 34 digits; Firebird 4 and later. */
export const DECFLOAT: DecfloatTypeClass = decfloatTypeOf('firebird')
export type DECFLOAT = DecfloatType

/** A 128-bit integer; Firebird 4 and later. */
export const INT128: WordTypeClass<string> = wordTypesOf('firebird')('INT128', 'Integer')

function charsetOf(
  length: number | FirebirdStringOptions | null | undefined,
  options: FirebirdStringOptions,
): string | undefined {
  return typeof length === 'object' && length !== null ? length.charset : options.charset
}

function withCharset(base: TypeArguments, charset: string | undefined): TypeArguments {
  if (charset === undefined) return base
  return { ...base, options: { ...base.options, charset } }
}
