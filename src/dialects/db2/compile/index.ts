import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { TypeCompiler } from '../../../sql/compile/type-compiler.ts'
import { Db2ColumnCompiler } from './columns.ts'
import { Db2ConstraintCompiler } from './constraints.ts'
import { Db2DdlCompiler } from './ddl.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import { Db2LiteralCompiler, Db2SqlCompiler } from './sql.ts'
import { db2OwnTypes, db2Types } from './types.ts'

/** In bytes: of tables, columns, constraints, indexes (Db2 11.5, SQL and XML limits, Identifier length limits). */
const MAX_IDENTIFIER_LENGTH = 128

function traitsFor(settings: DialectSettings): DialectTraits {
  return {
    name: 'db2',
    paramstyle: settings.paramstyle ?? 'qmark',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    // CHECKs of booleans are written as in the reference, which doesn't count BOOLEAN (Db2 11.1) as native.
    supportsNativeBoolean: false,
    supportsNativeEnum: false,
    supportsNativeUuid: false,
    // The server has them; the reference leaves those of models out.
    supportsComments: false,
    inlineComments: false,
    supportsSequences: true,
    supportsIdentityColumns: false,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: true,
    // It could be undone, but REORG can't, and it commits what came before.
    transactionalDdl: false,
    schemaQualifiesIndex: true,
    backslashEscapes: false,
    reflectsIndexExpressions: true,
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
    // The reference's list has digits as numbers, which no character is equal to.
    illegalInitialCharacters: traits.exactlyAsAlembic === true ? /^[$_]/ : /^[0-9$_]/,
  })
  const types = new TypeCompiler(traits, db2Types, db2OwnTypes)
  const literals = new Db2LiteralCompiler(traits)
  const sql = new Db2SqlCompiler(traits, preparer, types, literals)
  const constraints = new Db2ConstraintCompiler(traits, sql)
  const columns = new Db2ColumnCompiler(traits, sql, constraints)
  const ddl = new Db2DdlCompiler({ traits, sql, columns, constraints })
  return { name: traits.name, traits, preparer, types, literals, sql, columns, ddl }
}
