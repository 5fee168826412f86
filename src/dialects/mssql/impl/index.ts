import { CommandError } from '../../../errors/command-error.ts'
import type { ColumnAlteration, DropColumnSettings } from '../../../impl/column-alteration.ts'
import { journalByVerb, type JournalSupport } from '../../../impl/journal-support.ts'
import { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { MigrationLock } from '../../../impl/migration-lock.ts'
import type { ScriptGuard } from '../../../impl/script-guard.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'
import type { BulkInsertSettings } from '../../../impl/operation-target.ts'
import type { InsertRow } from '../../../impl/row-batch.ts'
import { peekRow, type RowSource } from '../../../impl/row-source.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { joinName, type NameLike } from '../../../sql/elements/identifier.ts'
import type { StatementTable } from '../../../sql/elements/statements.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { Computed, Identity } from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'
import { warn } from '../../../util/warnings.ts'
import type { DropColumnConstraint, MssqlStatement } from '../compile/statements.ts'
import { ApplicationLock } from './application-lock.ts'
import { mssqlScriptGuard } from './script-guard.ts'
import { scriptSyntax } from './script-syntax.ts'
import { mssqlTimeouts } from './timeouts.ts'
import { refusesTransactions } from './transaction-rules.ts'

/** What an option of `op.dropColumn()` drops before the column, in this order. */
const DROPPED_WITH: readonly (readonly [string, DropColumnConstraint['of']])[] = [
  ['dropDefault', 'default'],
  ['dropCheck', 'check'],
  ['dropForeignKey', 'foreignKey'],
]

/** How SQL Server carries operations out. */
export class MssqlImpl extends MigrationImpl {
  override get implName(): string {
    return 'MSSQLImpl'
  }

  protected override get defaultBatchSeparator(): string | undefined {
    return 'GO'
  }

  override get journal(): JournalSupport {
    return journalByVerb
  }

  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  override get scriptGuard(): ScriptGuard {
    return mssqlScriptGuard
  }

  override get timeouts(): TimeoutSupport {
    return mssqlTimeouts
  }

  protected override refusesTransactions(sql: string): boolean {
    return refusesTransactions(sql)
  }

  override createLock(): MigrationLock {
    return new ApplicationLock()
  }

  override emitBegin(): void {
    this.sink.writeStatic(`BEGIN TRANSACTION${this.commandTerminator}`)
  }

  /**
   * Type and nullability go together, and what is not said of them is lost. A default is dropped before the type changes,
   * which it would forbid, and added after; the new name comes last.
   */
  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { serverDefault, newName, existing } = alteration
    const isGenerated = [serverDefault, existing.serverDefault].some(
      (value) => value instanceof Identity || value instanceof Computed,
    )
    const altersDefault = serverDefault !== undefined && !isGenerated
    const restated = restate(column, alteration)
    if (altersDefault && (existing.serverDefault !== undefined || serverDefault === null)) {
      await this.#runOwn({ kind: 'dropColumnConstraint', of: 'default', table, column })
    }
    await super.alterColumn(table, column, {
      ...restated,
      serverDefault: isGenerated ? serverDefault : undefined,
      newName: undefined,
    })
    if (altersDefault && serverDefault !== null) {
      await this.runDdl({ kind: 'alterColumnDefault', table, column, existing, serverDefault })
    }
    if (newName !== undefined) {
      await this.runDdl({ kind: 'renameColumn', table, column, existing, newName })
    }
  }

  override async dropColumn(
    table: TableReference,
    column: NameLike,
    settings: DropColumnSettings = {},
  ): Promise<void> {
    const options = settings.dialectOptions?.[this.dialect.name] ?? {}
    for (const [option, of] of DROPPED_WITH) {
      if (options[option] === true) {
        await this.#runOwn({ kind: 'dropColumnConstraint', of, table, column })
      }
    }
    await super.dropColumn(table, column, settings)
  }

  override async createColumnComment(column: Column): Promise<void> {
    const { table, comment } = column
    if (table === null) return
    const name = joinName(column.name, column.quote, false)
    await this.#runOwn({ kind: 'describeColumn', table, column: name, comment })
  }

  /** Numbers of an identity column can only be given where the table is told to take them, one table at a time. */
  override async bulkInsert(
    table: StatementTable,
    given: RowSource,
    settings: BulkInsertSettings = {},
  ): Promise<void> {
    const { first, rows } = await peekRow(given)
    const sample = Array.isArray(given) ? (given as readonly InsertRow[]) : [first ?? {}]
    if (!this.offline && !rowsGiveIdentity(table, sample)) {
      await super.bulkInsert(table, rows, settings)
      return
    }
    await this.#setIdentityInsert(table, 'ON')
    try {
      await super.bulkInsert(table, rows, settings)
    } catch (error) {
      // No other table could be told so while this one is; but the first error is the one to know of.
      await this.#setIdentityInsert(table, 'OFF').catch(() => undefined)
      throw error
    }
    await this.#setIdentityInsert(table, 'OFF')
  }

  async #setIdentityInsert(table: StatementTable, state: 'ON' | 'OFF'): Promise<void> {
    const name = this.dialect.preparer.formatTable(table)
    await this.execute({ sql: `SET IDENTITY_INSERT ${name} ${state}` })
  }

  async #runOwn(statement: MssqlStatement): Promise<void> {
    await this.runDdl({ kind: 'dialectStatement', dialect: this.dialect.name, statement })
  }
}

/** Puts what changes of type and nullability into one statement. */
function restate(column: NameLike, alteration: ColumnAlteration): ColumnAlteration {
  const { type, existing } = alteration
  const nullable =
    alteration.nullable ?? (type === undefined ? undefined : (existing.nullable ?? undefined))
  if (nullable === undefined) {
    if (type !== undefined) {
      warn(
        'MS-SQL ALTER COLUMN operations that specify type should also specify nullable or existingNullable, to avoid implicit conversion of NOT NULL columns to NULL.',
      )
    }
    return alteration
  }
  const restated = type ?? existing.type
  if (restated === undefined) {
    throw new CommandError(
      `MS-SQL ALTER COLUMN operations with NULL or NOT NULL require the existing type or a new type be passed: give type or existingType for column '${column.toString()}'`,
    )
  }
  return { ...alteration, nullable, type: undefined, existing: { ...existing, type: restated } }
}

function rowsGiveIdentity(table: StatementTable, rows: readonly InsertRow[]): boolean {
  if (!(table instanceof TableClass)) return false
  const numbered = table.columns.find((column) => column.identity !== null)
  const column = numbered ?? table.autoincrementColumn
  return column !== null && rows.some((row) => row[column.name] !== undefined)
}
