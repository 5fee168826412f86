import { callable, type Callable } from './callable.ts'
import { TypeEngine, type TypeAffinity, type TypeArguments } from './type-engine.ts'

/** Options of the string types. */
export interface StringOptions {
  /** Length in characters (bytes where the server counts bytes). */
  readonly length?: number
  /** Collation, as the server names it. */
  readonly collation?: string
}

class StringType extends TypeEngine<string> {
  override readonly typeName: string = 'String'
  override readonly affinity: TypeAffinity = 'String'
  readonly length: number | undefined
  readonly collation: string | undefined
  /** A word that stands for the length, where a server has one. */
  readonly lengthWord: string | undefined = undefined

  constructor(
    length?: number | StringOptions | null,
    collation?: string | StringOptions | null,
    options: StringOptions = {},
  ) {
    super()
    const given = [length, collation, options].find(
      (value) => typeof value === 'object' && value !== null,
    )
    const named: StringOptions = typeof given === 'object' ? given : {}
    this.length = typeof length === 'number' ? length : named.length
    this.collation = typeof collation === 'string' ? collation : named.collation
  }

  override typeArguments(): TypeArguments {
    const options: Record<string, unknown> = {}
    if (this.length !== undefined) options['length'] = this.length
    if (this.collation !== undefined) options['collation'] = this.collation
    return { positional: [], options }
  }
}

/** A string of limited length: `String(50)`. */
export const String: Callable<typeof StringType> = callable(StringType)
export type String = StringType

class TextType extends StringType {
  override readonly typeName: string = 'Text'
}

/** A string of any length. */
export const Text: Callable<typeof TextType> = callable(TextType)
export type Text = TextType

class UnicodeType extends StringType {
  override readonly typeName: string = 'Unicode'
}

/** A national string of limited length. */
export const Unicode: Callable<typeof UnicodeType> = callable(UnicodeType)
export type Unicode = UnicodeType

class UnicodeTextType extends StringType {
  override readonly typeName: string = 'UnicodeText'
}

/** A national string of any length. */
export const UnicodeText: Callable<typeof UnicodeTextType> = callable(UnicodeTextType)
export type UnicodeText = UnicodeTextType

class VARCHARType extends StringType {
  override readonly typeName: string = 'VARCHAR'
}

/** SQL `VARCHAR`, spelled so on every database that has the word. */
export const VARCHAR: Callable<typeof VARCHARType> = callable(VARCHARType)
export type VARCHAR = VARCHARType

class CHARType extends StringType {
  override readonly typeName: string = 'CHAR'
}

/** SQL `CHAR`, spelled so on every database that has the word. */
export const CHAR: Callable<typeof CHARType> = callable(CHARType)
export type CHAR = CHARType

class TEXTType extends StringType {
  override readonly typeName: string = 'TEXT'
}

/** SQL `TEXT`, spelled so on every database that has the word. */
export const TEXT: Callable<typeof TEXTType> = callable(TEXTType)
export type TEXT = TEXTType

class CLOBType extends StringType {
  override readonly typeName: string = 'CLOB'
}

/** SQL `CLOB`, spelled so on every database that has the word. */
export const CLOB: Callable<typeof CLOBType> = callable(CLOBType)
export type CLOB = CLOBType

class NVARCHARType extends StringType {
  override readonly typeName: string = 'NVARCHAR'
}

/** SQL `NVARCHAR`, spelled so on every database that has the word. */
export const NVARCHAR: Callable<typeof NVARCHARType> = callable(NVARCHARType)
export type NVARCHAR = NVARCHARType

class NCHARType extends StringType {
  override readonly typeName: string = 'NCHAR'
}

/** SQL `NCHAR`, spelled so on every database that has the word. */
export const NCHAR: Callable<typeof NCHARType> = callable(NCHARType)
export type NCHAR = NCHARType
