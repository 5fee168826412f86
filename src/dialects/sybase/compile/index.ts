import { ConstraintCompiler } from '../../../sql/compile/constraint-compiler.ts'
import type { Dialect, DialectSettings } from '../../../sql/compile/dialect.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { TypeCompiler } from '../../../sql/compile/type-compiler.ts'
import { SybaseColumnCompiler } from './columns.ts'
import { SybaseDdlCompiler } from './ddl.ts'
import { RESERVED_WORDS } from './reserved-words.ts'
import { SybaseLiteralCompiler, SybaseSqlCompiler } from './sql.ts'
import { sybaseOwnTypes, sybaseTypes } from './types.ts'

// In bytes, since Adaptive Server 15; names of constraints and indexes too (ASE 16.0, Reference Manual: Building Blocks, Identifiers).
const MAX_IDENTIFIER_LENGTH = 255

function traitsFor(settings: DialectSettings): DialectTraits {
  return {
    name: 'sybase',
    paramstyle: settings.paramstyle ?? 'qmark',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
    supportsAlter: true,
    supportsNativeBoolean: false,
    supportsNativeEnum: false,
    supportsNativeUuid: false,
    supportsComments: false,
    inlineComments: false,
    supportsSequences: false,
    supportsIdentityColumns: false,
    supportsSchemas: true,
    supportsCrossSchemaForeignKeys: true,
    // Unless the database option "ddl in tran" is on, DDL is refused in transactions.
    transactionalDdl: false,
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
  })
  const types = new TypeCompiler(traits, sybaseTypes, sybaseOwnTypes)
  const literals = new SybaseLiteralCompiler(traits)
  const sql = new SybaseSqlCompiler(traits, preparer, types, literals)
  const constraints = new ConstraintCompiler(traits, sql)
  const columns = new SybaseColumnCompiler(traits, sql, constraints)
  const ddl = new SybaseDdlCompiler({ traits, sql, columns, constraints })
  return { name: traits.name, traits, preparer, types, literals, sql, columns, ddl }
}
