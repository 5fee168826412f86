import { CommandError } from '../../../errors/command-error.ts'
import type { ColumnAlteration } from '../../../impl/column-alteration.ts'
import type { EnumTypes } from '../../../impl/enum-types.ts'
import type { JournalSupport } from '../../../impl/journal-support.ts'
import { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { BatchStructure, TableRecreation } from '../../../impl/table-recreation.ts'
import type { MigrationLock } from '../../../impl/migration-lock.ts'
import type { ScriptGuard } from '../../../impl/script-guard.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { SqlExpression } from '../../../sql/elements/expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import { Identity } from '../../../sql/schema/server-default.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'
import type { TypeBindOptions, TypeEngine } from '../../../sql/types/type-engine.ts'
import { createTypesOf, typeInSchema } from '../compile/named-types.ts'
import { AdvisoryLock } from './advisory-lock.ts'
import { postgresqlScriptGuard } from './script-guard.ts'
import { scriptSyntax } from './script-syntax.ts'
import { refusesTransactions } from './transaction-rules.ts'
import { postgresqlTimeouts } from './timeouts.ts'
import { enumConversion } from './enum-conversion.ts'
import { PostgresqlEnumTypes } from './enum-types.ts'
import { keepCounters } from './recreation-guard.ts'
import { TypeCreation } from './type-creation.ts'
import { postgresqlJournal } from './journal.ts'

/** How PostgreSQL carries operations out. */
export class PostgresqlImpl extends MigrationImpl {
  readonly #types = new TypeCreation(this)

  override get journal(): JournalSupport {
    return postgresqlJournal
  }

  override get scriptSyntax(): ScriptSyntax {
    return { ...scriptSyntax, backslashEscapes: this.dialect.traits.backslashEscapes }
  }

  override get scriptGuard(): ScriptGuard {
    return postgresqlScriptGuard
  }

  override get timeouts(): TimeoutSupport {
    return postgresqlTimeouts
  }

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

  override get enumTypes(): EnumTypes {
    return new PostgresqlEnumTypes({
      impl: this,
      creation: this.#types,
      run: (statement) => this.runDdl(statement),
      outside: (body) => this.outsideTransaction(body),
    })
  }

  override async createType(type: TypeEngine, options: TypeBindOptions): Promise<void> {
    const statement = await this.#types.creation(type, options)
    if (statement !== null) await this.runDdl(statement)
  }

  override async dropType(type: TypeEngine, options: TypeBindOptions): Promise<void> {
    const statement = await this.#types.removal(type, options)
    if (statement !== null) await this.runDdl(statement)
  }

  protected override refusesTransactions(sql: string): boolean {
    return refusesTransactions(sql)
  }

  /** The type comes first: a default or a NOT NULL may only make sense with the new one. */
  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { type, dialectOptions } = alteration
    const using = this.#conversion(dialectOptions[this.dialect.name]?.['using'])
    if (using !== null && type === undefined) {
      throw new CommandError('postgresql_using must be used with the type_ parameter')
    }
    if (type !== undefined) await this.#alterType(table, column, alteration, using)
    const { serverDefault, existing, nullable } = alteration
    const isFreed = existing.serverDefault instanceof Identity && nullable === true
    if (!isFreed || serverDefault === undefined || this.dialect.traits.exactlyAsAlembic === true) {
      await super.alterColumn(table, column, { ...alteration, type: undefined })
      return
    }
    // As long as it is an identity column, NOT NULL can't go.
    await this.alterColumnDefault(table, column, alteration)
    const others = { ...alteration, type: undefined, serverDefault: undefined }
    await super.alterColumn(table, column, others)
  }

  async #alterType(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
    using: string | null,
  ): Promise<void> {
    const { existing, type: declared } = alteration
    if (declared === undefined) return
    const target = { table, column, existing }
    if (this.dialect.traits.exactlyAsAlembic === true) {
      await this.runDdl({ kind: 'alterColumnType', ...target, type: declared, using })
      return
    }
    const type = typeInSchema(this.dialect.types, declared, table.schema)
    const conversion = enumConversion(this.dialect, column, type, alteration)
    if (conversion.dropsDefault) {
      await this.runDdl({ kind: 'alterColumnDefault', ...target, serverDefault: null })
    }
    await this.runDdl({
      kind: 'alterColumnType',
      ...target,
      type,
      using: using ?? conversion.using,
    })
    const { keptDefault: serverDefault } = conversion
    if (serverDefault !== null) {
      await this.runDdl({ kind: 'alterColumnDefault', ...target, serverDefault })
    }
  }

  /** A default can't be set while the column is an identity column, nor can that be made of one that has a default. */
  protected override async alterColumnDefault(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { serverDefault, existing } = alteration
    const before = existing.serverDefault
    const isExact = this.dialect.traits.exactlyAsAlembic === true
    if (before?.kind === 'default' && serverDefault instanceof Identity && !isExact) {
      await super.alterColumnDefault(table, column, { ...alteration, serverDefault: null })
      const withoutDefault = { ...existing, serverDefault: null }
      await super.alterColumnDefault(table, column, { ...alteration, existing: withoutDefault })
      return
    }
    const replaces = before instanceof Identity && serverDefault?.kind === 'default'
    if (!replaces) {
      await super.alterColumnDefault(table, column, alteration)
      return
    }
    if (isExact) {
      // The reference looks for what differs in the two as identities: nothing, or it fails.
      if (before.always === true) throw new CommandError("a default has no 'always'")
      await super.alterColumnDefault(table, column, { ...alteration, serverDefault: before })
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

  override async guardRecreation(
    recreation: TableRecreation,
    work: () => Promise<void>,
  ): Promise<void> {
    await super.guardRecreation(recreation, () => keepCounters(recreation, work))
  }

  /** The expression behind USING: SQL text, or an expression. */
  #conversion(using: unknown): string | null {
    if (using === undefined || using === null) return null
    if (typeof using === 'string') return using
    if (using instanceof SqlExpression) return this.dialect.sql.compileForDdl(using)
    throw new CommandError("{ postgresql: { using } } is SQL: a string, or sa.text('…')")
  }
}
