import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { nameParts, type NameLike } from '../../../sql/elements/identifier.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'

/**
 * Writes DDL statements as Adaptive Server Enterprise has them: `alter table` of the ASE 16.0 Reference Manual: Commands,
 * `sp_rename` of the Reference Manual: Procedures.
 */
export class SybaseDdlCompiler extends DdlCompiler {
  protected override get hasConditionalAlter(): boolean {
    return false
  }

  /**
   * The index is named by its table, whose name is always quoted, as in the reference. Where it isn't given, the server
   * is left to refuse the reference's placeholder.
   */
  protected override visitDropIndex({ index }: DdlOf<'dropIndex'>): string {
    const table = index.table?.name || 'no_table'
    return `DROP INDEX ${this.preparer.quoteAlways(table)}.${this.indexName(index, false)}`
  }

  protected override visitAddColumn(statement: DdlOf<'addColumn'>): string {
    return `${this.alterTable(statement.table)} ADD ${this.addedColumn(statement)}`
  }

  protected override visitDropColumn(statement: DdlOf<'dropColumn'>): string {
    return `${this.alterTable(statement.table)} DROP ${this.preparer.quote(statement.column)}`
  }

  protected override visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    const { table, column, type, existing } = statement
    const modify = `${this.#modify(table, column)} ${this.sql.types.compile(type)}`
    if (existing.nullable === undefined) return modify
    return `${modify} ${existing.nullable ? 'NULL' : 'NOT NULL'}`
  }

  protected override visitAlterColumnNullable(statement: DdlOf<'alterColumnNullable'>): string {
    const { table, column, nullable, existing } = statement
    const type = existing.type === undefined ? '' : ` ${this.sql.types.compile(existing.type)}`
    return `${this.#modify(table, column)}${type} ${nullable ? 'NULL' : 'NOT NULL'}`
  }

  protected override visitAlterColumnDefault(statement: DdlOf<'alterColumnDefault'>): string {
    const { table, column, serverDefault, existing } = statement
    const text = this.columns.defaultText(serverDefault, existing.type ?? null) ?? 'NULL'
    return `${this.alterTable(table)} REPLACE ${this.preparer.quote(column)} DEFAULT ${text}`
  }

  protected override visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    const { table, column, newName } = statement
    const from = `${this.preparer.formatAlteredTable(table)}.${this.preparer.quote(column)}`
    return `${this.#rename(from, newName)}, 'column'`
  }

  protected override visitRenameTable({ table, newName }: DdlOf<'renameTable'>): string {
    return this.#rename(this.preparer.formatAlteredTable(table), newName)
  }

  /** The procedure takes the old name as SQL writes it, and the new one as it is. */
  #rename(from: string, newName: NameLike): string {
    const { literals } = this.sql
    return `EXEC sp_rename ${literals.renderString(from, null)}, ${literals.renderString(nameParts(newName).text, null)}`
  }

  #modify(table: TableReference, column: NameLike): string {
    return `${this.alterTable(table)} MODIFY ${this.preparer.quote(column)}`
  }
}
