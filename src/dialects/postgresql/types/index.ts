// What `sa.postgresql` offers: the reference's `sqlalchemy.dialects.postgresql`.
export { ExcludeConstraint } from '../../../sql/schema/exclude-constraint.ts'
export { BOOLEAN } from '../../../sql/types/boolean.ts'
export {
  BIGINT,
  DOUBLE_PRECISION,
  FLOAT,
  INTEGER,
  NUMERIC,
  REAL,
  SMALLINT,
} from '../../../sql/types/numeric.ts'
export { CHAR, TEXT, VARCHAR } from '../../../sql/types/string.ts'
export { DATE } from '../../../sql/types/temporal.ts'
export { UUID } from '../../../sql/types/uuid.ts'
export { ARRAY, type PostgresqlArrayOptions } from './array.ts'
export type {
  PostgresqlAlterColumnOptions,
  PostgresqlConstraintOptions,
  PostgresqlIndexOptions,
  PostgresqlTableOptions,
  StorageParameters,
} from './dialect-options.ts'
export { HSTORE, JSON, JSONB, JSONPATH } from './documents.ts'
export type { HstoreOptions, PostgresqlJsonOptions } from './documents.ts'
export { DOMAIN, type DomainOptions } from './domain.ts'
export { ENUM, type PostgresqlEnumOptions } from './enum.ts'
export { NativeType } from './native-type.ts'
export * from './ranges.ts'
export { BIT, BYTEA, CITEXT, type BitOptions } from './strings.ts'
export { INTERVAL, TIME, TIMESTAMP } from './temporal.ts'
export type { PostgresqlIntervalOptions, PrecisionOptions } from './temporal.ts'
export {
  CreateDomainType,
  CreateEnumType,
  DropDomainType,
  DropEnumType,
  type DropTypeOptions,
} from './type-statements.ts'
export * from './words.ts'
