import { callable, type Callable } from '../../../sql/types/callable.ts'
import { Uuid, type UuidOptions } from '../../../sql/types/uuid.ts'
import {
  wordTypesOf,
  type WordType,
  type WordTypeClass,
  type WordTypeFactory,
} from '../../../sql/types/word-type.ts'

const wordType: WordTypeFactory = wordTypesOf('mssql')

class UniqueidentifierType extends Uuid {
  override readonly typeName: string = 'UNIQUEIDENTIFIER'
  override readonly dialectName: string | null = 'mssql'

  constructor(options: Pick<UuidOptions, 'asUuid'> = {}) {
    super(options)
  }
}

/** A UUID. */
export const UNIQUEIDENTIFIER: Callable<typeof UniqueidentifierType> =
  callable(UniqueidentifierType)
export type UNIQUEIDENTIFIER = UniqueidentifierType

/** A value of nearly any other type. */
export const SQL_VARIANT: WordTypeClass<unknown> = wordType('SQL_VARIANT')
export type SQL_VARIANT = WordType

// What the server's own assemblies bring; the reference has no classes for them.
export const GEOGRAPHY: WordTypeClass<unknown> = wordType('GEOGRAPHY')
export const GEOMETRY: WordTypeClass<unknown> = wordType('GEOMETRY')
export const HIERARCHYID: WordTypeClass<unknown> = wordType('HIERARCHYID')
export type GEOGRAPHY = WordType
export type GEOMETRY = WordType
export type HIERARCHYID = WordType
