import { callable, type Callable } from '../../sql/types/callable.ts'
import {
  decfloatTypeOf,
  type DecfloatType,
  type DecfloatTypeClass,
} from '../../sql/types/decfloat.ts'
import { Numeric } from '../../sql/types/numeric.ts'
import { CHAR, CLOB, Text, Unicode, UnicodeText, VARCHAR } from '../../sql/types/string.ts'

export { BINARY, BLOB, VARBINARY } from '../../sql/types/binary.ts'
export { BOOLEAN } from '../../sql/types/boolean.ts'
// As in the reference, these are the generic types: INTEGER is written INT, NUMERIC is written DECIMAL.
export {
  BigInteger as BIGINT,
  Integer as INTEGER,
  Numeric as NUMERIC,
  SmallInteger as SMALLINT,
} from '../../sql/types/numeric.ts'
export { DECIMAL, FLOAT, REAL } from '../../sql/types/numeric.ts'
export { CHAR, CLOB, NCHAR, NVARCHAR, VARCHAR } from '../../sql/types/string.ts'
export { Date as DATE, DateTime as DATETIME } from '../../sql/types/temporal.ts'
export { DateTime as TIMESTAMP, Time as TIME } from '../../sql/types/temporal.ts'
export { UUID } from '../../sql/types/uuid.ts'

class DoubleType extends Numeric {
  override readonly typeName: string = 'DOUBLE'
  override readonly dialectName: string | null = 'db2'
}

/** A double-precision number. */
export const DOUBLE: Callable<typeof DoubleType> = callable(DoubleType)
export type DOUBLE = DoubleType

class LongVarcharType extends VARCHAR {
  override readonly typeName: string = 'LONGVARCHAR'
  override readonly dialectName: string | null = 'db2'
}

/** `LONG VARCHAR`, which Db2 keeps for old tables; new ones have CLOB. */
export const LONGVARCHAR: Callable<typeof LongVarcharType> = callable(LongVarcharType)
export type LONGVARCHAR = LongVarcharType

class DbclobType extends CLOB {
  override readonly typeName: string = 'DBCLOB'
  override readonly dialectName: string | null = 'db2'
}

/** A large string of double-byte characters; its length is one million unless given. */
export const DBCLOB: Callable<typeof DbclobType> = callable(DbclobType)
export type DBCLOB = DbclobType

class GraphicType extends CHAR {
  override readonly typeName: string = 'GRAPHIC'
  override readonly dialectName: string | null = 'db2'
}

/** A string of double-byte characters, padded to its length. */
export const GRAPHIC: Callable<typeof GraphicType> = callable(GraphicType)
export type GRAPHIC = GraphicType

class VargraphicType extends Unicode {
  override readonly typeName: string = 'VARGRAPHIC'
  override readonly dialectName: string | null = 'db2'
}

/** A string of double-byte characters of limited length, which must be given. */
export const VARGRAPHIC: Callable<typeof VargraphicType> = callable(VargraphicType)
export type VARGRAPHIC = VargraphicType

class LongVargraphicType extends UnicodeText {
  override readonly typeName: string = 'LONGVARGRAPHIC'
  override readonly dialectName: string | null = 'db2'
}

/** `LONG VARGRAPHIC`, which Db2 keeps for old tables; new ones have DBCLOB. */
export const LONGVARGRAPHIC: Callable<typeof LongVargraphicType> = callable(LongVargraphicType)
export type LONGVARGRAPHIC = LongVargraphicType

class XmlType extends Text {
  override readonly typeName: string = 'XML'
  override readonly dialectName: string | null = 'db2'
}

/** An XML document. */
export const XML: Callable<typeof XmlType> = callable(XmlType)
export type XML = XmlType

/** A decimal floating-point number of 16 or 34 digits. */
export const DECFLOAT: DecfloatTypeClass = decfloatTypeOf('db2')
export type DECFLOAT = DecfloatType
