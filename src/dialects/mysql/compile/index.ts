import type { Dialect } from '../../../sql/compile/dialect.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import { TypeCompiler } from '../../../sql/compile/type-compiler.ts'
import { MysqlColumnCompiler } from './columns.ts'
import { MysqlConstraintCompiler } from './constraints.ts'
import { MysqlDdlCompiler } from './ddl.ts'
import { MARIADB_RESERVED_WORDS, MYSQL_RESERVED_WORDS } from './reserved-words.ts'
import { MysqlLiteralCompiler, MysqlSqlCompiler } from './sql.ts'
import { mysqlOwnTypes, mysqlTypes } from './types.ts'
import type { MysqlSettings, MysqlTraits } from './traits.ts'

/** What holds for both servers, and where nothing is connected. */
const FLAGS = {
  supportsAlter: true,
  // BOOL is TINYINT(1), whatever the words `true` and `false` are worth.
  supportsNativeBoolean: false,
  supportsNativeEnum: true,
  supportsNativeUuid: false,
  supportsComments: true,
  inlineComments: true,
  supportsSequences: false,
  supportsIdentityColumns: false,
  supportsSchemas: true,
  supportsCrossSchemaForeignKeys: true,
  transactionalDdl: false,
  schemaQualifiesIndex: false,
  backslashEscapes: true,
  reflectsIndexExpressions: true,
  uniqueConstraintsAreIndexes: true,
  maxIdentifierLength: 255,
  maxIndexNameLength: 64,
  maxConstraintNameLength: 64,
  isMariadb: false,
  supportsDefaultExpressions: false,
  supportsFloatCast: false,
  reflectsAsReference: false,
} as const

/** Makes the dialect of that name: `mysql` and `mariadb` differ in flags, and in whose options they take. */
export function createFamilyDialect(
  name: string,
  settings: MysqlSettings,
  flags: Partial<MysqlTraits> = {},
): Dialect {
  const traits: MysqlTraits = {
    ...FLAGS,
    ...flags,
    ...settings.flags,
    name,
    paramstyle: settings.paramstyle ?? 'qmark',
    serverVersion: settings.serverVersion,
    defaultSchemaName: settings.defaultSchemaName,
  }
  const preparer = new IdentifierPreparer(traits, {
    ...COMMON_QUOTING,
    // Backticks quote names in every sql_mode, ANSI_QUOTES included.
    open: '`',
    close: '`',
    reservedWords: traits.isMariadb ? MARIADB_RESERVED_WORDS : MYSQL_RESERVED_WORDS,
  })
  const types = new TypeCompiler(traits, mysqlTypes, mysqlOwnTypes)
  const literals = new MysqlLiteralCompiler(traits)
  const sql = new MysqlSqlCompiler(traits, preparer, types, literals)
  const constraints = new MysqlConstraintCompiler(traits, sql)
  const columns = new MysqlColumnCompiler(traits, sql, constraints)
  const ddl = new MysqlDdlCompiler({ traits, sql, columns, constraints })
  return { traits, name, preparer, types, literals, sql, columns, ddl }
}
