import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { PostgresqlColumnCompiler } from './columns.ts'
import { PostgresqlConstraintCompiler } from './constraints.ts'
import { PostgresqlDdlCompiler } from './ddl.ts'
import { PostgresqlLiteralCompiler } from './literals.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import { PostgresqlSqlCompiler } from './sql.ts'
import { PostgresqlTypeCompiler } from './types.ts'

// NAMEDATALEN - 1; the server counts bytes.
const MAX_IDENTIFIER_LENGTH = 63

function traitsFor(settings: DialectSettings): DialectTraits {
  const { serverVersion } = settings
  return {
    name: 'postgresql',
    // What `pg` and PGlite take.
    paramstyle: settings.paramstyle ?? 'numeric',
    serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    supportsNativeBoolean: true,
    supportsNativeEnum: true,
    supportsNativeUuid: true,
    supportsComments: true,
    inlineComments: false,
    supportsSequences: true,
    supportsIdentityColumns: (serverVersion?.[0] ?? 10) >= 10,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: true,
    transactionalDdl: true,
    schemaQualifiesIndex: false,
    // `standard_conforming_strings` is on since server 9.1, unless a server is asked and says otherwise.
    backslashEscapes: false,
    reflectsIndexExpressions: true,
    uniqueConstraintsAreIndexes: true,
    maxIdentifierLength: MAX_IDENTIFIER_LENGTH,
    measuresNamesInBytes: true,
    maxIndexNameLength: MAX_IDENTIFIER_LENGTH,
    maxConstraintNameLength: MAX_IDENTIFIER_LENGTH,
    ...settings.flags,
  }
}

/** Makes the dialect, for a server of which `settings` say what is known. */
export function createDialect(settings: DialectSettings = {}): Dialect {
  const traits = traitsFor(settings)
  const preparer = new IdentifierPreparer(traits, {
    ...COMMON_QUOTING,
    reservedWords: RESERVED_WORDS,
  })
  const types = new PostgresqlTypeCompiler(traits, preparer)
  const literals = new PostgresqlLiteralCompiler(traits)
  const sql = new PostgresqlSqlCompiler(traits, preparer, types, literals)
  const constraints = new PostgresqlConstraintCompiler(traits, sql)
  const columns = new PostgresqlColumnCompiler(traits, sql, constraints)
  const ddl = new PostgresqlDdlCompiler({ traits, sql, columns, constraints })
  return { traits, name: traits.name, preparer, types, literals, sql, columns, ddl }
}
