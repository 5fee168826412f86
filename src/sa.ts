/** The schema toolkit, under the reference's names: `import { sa } from 'alembic-ts'`. */
export * from './sql/types/array.ts'
export * from './sql/types/binary.ts'
export * from './sql/types/boolean.ts'
export * from './sql/types/custom.ts'
export { Enum, EnumType, type EnumOptions } from './sql/types/enum.ts'
export * from './sql/types/json.ts'
export * from './sql/types/null-type.ts'
export * from './sql/types/numeric.ts'
export * from './sql/types/string.ts'
export * from './sql/types/temporal.ts'
export { TypeEngine, type TypeArguments, type TypeCheck } from './sql/types/type-engine.ts'
export * from './sql/types/uuid.ts'

export {
  and_,
  asc,
  binary,
  bindparam,
  case_ as case,
  case_,
  cast,
  desc,
  false_ as false,
  false_,
  func,
  inlineLiteral,
  literal,
  literalColumn,
  not_,
  null_ as null,
  null_,
  nullsFirst,
  nullsLast,
  or_,
  text,
  true_ as true,
  true_,
} from './sql/elements/factories.ts'
export { conv, quotedName, type NameLike } from './sql/elements/identifier.ts'
export {
  delete_ as delete,
  delete_,
  insert,
  select,
  update,
  type DmlStatement,
} from './sql/elements/statements.ts'
export { column, table } from './sql/elements/table-clause.ts'
export type { SqlExpression } from './sql/elements/expression.ts'

export {
  AlterSequence,
  CreateSchema,
  CreateSequence,
  DropSchema,
  DropSequence,
} from './sql/ddl/factories.ts'

export { CheckConstraint } from './sql/schema/check-constraint.ts'
export { Column, type ColumnOptions, type DialectColumnOptions } from './sql/schema/column.ts'
export type { Constraint } from './sql/schema/constraint.ts'
export { declarativeBase, type DeclarativeBase } from './sql/schema/declarative.ts'
export { ForeignKey, ForeignKeyConstraint } from './sql/schema/foreign-key.ts'
export { PrimaryKeyConstraint, UniqueConstraint } from './sql/schema/key-constraints.ts'
export { MetaData, type MetaDataOptions } from './sql/schema/metadata.ts'
export { NO_NAME, type NamingToken } from './sql/schema/naming.ts'
export type {
  InferColumnType,
  InferDatabase,
  InferInsert,
  InferRow,
  InferUpdate,
} from './sql/schema/row-types.ts'
export { Sequence } from './sql/schema/sequence.ts'
export { Computed, FetchedValue, Identity } from './sql/schema/server-default.ts'
export {
  BLANK_SCHEMA,
  Table,
  type DialectTableOptions,
  type TableOptions,
} from './sql/schema/table.ts'
export { Index, type DialectIndexOptions, type IndexOptions } from './sql/schema/table-index.ts'

export { createEngine, type Engine } from './engine/engine.ts'
export { engineFromConfig } from './engine/engine-from-config.ts'
export { inspect } from './engine/inspect.ts'
export type { Connection } from './engine/connection.ts'
export type { Inspector, ReflectScope } from './engine/inspector.ts'
export type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedDomain,
  ReflectedEnum,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedTable,
  ReflectedUniqueConstraint,
} from './engine/reflected.ts'
export { makeUrl, type DatabaseUrl } from './engine/url.ts'
export { createAll, dropAll, type CreateAllOptions } from './runtime/create-all.ts'

export * as db2 from './dialects/db2/types.ts'
export * as firebird from './dialects/firebird/types.ts'
export * as informix from './dialects/informix/types.ts'
export * as mariadb from './dialects/mariadb/types.ts'
export * as mssql from './dialects/mssql/types/index.ts'
export * as mysql from './dialects/mysql/types/index.ts'
export * as oracle from './dialects/oracle/types/index.ts'
export * as postgresql from './dialects/postgresql/types/index.ts'
export * as sqlite from './dialects/sqlite/types.ts'
export * as sybase from './dialects/sybase/types.ts'
