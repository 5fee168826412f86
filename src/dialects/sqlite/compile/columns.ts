import { CompileError } from '../../../errors/compile-error.ts'
import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { Constraint } from '../../../sql/schema/constraint.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import type { OwnerTable } from '../../../sql/schema/owner.ts'
import type { ServerDefault } from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { isDefaultTerm } from './default-term.ts'

/** Writes columns for SQLite: `id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT`. */
export class SqliteColumnCompiler extends ColumnCompiler {
  protected override attributes(column: Column): string[] {
    return [
      this.defaultClause(column),
      this.nullability(column),
      this.#inlinePrimaryKey(column),
      this.computedClause(column),
    ]
  }

  protected override typeOf(column: Column): string {
    const type = super.typeOf(column)
    const collation = columnOption(column, 'collation')
    if (collation === null || / COLLATE /i.test(type)) return type
    return `${type} COLLATE ${this.sql.preparer.quoteAlways(collation)}`
  }

  protected override nullability(column: Column): string {
    const text = super.nullability(column)
    return text === '' ? '' : text + onConflict(columnOption(column, 'onConflictNotNull'))
  }

  override defaultText(
    serverDefault: ServerDefault | null,
    type: TypeEngine | null = null,
  ): string | null {
    const text = super.defaultText(serverDefault, type)
    return text === null || isDefaultTerm(text) ? text : `(${text})`
  }

  #inlinePrimaryKey(column: Column): string {
    const table = fullTable(column.table)
    if (table === null || !column.primaryKey) return ''
    if (column.autoincrement === true && table.primaryKey.columnKeys.length > 1) {
      throw new CompileError(
        `SQLite does not support autoincrement for composite primary keys: column '${column.name}' of table '${table.name}'`,
      )
    }
    if (!numbersItself(table, column)) return ''
    const { primaryKey } = table
    const resolution =
      columnOption(column, 'onConflictPrimaryKey') ?? constraintResolution(primaryKey)
    // The reference leaves the name out here; one that the database has already is kept.
    const name = primaryKey.nameIsFinal ? this.constraints.namePrefix(primaryKey) : ''
    return `${name}PRIMARY KEY${onConflict(resolution)} AUTOINCREMENT`
  }
}

/** The table of a column or constraint, where it is one with options; `null` for a stand-in by name. */
export function fullTable(table: OwnerTable | null): TableClass | null {
  return table instanceof TableClass ? (table as TableClass) : null
}

/** Whether the column is the table's `INTEGER PRIMARY KEY AUTOINCREMENT`, which SQLite takes in the column only. */
export function numbersItself(table: TableClass, column: Column): boolean {
  return (
    dialectOption(table.dialectOptions, 'sqlite', 'autoincrement') === true &&
    table.primaryKey.columnKeys.length === 1 &&
    column.primaryKey &&
    column.type.affinity === 'Integer' &&
    !table.isReferring(column)
  )
}

/** A text option of a column. */
export function columnOption(column: Column, key: string): string | null {
  const value = dialectOption(column.dialectOptions, 'sqlite', key)
  return typeof value === 'string' ? value : null
}

/** What a constraint says about rows that break it. */
export function constraintResolution(constraint: Constraint): string | null {
  const value = dialectOption(constraint.dialectOptions, 'sqlite', 'onConflict')
  return typeof value === 'string' ? value : null
}

const RESOLUTIONS = /^(?:ROLLBACK|ABORT|FAIL|IGNORE|REPLACE)$/i

/** ` ON CONFLICT REPLACE`. Refuses anything but SQLite's resolutions: the text goes into SQL as it is. */
export function onConflict(resolution: string | null): string {
  if (resolution === null) return ''
  if (RESOLUTIONS.test(resolution)) return ` ON CONFLICT ${resolution}`
  throw new CompileError(
    `Unexpected conflict resolution '${resolution}' (expected ROLLBACK, ABORT, FAIL, IGNORE or REPLACE)`,
  )
}
