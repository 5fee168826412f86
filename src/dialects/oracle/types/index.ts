// What `sa.oracle` offers: the reference's `sqlalchemy.dialects.oracle`.
export { BLOB } from '../../../sql/types/binary.ts'
export { BOOLEAN } from '../../../sql/types/boolean.ts'
export { JSON } from '../../../sql/types/json.ts'
export { DOUBLE_PRECISION, REAL } from '../../../sql/types/numeric.ts'
export { CHAR, CLOB, NCHAR, NVARCHAR, VARCHAR } from '../../../sql/types/string.ts'
export type {
  OracleIdentityOptions,
  OracleIndexOptions,
  OracleTableOptions,
} from './dialect-options.ts'
export { NativeType } from './native-type.ts'
export * from './numbers.ts'
export * from './strings.ts'
export { DATE, INTERVAL, TIMESTAMP } from './temporal.ts'
export type { OracleIntervalOptions, OracleTimestampOptions } from './temporal.ts'
export { VECTOR, type OracleVectorIndex, type OracleVectorOptions } from './vector.ts'
