import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING } from '../../../sql/compile/identifier-preparer.ts'
import { MssqlColumnCompiler } from './columns.ts'
import { MssqlConstraintCompiler } from './constraints.ts'
import { MssqlDdlCompiler } from './ddl.ts'
import { MssqlIdentifierPreparer } from './identifiers.ts'
import { MssqlLiteralCompiler } from './literals.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import { MssqlSqlCompiler } from './sql.ts'
import { createTypeCompiler } from './types.ts'

// sysname is nvarchar(128).
const MAX_IDENTIFIER_LENGTH = 128

function traitsFor(settings: DialectSettings): DialectTraits {
  return {
    name: 'mssql',
    // What Kysely writes, and names parameters in SQL that are as good as any to `tedious`.
    paramstyle: settings.paramstyle ?? 'numericAt',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    // BIT holds 0 and 1 and nothing else, so that no CHECK is needed.
    supportsNativeBoolean: true,
    supportsNativeEnum: false,
    supportsNativeUuid: true,
    supportsComments: true,
    inlineComments: false,
    supportsSequences: true,
    supportsIdentityColumns: true,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: true,
    transactionalDdl: true,
    schemaQualifiesIndex: false,
    backslashEscapes: false,
    reflectsIndexExpressions: false,
    uniqueConstraintsAreIndexes: false,
    maxIdentifierLength: MAX_IDENTIFIER_LENGTH,
    maxIndexNameLength: MAX_IDENTIFIER_LENGTH,
    maxConstraintNameLength: MAX_IDENTIFIER_LENGTH,
    ...settings.flags,
  }
}

/** Makes the dialect, for a server of which `settings` say what is known. */
export function createDialect(settings: DialectSettings = {}): Dialect {
  const traits = traitsFor(settings)
  const quoting = { ...COMMON_QUOTING, reservedWords: RESERVED_WORDS, open: '[', close: ']' }
  const preparer = new MssqlIdentifierPreparer(traits, quoting)
  const types = createTypeCompiler(traits)
  const literals = new MssqlLiteralCompiler(traits)
  const sql = new MssqlSqlCompiler(traits, preparer, types, literals)
  const constraints = new MssqlConstraintCompiler(traits, sql)
  const columns = new MssqlColumnCompiler(traits, sql, constraints)
  const ddl = new MssqlDdlCompiler({ traits, sql, columns, constraints })
  return { traits, name: traits.name, preparer, types, literals, sql, columns, ddl }
}
