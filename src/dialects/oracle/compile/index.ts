import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { OracleColumnCompiler } from './columns.ts'
import { OracleConstraintCompiler } from './constraints.ts'
import { OracleDdlCompiler } from './ddl.ts'
import { OracleLiteralCompiler } from './literals.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import { OracleSqlCompiler } from './sql.ts'
import { createTypeCompiler } from './types.ts'

/** In bytes, since server 12.2; before, it was 30 (Oracle Database 19c, SQL Language Reference, Database Object Naming Rules). */
const MAX_IDENTIFIER_LENGTH = 128
const MAX_IDENTIFIER_LENGTH_BEFORE_12_2 = 30

function maxIdentifierLength([major = 23, minor = 0]: readonly number[] = []): number {
  const isOld = major < 12 || (major === 12 && minor < 2)
  return isOld ? MAX_IDENTIFIER_LENGTH_BEFORE_12_2 : MAX_IDENTIFIER_LENGTH
}

function traitsFor(settings: DialectSettings): DialectTraits {
  const longest = maxIdentifierLength(settings.serverVersion)
  return {
    name: 'oracle',
    // Names would have to be quoted where they are reserved words (ORA-01745); numbers never.
    paramstyle: settings.paramstyle ?? 'numericColon',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    supportsNativeBoolean: false,
    supportsNativeEnum: false,
    supportsNativeUuid: false,
    supportsComments: true,
    inlineComments: false,
    supportsSequences: true,
    supportsIdentityColumns: (settings.serverVersion?.[0] ?? 12) >= 12,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: true,
    // Every DDL statement commits, before and after.
    transactionalDdl: false,
    schemaQualifiesIndex: false,
    backslashEscapes: false,
    reflectsIndexExpressions: true,
    uniqueConstraintsAreIndexes: false,
    maxIdentifierLength: longest,
    measuresNamesInBytes: true,
    maxIndexNameLength: longest,
    maxConstraintNameLength: longest,
    ...settings.flags,
  }
}

/** Makes the dialect, for a server of which `settings` say what is known. */
export function createDialect(settings: DialectSettings = {}): Dialect {
  const traits = traitsFor(settings)
  const preparer = new IdentifierPreparer(traits, {
    ...COMMON_QUOTING,
    reservedWords: RESERVED_WORDS,
    illegalInitialCharacters: /^[0-9_$]/,
  })
  const types = createTypeCompiler(traits)
  const literals = new OracleLiteralCompiler(traits)
  const sql = new OracleSqlCompiler(traits, preparer, types, literals)
  const constraints = new OracleConstraintCompiler(traits, sql)
  const columns = new OracleColumnCompiler(traits, sql, constraints)
  const ddl = new OracleDdlCompiler({ traits, sql, columns, constraints })
  return { traits, name: traits.name, preparer, types, literals, sql, columns, ddl }
}
