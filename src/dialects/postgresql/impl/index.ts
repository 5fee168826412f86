import { CommandError } from '../../../errors/command-error.ts'
import type { ColumnAlteration } from '../../../impl/column-alteration.ts'
import { MigrationImpl, type BatchStructure } from '../../../impl/migration-impl.ts'
import type { MigrationLock } from '../../../impl/migration-lock.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { SqlExpression } from '../../../sql/elements/expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import { Identity } from '../../../sql/schema/server-default.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { createTypesOf } from '../compile/named-types.ts'
import { AdvisoryLock } from './advisory-lock.ts'
import { TypeCreation } from './type-creation.ts'

/** How PostgreSQL carries operations out. */
export class PostgresqlImpl extends MigrationImpl {
  readonly #types = new TypeCreation(this)

  override createLock(): MigrationLock {
    return new AdvisoryLock()
  }

  /** Enumerations and domains of the columns are created first. */
  override async createTable(
    table: TableClass,
    settings: { readonly ifNotExists?: boolean | undefined } = {},
  ): Promise<void> {
    for (const statement of createTypesOf(this.dialect.types, table)) {
      if (await this.#types.isNeeded(statement)) await this.runDdl(statement)
    }
    await super.createTable(table, settings)
  }

  /** The type comes first: a default or a NOT NULL may only make sense with the new one. */
  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { type, existing, dialectOptions } = alteration
    const using = this.#conversion(dialectOptions[this.dialect.name]?.['using'])
    if (using !== null && type === undefined) {
      throw new CommandError('postgresql_using must be used with the type_ parameter')
    }
    if (type !== undefined) {
      await this.runDdl({ kind: 'alterColumnType', table, column, existing, type, using })
    }
    await super.alterColumn(table, column, { ...alteration, type: undefined })
  }

  /** A default can't be set while the column is an identity column. */
  protected override async alterColumnDefault(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { serverDefault, existing } = alteration
    const replaces = existing.serverDefault instanceof Identity && serverDefault?.kind === 'default'
    if (!replaces) {
      await super.alterColumnDefault(table, column, alteration)
      return
    }
    await super.alterColumnDefault(table, column, { ...alteration, serverDefault: null })
    const withoutIdentity = { ...existing, serverDefault: null }
    await super.alterColumnDefault(table, column, { ...alteration, existing: withoutIdentity })
  }

  /** The names of constraints' indexes are the schema's: the new table can't have them while the old one does. */
  override async prepTableForBatch(batch: BatchStructure, table: TableClass): Promise<void> {
    const existing = new Map(
      table.constraints.map((constraint) => [resolveName(constraint)?.text, constraint]),
    )
    for (const name of batch.namedConstraints.keys()) {
      const constraint = existing.get(name)
      if (constraint !== undefined) await this.dropConstraint(constraint)
    }
  }

  /** The expression behind USING: SQL text, or an expression. */
  #conversion(using: unknown): string | null {
    if (using === undefined || using === null) return null
    if (typeof using === 'string') return using
    if (using instanceof SqlExpression) return this.dialect.sql.compileForDdl(using)
    throw new CommandError("{ postgresql: { using } } is SQL: a string, or sa.text('…')")
  }
}
