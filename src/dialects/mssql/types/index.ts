// What `sa.mssql` offers: the reference's `sqlalchemy.dialects.mssql`.
export { BINARY } from '../../../sql/types/binary.ts'
export { JSON } from '../../../sql/types/json.ts'
export { BIGINT, DECIMAL, FLOAT, INTEGER, NUMERIC, SMALLINT } from '../../../sql/types/numeric.ts'
export { CHAR, NCHAR, TEXT } from '../../../sql/types/string.ts'
export { DATE, DATETIME } from '../../../sql/types/temporal.ts'
export { IMAGE, ROWVERSION, TIMESTAMP, VARBINARY } from './binary.ts'
export type { MssqlVarbinaryOptions, RowversionOptions } from './binary.ts'
export type {
  MssqlColumnOptions,
  MssqlConstraintOptions,
  MssqlDropColumnOptions,
  MssqlIndexOptions,
} from './dialect-options.ts'
export { NativeType } from './native-type.ts'
export * from './numbers.ts'
export * from './others.ts'
export { NTEXT, NVARCHAR, VARCHAR, XML } from './strings.ts'
export type { MssqlLength, MssqlStringOptions } from './strings.ts'
export { DATETIME2, DATETIMEOFFSET, SMALLDATETIME, TIME } from './temporal.ts'
export type { MssqlPrecisionOptions } from './temporal.ts'
