import { CompileError } from '../../../errors/compile-error.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import { nameParts } from '../../../sql/elements/identifier.ts'
import { isDescending } from './options.ts'
import { Computed } from '../../../sql/schema/server-default.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'

/**
 * Writes DDL statements as Firebird has them: `ALTER TABLE` of the Firebird 3.0 Language Reference, section 5.4.2, where
 * the word COLUMN is left out behind ADD and DROP.
 */
export class FirebirdDdlCompiler extends DdlCompiler {
  protected override get hasConditionalAlter(): boolean {
    return false
  }

  protected override alterColumn(table: TableReference, column: NameLike): string {
    return `${this.alterTable(table)} ALTER ${this.preparer.quote(column)}`
  }

  protected override visitCreateIndex(statement: DdlOf<'createIndex'>): string {
    const sql = super.visitCreateIndex(statement)
    return isDescending(statement.index) ? sql.replace(' INDEX ', ' DESCENDING INDEX ') : sql
  }

  protected override visitRenameTable({ table, newName }: DdlOf<'renameTable'>): string {
    const to = nameParts(newName).text
    throw new CompileError(
      `Firebird can't rename a table ('${table.name}' to '${to}'); create '${to}', copy the rows with op.execute('INSERT INTO … SELECT …') and drop '${table.name}'`,
    )
  }

  protected override visitAddColumn(statement: DdlOf<'addColumn'>): string {
    return `${this.alterTable(statement.table)} ADD ${this.addedColumn(statement)}`
  }

  protected override visitDropColumn(statement: DdlOf<'dropColumn'>): string {
    return `${this.alterTable(statement.table)} DROP ${this.preparer.quote(statement.column)}`
  }

  protected override visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    const { table, column, newName } = statement
    return `${this.alterColumn(table, column)} TO ${this.preparer.quote(newName)}`
  }

  /** Firebird changes the expression of a computed column; it can't make one of a plain column, or the other way round. */
  protected override visitAlterColumnComputed(statement: DdlOf<'alterColumnComputed'>): string {
    const { table, column, computed, existing } = statement
    if (computed === null || !(existing.serverDefault instanceof Computed)) {
      return super.visitAlterColumnComputed(statement)
    }
    const expression = this.sql.compileForDdl(computed.sqltext)
    return `${this.alterColumn(table, column)} GENERATED ALWAYS AS (${expression})`
  }
}
