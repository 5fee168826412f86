import { callable, type Callable } from '../../sql/types/callable.ts'
import { BigInteger, Integer, Numeric } from '../../sql/types/numeric.ts'
import {
  CHAR,
  CLOB as StandardClob,
  Unicode,
  UnicodeText,
  VARCHAR as StandardVarchar,
} from '../../sql/types/string.ts'
import { DATETIME as StandardDatetime, type TimezoneOptions } from '../../sql/types/temporal.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from '../../sql/types/type-engine.ts'
import { wordTypesOf, type WordTypeClass } from '../../sql/types/word-type.ts'

export { BLOB } from '../../sql/types/binary.ts'
export { BOOLEAN } from '../../sql/types/boolean.ts'
export {
  BIGINT,
  DECIMAL,
  FLOAT,
  INTEGER,
  NUMERIC,
  REAL,
  SMALLINT,
} from '../../sql/types/numeric.ts'
export { CHAR, CLOB, NCHAR, NVARCHAR, VARCHAR } from '../../sql/types/string.ts'
export { JSON } from '../../sql/types/json.ts'
export { DATE, TIME } from '../../sql/types/temporal.ts'

/** The fields of a moment or span: `'YEAR TO SECOND'`, `'DAY(3) TO FRACTION(5)'`. */
export interface QualifierOptions {
  readonly qualifier?: string
}

class SerialType extends Integer {
  override readonly typeName: string = 'SERIAL'
  override readonly dialectName: string | null = 'informix'
}

/** A 32-bit integer that numbers itself. */
export const SERIAL: Callable<typeof SerialType> = callable(SerialType)
export type SERIAL = SerialType

class BigserialType extends BigInteger {
  override readonly typeName: string = 'BIGSERIAL'
  override readonly dialectName: string | null = 'informix'
}

/** A 64-bit integer that numbers itself. */
export const BIGSERIAL: Callable<typeof BigserialType> = callable(BigserialType)
export type BIGSERIAL = BigserialType

class Serial8Type extends BigInteger {
  override readonly typeName: string = 'SERIAL8'
  override readonly dialectName: string | null = 'informix'
}

/** The older 64-bit integer that numbers itself. */
export const SERIAL8: Callable<typeof Serial8Type> = callable(Serial8Type)
export type SERIAL8 = Serial8Type

class Int8Type extends BigInteger {
  override readonly typeName: string = 'INT8'
  override readonly dialectName: string | null = 'informix'
}

/** The older 64-bit integer. */
export const INT8: Callable<typeof Int8Type> = callable(Int8Type)
export type INT8 = Int8Type

class DoubleType extends Numeric {
  override readonly typeName: string = 'DOUBLE'
  override readonly dialectName: string | null = 'informix'
}

/** A double-precision number. */
export const DOUBLE: Callable<typeof DoubleType> = callable(DoubleType)
export type DOUBLE = DoubleType

class MoneyType extends Numeric {
  override readonly typeName: string = 'MONEY'
  override readonly dialectName: string | null = 'informix'
}

/** A decimal that the server shows as an amount; `MONEY(16, 2)` unless given. */
export const MONEY: Callable<typeof MoneyType> = callable(MoneyType)
export type MONEY = MoneyType

class LvarcharType extends StandardVarchar {
  override readonly typeName: string = 'LVARCHAR'
  override readonly dialectName: string | null = 'informix'
}

/** A string of up to 32739 bytes; VARCHAR holds 255. */
export const LVARCHAR: Callable<typeof LvarcharType> = callable(LvarcharType)
export type LVARCHAR = LvarcharType

class DbclobType extends StandardClob {
  override readonly typeName: string = 'DBCLOB'
  override readonly dialectName: string | null = 'informix'
}

/** The reference's name for a large string of double-byte characters. */
export const DBCLOB: Callable<typeof DbclobType> = callable(DbclobType)
export type DBCLOB = DbclobType

class GraphicType extends CHAR {
  override readonly typeName: string = 'GRAPHIC'
  override readonly dialectName: string | null = 'informix'
}

/** The reference's name for a string of double-byte characters, padded to its length. */
export const GRAPHIC: Callable<typeof GraphicType> = callable(GraphicType)
export type GRAPHIC = GraphicType

class VargraphicType extends Unicode {
  override readonly typeName: string = 'VARGRAPHIC'
  override readonly dialectName: string | null = 'informix'
}

/** The reference's name for a string of double-byte characters of limited length. */
export const VARGRAPHIC: Callable<typeof VargraphicType> = callable(VargraphicType)
export type VARGRAPHIC = VargraphicType

class LongVargraphicType extends UnicodeText {
  override readonly typeName: string = 'LONGVARGRAPHIC'
  override readonly dialectName: string | null = 'informix'
}

/** The reference's name for a long string of double-byte characters. */
export const LONGVARGRAPHIC: Callable<typeof LongVargraphicType> = callable(LongVargraphicType)
export type LONGVARGRAPHIC = LongVargraphicType

class QualifiedDatetime extends StandardDatetime {
  override readonly dialectName: string | null = 'informix'
  readonly qualifier: string | undefined

  constructor(options: QualifierOptions & TimezoneOptions = {}) {
    super(options)
    this.qualifier = options.qualifier
  }

  override typeArguments(): TypeArguments {
    const base = super.typeArguments()
    return this.qualifier === undefined
      ? base
      : { ...base, options: { ...base.options, qualifier: this.qualifier } }
  }
}

/**
 * A moment; the server wants to know which fields it has.
 *
 * @example
 * sa.informix.DATETIME({ qualifier: 'YEAR TO FRACTION(3)' })
 */
export const DATETIME: Callable<typeof QualifiedDatetime> = callable(QualifiedDatetime)
export type DATETIME = QualifiedDatetime

class IntervalType extends TypeEngine<string> {
  override readonly typeName = 'INTERVAL'
  override readonly affinity: TypeAffinity = 'Interval'
  override readonly dialectName: string | null = 'informix'
  readonly qualifier: string

  constructor(options: Required<QualifierOptions>) {
    super()
    this.qualifier = options.qualifier
  }

  override typeArguments(): TypeArguments {
    return { positional: [], options: { qualifier: this.qualifier } }
  }
}

/** A span of time: `INTERVAL({ qualifier: 'DAY TO SECOND' })`. */
export const INTERVAL: Callable<typeof IntervalType> = callable(IntervalType)
export type INTERVAL = IntervalType

const wordType = wordTypesOf('informix')

/** Bytes of any length, not in a smart large object. */
export const BYTE: WordTypeClass<Uint8Array> = wordType('BYTE', 'Binary')

/** Text of any length, not in a smart large object. */
export const TEXT: WordTypeClass<string> = wordType('TEXT', 'String')

/** A JSON document in its binary form. */
export const BSON: WordTypeClass<unknown> = wordType('BSON')
