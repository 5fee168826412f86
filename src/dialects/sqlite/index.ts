import type { Connection } from '../../engine/connection.ts'
import { Inspector } from '../../engine/inspector.ts'
import type { DialectEngine } from '../../engine/registry.ts'
import type { Dialect, DialectSettings } from '../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../sql/compile/identifier-preparer.ts'
import { TypeCompiler } from '../../sql/compile/type-compiler.ts'
import { SqliteColumnCompiler } from './compile/columns.ts'
import { SqliteConstraintCompiler } from './compile/constraints.ts'
import { SqliteDdlCompiler } from './compile/ddl.ts'
import { SqliteLiteralCompiler } from './compile/literals.ts'
import { reservedWords } from './compile/reserved-words.ts'
import { SqliteSqlCompiler } from './compile/sql.ts'
import { sqliteTypes } from './compile/types.ts'
import { sqliteDrivers, sqlitePythonDrivers, sqliteTransactionStatements } from './drivers/index.ts'
import { openScratchMemory } from './drivers/scratch-memory.ts'
import { createCatalogReader } from './inspect/catalog-reader.ts'

export type * from './compile/options.ts'

/** SQLite has no limit of its own; this is the reference's. */
const LONGEST_NAME = 9999

/** Makes SQLite's dialect. */
export function createDialect(settings: DialectSettings = {}): Dialect {
  const traits: DialectTraits = {
    name: 'sqlite',
    supportsAlter: false,
    supportsNativeBoolean: false,
    supportsNativeEnum: false,
    supportsNativeUuid: false,
    supportsComments: false,
    inlineComments: false,
    supportsSequences: false,
    supportsIdentityColumns: false,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: false,
    // "Transactional SQL" in SQLite's documentation; not counted as such, as Python's driver commits before DDL.
    transactionalDdl: false,
    rollsBackDdl: true,
    schemaQualifiesIndex: true,
    backslashEscapes: false,
    reflectsIndexExpressions: true,
    uniqueConstraintsAreIndexes: false,
    maxIdentifierLength: LONGEST_NAME,
    maxIndexNameLength: LONGEST_NAME,
    maxConstraintNameLength: LONGEST_NAME,
    ...settings.flags,
    paramstyle: settings.paramstyle ?? 'qmark',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName ?? 'main',
  }
  const preparer = new IdentifierPreparer(traits, { ...COMMON_QUOTING, reservedWords })
  const types = new TypeCompiler(traits, sqliteTypes)
  const literals = new SqliteLiteralCompiler(traits)
  const sql = new SqliteSqlCompiler(traits, preparer, types, literals)
  const constraints = new SqliteConstraintCompiler(traits, sql)
  const columns = new SqliteColumnCompiler(traits, sql, constraints)
  const ddl = new SqliteDdlCompiler({ traits, sql, columns, constraints })
  return { name: traits.name, traits, preparer, types, literals, sql, columns, ddl }
}

/** What a connection to SQLite needs. */
export const engine: DialectEngine = {
  createDialect,
  drivers: sqliteDrivers,
  pythonDrivers: sqlitePythonDrivers,
  kyselyPrefix: 'Sqlite',
  transactionStatements: sqliteTransactionStatements,
  createInspector: (connection: Connection) => new Inspector(createCatalogReader(connection)),
  openScratch: openScratchMemory,
}

export { SqliteImpl } from './impl/index.ts'
