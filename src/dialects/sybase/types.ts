import { LargeBinary } from '../../sql/types/binary.ts'
import { callable, type Callable } from '../../sql/types/callable.ts'
import { Integer } from '../../sql/types/numeric.ts'
import { Unicode, UnicodeText } from '../../sql/types/string.ts'
import { wordTypesOf, type WordTypeClass } from '../../sql/types/word-type.ts'

export { BINARY, VARBINARY } from '../../sql/types/binary.ts'
export {
  BIGINT,
  DECIMAL,
  DOUBLE_PRECISION,
  FLOAT,
  INT,
  INTEGER,
  NUMERIC,
  REAL,
  SMALLINT,
} from '../../sql/types/numeric.ts'
export { CHAR, NCHAR, NVARCHAR, TEXT, VARCHAR } from '../../sql/types/string.ts'
export { DATE, DATETIME, TIME, TIMESTAMP } from '../../sql/types/temporal.ts'

class UnicharType extends Unicode {
  override readonly typeName: string = 'UNICHAR'
  override readonly dialectName: string | null = 'sybase'
}

/** A UTF-16 string, padded to its length, which must be given. */
export const UNICHAR: Callable<typeof UnicharType> = callable(UnicharType)
export type UNICHAR = UnicharType

class UnivarcharType extends Unicode {
  override readonly typeName: string = 'UNIVARCHAR'
  override readonly dialectName: string | null = 'sybase'
}

/** A UTF-16 string of limited length, which must be given. */
export const UNIVARCHAR: Callable<typeof UnivarcharType> = callable(UnivarcharType)
export type UNIVARCHAR = UnivarcharType

class UnitextType extends UnicodeText {
  override readonly typeName: string = 'UNITEXT'
  override readonly dialectName: string | null = 'sybase'
}

/** A UTF-16 string of any length. */
export const UNITEXT: Callable<typeof UnitextType> = callable(UnitextType)
export type UNITEXT = UnitextType

class TinyintType extends Integer {
  override readonly typeName: string = 'TINYINT'
  override readonly dialectName: string | null = 'sybase'
}

/** An integer from 0 to 255. */
export const TINYINT: Callable<typeof TinyintType> = callable(TinyintType)
export type TINYINT = TinyintType

class ImageType extends LargeBinary {
  override readonly typeName: string = 'IMAGE'
  override readonly dialectName: string | null = 'sybase'
}

/** Bytes of any length. */
export const IMAGE: Callable<typeof ImageType> = callable(ImageType)
export type IMAGE = ImageType

const wordType = wordTypesOf('sybase')

/** 0 or 1; before Adaptive Server 16 it can't be NULL. */
export const BIT: WordTypeClass<boolean> = wordType('BIT')

/** An amount with four decimal places, in 64 bits. */
export const MONEY: WordTypeClass<string> = wordType('MONEY')

/** An amount with four decimal places, in 32 bits. */
export const SMALLMONEY: WordTypeClass<string> = wordType('SMALLMONEY')

/** A UUID, in relatives of Adaptive Server that have the type. */
export const UNIQUEIDENTIFIER: WordTypeClass<string> = wordType('UNIQUEIDENTIFIER')
