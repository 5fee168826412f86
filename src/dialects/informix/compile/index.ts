import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { TypeCompiler } from '../../../sql/compile/type-compiler.ts'
import { InformixColumnCompiler } from './columns.ts'
import { InformixConstraintCompiler } from './constraints.ts'
import { InformixDdlCompiler } from './ddl.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import { InformixLiteralCompiler, InformixSqlCompiler } from './sql.ts'
import { informixOwnTypes, informixTypes } from './types.ts'

/** In bytes (Informix 14.10, Guide to SQL: Syntax, Identifier). */
const MAX_IDENTIFIER_LENGTH = 128

function traitsFor(settings: DialectSettings): DialectTraits {
  return {
    name: 'informix',
    paramstyle: settings.paramstyle ?? 'qmark',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    supportsNativeBoolean: false,
    supportsNativeEnum: false,
    supportsNativeUuid: false,
    supportsComments: false,
    inlineComments: false,
    supportsSequences: true,
    supportsIdentityColumns: false,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: true,
    // Informix 14.10, Guide to SQL: Syntax, ROLLBACK WORK: it undoes all changes since the transaction began, in databases
    // that log; where nothing is logged, BEGIN WORK is an error (-256).
    transactionalDdl: false,
    rollsBackDdl: true,
    schemaQualifiesIndex: false,
    backslashEscapes: false,
    reflectsIndexExpressions: false,
    uniqueConstraintsAreIndexes: false,
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
    illegalInitialCharacters: /^[0-9$_]/,
  })
  const types = new TypeCompiler(traits, informixTypes, informixOwnTypes)
  const literals = new InformixLiteralCompiler(traits)
  const sql = new InformixSqlCompiler(traits, preparer, types, literals)
  const constraints = new InformixConstraintCompiler(traits, sql)
  const columns = new InformixColumnCompiler(traits, sql, constraints)
  const ddl = new InformixDdlCompiler({ traits, sql, columns, constraints })
  return { name: traits.name, traits, preparer, types, literals, sql, columns, ddl }
}
