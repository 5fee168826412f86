import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { ColumnAlteration } from '../../../impl/column-alteration.ts'
import { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { JournalSupport } from '../../../impl/journal-support.ts'
import type { MigrationLock } from '../../../impl/migration-lock.ts'
import type { ScriptGuard } from '../../../impl/script-guard.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import { TextClause, type SqlExpression } from '../../../sql/elements/expression.ts'
import { CheckConstraint } from '../../../sql/schema/check-constraint.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import { Computed, Identity } from '../../../sql/schema/server-default.ts'
import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'
import { AutocommitSwitch } from './autocommit.ts'
import type { RestatedColumn } from '../compile/columns.ts'
import type { MysqlAlterColumnOptions } from '../compile/options.ts'
import type { MysqlStatement } from '../compile/statements.ts'
import { mysqlJournal } from './journal.ts'
import { NamedLock } from './lock.ts'
import { mysqlScriptGuard } from './script-guard.ts'
import { scriptSyntax } from './script-syntax.ts'
import { mysqlTimeouts } from './timeouts.ts'

/** How MySQL and MariaDB carry operations out. */
export class MysqlImpl extends MigrationImpl {
  readonly #autocommit = new AutocommitSwitch()

  override get implName(): string {
    return 'MySQLImpl'
  }

  override get scriptSyntax(): ScriptSyntax {
    return { ...scriptSyntax, backslashEscapes: this.dialect.traits.backslashEscapes }
  }

  override get scriptGuard(): ScriptGuard {
    return mysqlScriptGuard
  }

  override get timeouts(): TimeoutSupport {
    return mysqlTimeouts
  }

  override createLock(): MigrationLock {
    return new NamedLock()
  }

  override get journal(): JournalSupport {
    return mysqlJournal
  }

  override async aroundTransaction<T>(body: () => Promise<T>): Promise<T> {
    let result: T
    try {
      result = await body()
    } catch (error) {
      // A lost connection has no autocommit to restore; the error that led here is the one to know of.
      await this.#autocommit.restore().catch(() => undefined)
      throw error
    }
    await this.#autocommit.restore()
    return result
  }

  override async beginTransaction(connection: Connection): Promise<void> {
    await this.#autocommit.switchOff(connection)
    await super.beginTransaction(connection)
  }

  override async commitTransaction(connection: Connection): Promise<void> {
    await super.commitTransaction(connection)
    await this.#autocommit.restore()
  }

  /**
   * Every change but that of a default alone restates the whole column: what is neither given nor known of it
   * (`existingNullable`, `existingServerDefault`, `existingAutoincrement`, `existingComment`, `existingCheck`) is lost.
   */
  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { serverDefault, newName, existing } = alteration
    if (isGenerated(serverDefault) || isGenerated(existing.serverDefault)) {
      await this.#refuseGeneration(table, column, alteration)
    }
    if (newName !== undefined || setsDefaultOfDateTime(alteration)) {
      const definition = this.#restated(column, alteration)
      const restated = { table, column, newName: newName ?? column, definition }
      await this.#runOwn({ kind: 'restateColumn', ...restated })
    } else if (
      changesDefinition(alteration) ||
      this.#checkOption(alteration, 'check') !== undefined
    ) {
      const definition = this.#restated(column, alteration)
      await this.#runOwn({ kind: 'restateColumn', table, column, newName: null, definition })
    } else if (serverDefault !== undefined) {
      await this.#runOwn({ kind: 'setColumnDefault', table, column, serverDefault })
    }
  }

  /** Of a generated column the name and the comment can change, and nothing can become or cease to be one. */
  async #refuseGeneration(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    if (alteration.nullable !== undefined || alteration.type !== undefined) {
      throw new OperationError(
        `Column '${column.toString()}' is generated: its type and nullability can't be altered on ${this.dialect.name}; drop it and add it again`,
      )
    }
    // The compiler has the words for it.
    if (alteration.serverDefault !== undefined) {
      await this.alterColumnDefault(table, column, alteration)
    }
  }

  #restated(column: NameLike, alteration: ColumnAlteration): RestatedColumn {
    const { existing } = alteration
    const type = alteration.type ?? existing.type
    if (type === undefined) {
      throw new OperationError(
        `All MySQL CHANGE/MODIFY COLUMN operations require the existing type. Give existingType for column '${column.toString()}'`,
      )
    }
    const { serverDefault = existing.serverDefault, comment = existing.comment } = alteration
    return {
      type,
      nullable: alteration.nullable ?? existing.nullable ?? true,
      autoincrement: alteration.autoincrement ?? existing.autoincrement ?? false,
      serverDefault: serverDefault ?? null,
      comment: comment ?? null,
      check: this.#checkOf(alteration),
    }
  }

  /** What is to stand behind the column: the new condition, else the one that is there. */
  #checkOf(alteration: ColumnAlteration): SqlExpression | null {
    const wanted =
      this.#checkOption(alteration, 'check') ?? this.#checkOption(alteration, 'existingCheck')
    if (wanted === undefined || wanted === false) return null
    return typeof wanted === 'string' ? new TextClause(wanted) : wanted
  }

  #checkOption(
    { dialectOptions }: ColumnAlteration,
    key: keyof MysqlAlterColumnOptions,
  ): string | SqlExpression | false | undefined {
    const options: MysqlAlterColumnOptions = dialectOptions[this.dialect.name] ?? {}
    return options[key]
  }

  async #runOwn(statement: MysqlStatement): Promise<void> {
    await this.runDdl({ kind: 'dialectStatement', dialect: this.dialect.name, statement })
  }

  /** The CHECK that a type brought along has no name to drop it by. */
  override async dropConstraint(
    constraint: Constraint,
    settings: { readonly ifExists?: boolean | undefined } = {},
  ): Promise<void> {
    if (constraint instanceof CheckConstraint && constraint.typeBound !== null) return
    await super.dropConstraint(constraint, settings)
  }
}

function isGenerated(serverDefault: unknown): boolean {
  return serverDefault instanceof Computed || serverDefault instanceof Identity
}

/** ALTER COLUMN … SET DEFAULT takes no function before MySQL 8.0.13, so that now() needs the whole column restated. */
function setsDefaultOfDateTime({ type, serverDefault, existing }: ColumnAlteration): boolean {
  return (type ?? existing.type)?.affinity === 'DateTime' && serverDefault !== null
}

function changesDefinition(alteration: ColumnAlteration): boolean {
  const { nullable, type, autoincrement, comment } = alteration
  return [nullable, type, autoincrement, comment].some((value) => value !== undefined)
}
