import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { TypeCompiler } from '../../../sql/compile/type-compiler.ts'
import { FirebirdColumnCompiler } from './columns.ts'
import { FirebirdDdlCompiler } from './ddl.ts'
import { FirebirdIdentifierPreparer } from './identifiers.ts'
import { FirebirdLiteralCompiler, FirebirdSqlCompiler } from './sql.ts'
import { firebirdOwnTypes, firebirdTypes } from './types.ts'

function traitsFor(settings: DialectSettings): DialectTraits {
  const { serverVersion } = settings
  // In bytes up to Firebird 3, in characters from 4 on.
  const measuresNamesInBytes = (serverVersion?.[0] ?? 3) < 4
  const longestName = measuresNamesInBytes ? 31 : 63
  // The reference leaves out comments and identities of models.
  const hasMore = settings.flags?.exactlyAsAlembic !== true
  return {
    name: 'firebird',
    paramstyle: settings.paramstyle ?? 'qmark',
    serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    supportsNativeBoolean: false,
    supportsNativeEnum: false,
    supportsNativeUuid: false,
    supportsComments: hasMore,
    inlineComments: false,
    supportsSequences: true,
    supportsIdentityColumns: hasMore && (serverVersion?.[0] ?? 3) >= 3,
    supportsSchemas: false,
    supportsCrossSchemaForeignKeys: false,
    // A column that was added can't be used before the next commit, so DDL is committed one by one.
    transactionalDdl: false,
    schemaQualifiesIndex: false,
    backslashEscapes: false,
    reflectsIndexExpressions: true,
    uniqueConstraintsAreIndexes: false,
    maxIdentifierLength: longestName,
    measuresNamesInBytes,
    maxIndexNameLength: longestName,
    maxConstraintNameLength: longestName,
    ...settings.flags,
  }
}

/** Makes the dialect, for a server of which `settings` say what is known. */
export function createDialect(settings: DialectSettings = {}): Dialect {
  const traits = traitsFor(settings)
  const preparer = new FirebirdIdentifierPreparer(traits)
  const types = new TypeCompiler(traits, firebirdTypes, firebirdOwnTypes)
  const literals = new FirebirdLiteralCompiler(traits)
  const sql = new FirebirdSqlCompiler(traits, preparer, types, literals)
  const constraints = new ConstraintCompiler(traits, sql)
  const columns = new FirebirdColumnCompiler(traits, sql, constraints)
  const ddl = new FirebirdDdlCompiler({ traits, sql, columns, constraints })
  return { name: traits.name, traits, preparer, types, literals, sql, columns, ddl }
}
