import {
  nativeTypeOf,
  type NativeType as AnyNativeType,
  type NativeTypeClass,
} from '../../../sql/types/native-type.ts'

/**
 * A type of an extension or of the user's own that has no class here, as SQL: what reflection gives for those.
 *
 * @example
 * sa.Column('place', sa.postgresql.NativeType('geometry(Point,4326)'))
 */
export const NativeType: NativeTypeClass = nativeTypeOf('postgresql')
export type NativeType = AnyNativeType
