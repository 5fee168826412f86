import { brand } from '../../../util/brand.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** How the characters of a string type are stored and compared. */
export interface CharacterOptions {
  /** Character set; wins over `ascii` and `unicode`. */
  readonly charset?: string
  /** Collation; wins over `binary`. */
  readonly collation?: string
  /** Another word for `collation`. */
  readonly collate?: string
  /** `ASCII`, the servers' short form of the latin1 character set. */
  readonly ascii?: boolean
  /** `UNICODE`, the servers' short form of the ucs2 character set. */
  readonly unicode?: boolean
  /** `BINARY`: the binary collation of the character set. */
  readonly binary?: boolean
  /** `NATIONAL`: the server's national character set; `charset` then has no effect. */
  readonly national?: boolean
}

/** Options of the string types that have a length. */
export interface StringOptions extends CharacterOptions {
  /** Length in characters; for TEXT in bytes. */
  readonly length?: number
}

/** What the string types share. */
export abstract class MysqlStringType<Out = string> extends TypeEngine<Out> {
  static {
    brand(this, 'mysql.MysqlStringType')
  }

  override readonly dialectName: string | null = 'mysql'
  override readonly affinity: TypeAffinity = 'String'
  readonly charset: string | undefined
  readonly collation: string | undefined
  readonly ascii: boolean
  readonly unicode: boolean
  readonly binary: boolean
  readonly national: boolean

  constructor(options: CharacterOptions = {}) {
    super()
    this.charset = options.charset
    this.collation = options.collation ?? options.collate
    this.ascii = options.ascii ?? false
    this.unicode = options.unicode ?? false
    this.binary = options.binary ?? false
    this.national = options.national ?? false
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.charset !== undefined) options['charset'] = this.charset
    if (this.collation !== undefined) options['collation'] = this.collation
    for (const flag of ['ascii', 'unicode', 'binary', 'national'] as const) {
      if (this[flag]) options[flag] = true
    }
    return { positional: [], options }
  }
}

/** A string type with a length. */
abstract class SizedStringType extends MysqlStringType {
  readonly length: number | undefined

  constructor(length?: number | StringOptions | null, options: StringOptions = {}) {
    const named = typeof length === 'object' && length !== null ? length : options
    super(named)
    this.length = typeof length === 'number' ? length : named.length
  }

  override typeArguments(): TypeArguments {
    const { options } = super.typeArguments()
    const length = this.length === undefined ? {} : { length: this.length }
    return { positional: [], options: { ...length, ...options } }
  }
}

class VARCHARType extends SizedStringType {
  override readonly typeName: string = 'VARCHAR'
}

/** A string of limited length; both servers require the length. */
export const VARCHAR: Callable<typeof VARCHARType> = callable(VARCHARType)
export type VARCHAR = VARCHARType

class CHARType extends SizedStringType {
  override readonly typeName: string = 'CHAR'
}

/** A string of fixed length, padded with spaces. */
export const CHAR: Callable<typeof CHARType> = callable(CHARType)
export type CHAR = CHARType

class TEXTType extends SizedStringType {
  override readonly typeName: string = 'TEXT'
}

/** Up to 65,535 bytes of characters; a length picks the smallest TEXT type that holds it. */
export const TEXT: Callable<typeof TEXTType> = callable(TEXTType)
export type TEXT = TEXTType

class NVARCHARType extends SizedStringType {
  override readonly typeName: string = 'NVARCHAR'
}

/** A VARCHAR of the server's national character set. */
export const NVARCHAR: Callable<typeof NVARCHARType> = callable(NVARCHARType)
export type NVARCHAR = NVARCHARType

class NCHARType extends SizedStringType {
  override readonly typeName: string = 'NCHAR'
}

/** A CHAR of the server's national character set. */
export const NCHAR: Callable<typeof NCHARType> = callable(NCHARType)
export type NCHAR = NCHARType

class TINYTEXTType extends MysqlStringType {
  override readonly typeName: string = 'TINYTEXT'
}

/** Up to 255 bytes of characters. */
export const TINYTEXT: Callable<typeof TINYTEXTType> = callable(TINYTEXTType)
export type TINYTEXT = TINYTEXTType

class MEDIUMTEXTType extends MysqlStringType {
  override readonly typeName: string = 'MEDIUMTEXT'
}

/** Up to 16 MiB of characters. */
export const MEDIUMTEXT: Callable<typeof MEDIUMTEXTType> = callable(MEDIUMTEXTType)
export type MEDIUMTEXT = MEDIUMTEXTType

class LONGTEXTType extends MysqlStringType {
  override readonly typeName: string = 'LONGTEXT'
}

/** Up to 4 GiB of characters; MariaDB's JSON is one. */
export const LONGTEXT: Callable<typeof LONGTEXTType> = callable(LONGTEXTType)
export type LONGTEXT = LONGTEXTType
