import {
  nativeTypeOf,
  type NativeType as AnyNativeType,
  type NativeTypeClass,
} from '../../../sql/types/native-type.ts'

/**
 * A type of the user's own (CREATE TYPE), as SQL: what reflection gives for those.
 *
 * @example
 * sa.Column('phone', sa.mssql.NativeType('dbo.PhoneNumber'))
 */
export const NativeType: NativeTypeClass = nativeTypeOf('mssql')
export type NativeType = AnyNativeType
