import { brand } from '../../../util/brand.ts'
import { callable, type Callable } from '../../../sql/types/callable.ts'
import {
  TypeEngine,
  type TypeAffinity,
  type TypeArguments,
} from '../../../sql/types/type-engine.ts'

/** Options that every number type of MySQL and MariaDB takes. */
export interface NumberModifiers {
  /** Refuses negative numbers and doubles the range; `false` unless given. */
  readonly unsigned?: boolean
  /** Pads with zeros when shown, and implies `unsigned`; `false` unless given. */
  readonly zerofill?: boolean
}

/** Options of the integer types. */
export interface IntegerOptions extends NumberModifiers {
  /** Digits to which `zerofill` pads; no effect on what can be stored. */
  readonly displayWidth?: number
}

/** Those of the two modifiers that are set. */
export function givenModifiers(type: Required<NumberModifiers>): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  if (type.unsigned) options['unsigned'] = true
  if (type.zerofill) options['zerofill'] = true
  return options
}

/** What the integer types share; the visit name is the type's own, so that other dialects can render it. */
export abstract class MysqlIntegerType<Out = number> extends TypeEngine<Out> {
  static {
    brand(this, 'mysql.MysqlIntegerType')
  }

  override readonly dialectName: string | null = 'mysql'
  override readonly affinity: TypeAffinity = 'Integer'
  readonly displayWidth: number | undefined
  readonly unsigned: boolean
  readonly zerofill: boolean

  constructor(displayWidth?: number | IntegerOptions | null, options: IntegerOptions = {}) {
    super()
    const given = typeof displayWidth === 'object' && displayWidth !== null ? displayWidth : options
    this.displayWidth = typeof displayWidth === 'number' ? displayWidth : given.displayWidth
    this.unsigned = given.unsigned ?? false
    this.zerofill = given.zerofill ?? false
  }

  override typeArguments(): TypeArguments {
    const width = this.displayWidth === undefined ? {} : { displayWidth: this.displayWidth }
    return { positional: [], options: { ...width, ...givenModifiers(this) } }
  }
}

class TINYINTType extends MysqlIntegerType {
  override readonly typeName: string = 'TINYINT'
}

/** An 8-bit integer; `TINYINT(1)` is what both servers make of BOOL. */
export const TINYINT: Callable<typeof TINYINTType> = callable(TINYINTType)
export type TINYINT = TINYINTType

class SMALLINTType extends MysqlIntegerType {
  override readonly typeName: string = 'SMALLINT'
}

/** A 16-bit integer. */
export const SMALLINT: Callable<typeof SMALLINTType> = callable(SMALLINTType)
export type SMALLINT = SMALLINTType

class MEDIUMINTType extends MysqlIntegerType {
  override readonly typeName: string = 'MEDIUMINT'
}

/** A 24-bit integer. */
export const MEDIUMINT: Callable<typeof MEDIUMINTType> = callable(MEDIUMINTType)
export type MEDIUMINT = MEDIUMINTType

class INTEGERType extends MysqlIntegerType {
  override readonly typeName: string = 'INTEGER'
}

/** A 32-bit integer. */
export const INTEGER: Callable<typeof INTEGERType> = callable(INTEGERType)
export type INTEGER = INTEGERType

class BIGINTType extends MysqlIntegerType<string | number | bigint> {
  override readonly typeName: string = 'BIGINT'
}

/** A 64-bit integer. */
export const BIGINT: Callable<typeof BIGINTType> = callable(BIGINTType)
export type BIGINT = BIGINTType
