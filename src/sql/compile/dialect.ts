import type { ColumnCompiler } from './column-compiler.ts'
import type { DdlCompiler } from './ddl-compiler.ts'
import type { DialectTraits, ParamStyle } from './dialect-traits.ts'
import type { IdentifierPreparer } from './identifier-preparer.ts'
import type { LiteralCompiler } from './literal-compiler.ts'
import type { SqlCompiler } from './sql-compiler.ts'
import type { TypeCompiler } from './type-compiler.ts'

/** What can be said when a dialect is made. */
export interface DialectSettings {
  /** How values beside a statement are written; the driver's own way unless given. */
  readonly paramstyle?: ParamStyle
  /** Version of the server that statements are for; found out on connecting. */
  readonly serverVersion?: readonly number[]
  readonly defaultSchemaName?: string
  /** Flags that a connection would have found out. */
  readonly flags?: Partial<Omit<DialectTraits, 'name'>>
}

/** A database's dialect: what it can do, and the compilers that write its SQL. */
export interface Dialect {
  readonly traits: DialectTraits
  readonly name: string
  readonly preparer: IdentifierPreparer
  readonly types: TypeCompiler
  readonly literals: LiteralCompiler
  readonly sql: SqlCompiler
  readonly columns: ColumnCompiler
  readonly ddl: DdlCompiler
}
