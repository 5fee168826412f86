import { LargeBinary } from '../../../sql/types/binary.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import { NVARCHAR, Text, VARCHAR } from '../../../sql/types/string.ts'
import {
  wordTypesOf,
  type WordType,
  type WordTypeClass,
  type WordTypeFactory,
} from '../../../sql/types/word-type.ts'

const wordType: WordTypeFactory = wordTypesOf('oracle')

class Varchar2Type extends VARCHAR {
  override readonly typeName: string = 'VARCHAR2'
  override readonly dialectName: string | null = 'oracle'
}

class Nvarchar2Type extends NVARCHAR {
  override readonly typeName: string = 'NVARCHAR2'
  override readonly dialectName: string | null = 'oracle'

  /** To every other database it is NVARCHAR. */
  override get visitName(): string {
    return 'NVARCHAR'
  }
}

class NclobType extends Text {
  override readonly typeName: string = 'NCLOB'
  override readonly dialectName: string | null = 'oracle'
}

class LongType extends Text {
  override readonly typeName: string = 'LONG'
  override readonly dialectName: string | null = 'oracle'
}

class RawType extends LargeBinary {
  override readonly typeName: string = 'RAW'
  override readonly dialectName: string | null = 'oracle'
}

class BfileType extends LargeBinary {
  override readonly typeName: string = 'BFILE'
  override readonly dialectName: string | null = 'oracle'
}

/** A string of limited length: `VARCHAR2(50)`. */
export const VARCHAR2: Callable<typeof Varchar2Type> = callable(Varchar2Type)
export type VARCHAR2 = Varchar2Type

/** A string in the national character set: `NVARCHAR2(50)`. */
export const NVARCHAR2: Callable<typeof Nvarchar2Type> = callable(Nvarchar2Type)
export type NVARCHAR2 = Nvarchar2Type

/** A string of any length in the national character set. */
export const NCLOB: Callable<typeof NclobType> = callable(NclobType)
export type NCLOB = NclobType

/** The older form of CLOB. */
export const LONG: Callable<typeof LongType> = callable(LongType)
export type LONG = LongType

/** Bytes of limited length: `RAW(16)`. */
export const RAW: Callable<typeof RawType> = callable(RawType)
export type RAW = RawType

/** Bytes in a file outside of the database. */
export const BFILE: Callable<typeof BfileType> = callable(BfileType)
export type BFILE = BfileType

/** The address of a row. */
export const ROWID: WordTypeClass<string> = wordType('ROWID')
export type ROWID = WordType<string>
