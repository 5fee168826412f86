// The door for those who write a dialect for another database, in a package of their own.
export {
  loadDialect,
  registerDialect,
  type DialectEngine,
  type DialectRegistration,
} from '../engine/registry.ts'
export type { KnownOptions, OptionOwner } from '../sql/schema/option-registry.ts'

// What writes its SQL.
export { ColumnCompiler } from '../sql/compile/column-compiler.ts'
export { ConstraintCompiler } from '../sql/compile/constraint-compiler.ts'
export { DdlCompiler } from '../sql/compile/ddl-compiler.ts'
export type { Dialect, DialectSettings } from '../sql/compile/dialect.ts'
export type { DialectFlags, DialectTraits, ParamStyle } from '../sql/compile/dialect-traits.ts'
export {
  COMMON_QUOTING,
  IdentifierPreparer,
  type QuotingRules,
} from '../sql/compile/identifier-preparer.ts'
export { LiteralCompiler } from '../sql/compile/literal-compiler.ts'
export { SqlCompiler } from '../sql/compile/sql-compiler.ts'
export { sizedType, standardTypes, stringType } from '../sql/compile/standard-types.ts'
export {
  TypeCompiler,
  unsupportedType,
  type DialectTypeVisitors,
  type StandardTypeVisitors,
} from '../sql/compile/type-compiler.ts'
export type { DdlOf, DdlStatement } from '../sql/ddl/statement.ts'
export { wordTypesOf, type WordTypeFactory } from '../sql/types/word-type.ts'

// How it carries operations out, and compares.
export type { ColumnAlteration } from '../impl/column-alteration.ts'
export { ComparisonImpl, type ComparisonParts } from '../impl/comparison.ts'
export { registerComparison } from '../impl/comparison-registry.ts'
export type { ImplOptions, ImplParts } from '../impl/impl-options.ts'
export { MigrationImpl } from '../impl/migration-impl.ts'
export type { MigrationLock } from '../impl/migration-lock.ts'
export { registerImpl } from '../impl/registry.ts'
export type { BodyRule, DelimiterCommand, ScriptSyntax } from '../sql/split/script-syntax.ts'

// What a live database is spoken to with, and read by.
export type { ByTable, CatalogReader, CatalogScope } from '../engine/catalog-reader.ts'
export type { Driver, DriverConnection, DriverEntry, QueryResult } from '../engine/driver.ts'
export { importDriver } from '../engine/import-driver.ts'
export { Inspector } from '../engine/inspector.ts'
export type * from '../engine/reflected.ts'
export type { TransactionStatements } from '../engine/transaction-statements.ts'
