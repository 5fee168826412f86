import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  NVARCHAR as StandardNvarchar,
  Text,
  UnicodeText,
  VARCHAR as StandardVarchar,
  type StringOptions,
} from '../../../sql/types/string.ts'
import type { TypeArguments } from '../../../sql/types/type-engine.ts'

/** A length in characters, or `'max'`: up to 2 GB. */
export type MssqlLength = number | 'max'

/** Options of `VARCHAR` and `NVARCHAR`. */
export interface MssqlStringOptions extends Omit<StringOptions, 'length'> {
  readonly length?: MssqlLength
}

type FirstArgument = MssqlLength | MssqlStringOptions | null

interface ReadArguments {
  readonly isMax: boolean
  readonly standard: StringOptions
}

function readArguments(
  length: FirstArgument | undefined,
  options: MssqlStringOptions | string,
): ReadArguments {
  const given = typeof length === 'object' && length !== null ? length : options
  const { length: named, ...rest } = typeof given === 'string' ? { collation: given } : given
  const wanted = typeof length === 'object' ? (named ?? undefined) : (length ?? named)
  const isNumber = typeof wanted === 'number'
  return { isMax: wanted === 'max', standard: isNumber ? { ...rest, length: wanted } : rest }
}

function withMax({ positional, options }: TypeArguments, isMax: boolean): TypeArguments {
  return isMax ? { positional, options: { length: 'max', ...options } } : { positional, options }
}

class VarcharType extends StandardVarchar {
  override readonly dialectName: string | null = 'mssql'
  readonly isMax: boolean
  override readonly lengthWord: string | undefined

  constructor(length?: FirstArgument, options: MssqlStringOptions | string = {}) {
    const { isMax, standard } = readArguments(length, options)
    super(standard)
    this.isMax = isMax
    this.lengthWord = isMax ? 'max' : undefined
  }

  override typeArguments(): TypeArguments {
    return withMax(super.typeArguments(), this.isMax)
  }
}

class NvarcharType extends StandardNvarchar {
  override readonly dialectName: string | null = 'mssql'
  readonly isMax: boolean
  override readonly lengthWord: string | undefined

  constructor(length?: FirstArgument, options: MssqlStringOptions | string = {}) {
    const { isMax, standard } = readArguments(length, options)
    super(standard)
    this.isMax = isMax
    this.lengthWord = isMax ? 'max' : undefined
  }

  override typeArguments(): TypeArguments {
    return withMax(super.typeArguments(), this.isMax)
  }
}

class NtextType extends UnicodeText {
  override readonly typeName: string = 'NTEXT'
  override readonly dialectName: string | null = 'mssql'
}

class XmlType extends Text {
  override readonly typeName: string = 'XML'
  override readonly dialectName: string | null = 'mssql'
}

/** A string in the code page of its collation: `VARCHAR(50)`, `VARCHAR('max')`; without a length it is `max`. */
export const VARCHAR: Callable<typeof VarcharType> = callable(VarcharType)
export type VARCHAR = VarcharType

/** A string in UTF-16: `NVARCHAR(50)`, `NVARCHAR('max')`; without a length it is `max`. */
export const NVARCHAR: Callable<typeof NvarcharType> = callable(NvarcharType)
export type NVARCHAR = NvarcharType

/** The older form of `NVARCHAR('max')`. */
export const NTEXT: Callable<typeof NtextType> = callable(NtextType)
export type NTEXT = NtextType

/** An XML document. */
export const XML: Callable<typeof XmlType> = callable(XmlType)
export type XML = XmlType
