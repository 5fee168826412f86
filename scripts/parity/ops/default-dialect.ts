import { MigrationImpl } from '../../../src/impl/migration-impl.ts'
import { ColumnCompiler } from '../../../src/sql/compile/column-compiler.ts'
import { ConstraintCompiler } from '../../../src/sql/compile/constraint-compiler.ts'
import { DdlCompiler } from '../../../src/sql/compile/ddl-compiler.ts'
import type { DdlOf } from '../../../src/sql/ddl/statement.ts'
import { nameParts } from '../../../src/sql/elements/identifier.ts'
import type { Dialect, DialectSettings } from '../../../src/sql/compile/dialect.ts'
import type { DialectTraits } from '../../../src/sql/compile/dialect-traits.ts'
import { COMMON_QUOTING, IdentifierPreparer } from '../../../src/sql/compile/identifier-preparer.ts'
import { LiteralCompiler } from '../../../src/sql/compile/literal-compiler.ts'
import { SqlCompiler } from '../../../src/sql/compile/sql-compiler.ts'
import { standardTypes } from '../../../src/sql/compile/standard-types.ts'
import { TypeCompiler } from '../../../src/sql/compile/type-compiler.ts'

const RESERVED_WORDS = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate column
  constraint create cross current_date current_role current_time current_timestamp current_user default deferrable desc
  distinct do else end except false for foreign freeze from full grant group having ilike in initially inner intersect into
  is isnull join leading left like limit localtime localtimestamp natural new not notnull null off offset old on only or
  order outer overlaps placing primary references right select session_user set similar some symmetric table then to
  trailing true union unique user using verbose when where`.split(/\s+/),
)

/** The reference's own default for what every database says in its own way. */
class DefaultDdlCompiler extends DdlCompiler {
  protected override visitRenameTable(statement: DdlOf<'renameTable'>): string {
    const { text: name, quote } = nameParts(statement.newName)
    const renamed = this.preparer.formatAlteredTable({ ...statement.table, name, quote })
    return `${this.alterTable(statement.table)} RENAME TO ${renamed}`
  }

  protected override visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    return super.visitRenameColumn(statement).replace(' RENAME COLUMN ', ' RENAME ')
  }
}

/** Has statements for comments, though the dialect leaves out those of models. */
export class DefaultImpl extends MigrationImpl {
  protected override get hasCommentStatements(): boolean {
    return true
  }
}

/** The dialect without a database that the reference's own tests use: the shared compilers as they are. */
export function createDefaultDialect(settings: DialectSettings): Dialect {
  const traits: DialectTraits = {
    name: 'default',
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
    transactionalDdl: false,
    schemaQualifiesIndex: false,
    backslashEscapes: false,
    reflectsIndexExpressions: false,
    uniqueConstraintsAreIndexes: false,
    maxIdentifierLength: 9999,
    maxIndexNameLength: 9999,
    maxConstraintNameLength: 9999,
    paramstyle: 'named',
    serverVersion: undefined,
    defaultSchemaName: undefined,
    ...settings.flags,
  }
  const preparer = new IdentifierPreparer(traits, {
    ...COMMON_QUOTING,
    reservedWords: RESERVED_WORDS,
  })
  const types = new TypeCompiler(traits, standardTypes)
  const literals = new LiteralCompiler(traits)
  const sql = new SqlCompiler(traits, preparer, types, literals)
  const constraints = new ConstraintCompiler(traits, sql)
  const columns = new ColumnCompiler(traits, sql, constraints)
  const ddl = new DefaultDdlCompiler({ traits, sql, columns, constraints })
  return { name: traits.name, traits, preparer, types, literals, sql, columns, ddl }
}
