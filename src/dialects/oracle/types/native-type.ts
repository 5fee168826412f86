import {
  nativeTypeOf,
  type NativeType as AnyNativeType,
  type NativeTypeClass,
} from '../../../sql/types/native-type.ts'

/**
 * A type that has no class here, as SQL: what reflection gives for objects and the like.
 *
 * @example
 * sa.Column('place', sa.oracle.NativeType('MDSYS.SDO_GEOMETRY'))
 */
export const NativeType: NativeTypeClass = nativeTypeOf('oracle')
export type NativeType = AnyNativeType
