import { CompileError } from '../../../errors/compile-error.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import { nameParts } from '../../../sql/elements/identifier.ts'
import { indexForm, isDescending } from './options.ts'
import { Computed } from '../../../sql/schema/server-default.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { DdlOf, DdlStatement } from '../../../sql/ddl/statement.ts'

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

  protected override visitCreateTable(statement: DdlOf<'createTable'>): string {
    if (statement.ifNotExists) this.#refuseCondition(statement, 'IF NOT EXISTS')
    return super.visitCreateTable(statement)
  }

  protected override visitDropTable(statement: DdlOf<'dropTable'>): string {
    if (statement.ifExists) this.#refuseCondition(statement, 'IF EXISTS')
    return super.visitDropTable(statement)
  }

  protected override visitCreateSequence(statement: DdlOf<'createSequence'>): string {
    if (statement.ifNotExists) this.#refuseCondition(statement, 'IF NOT EXISTS')
    return super.visitCreateSequence(statement)
  }

  protected override visitDropSequence(statement: DdlOf<'dropSequence'>): string {
    if (statement.ifExists) this.#refuseCondition(statement, 'IF EXISTS')
    return super.visitDropSequence(statement)
  }

  protected override visitCreateIndex(statement: DdlOf<'createIndex'>): string {
    const { index, ifNotExists } = statement
    if (ifNotExists) this.#refuseCondition(statement, 'IF NOT EXISTS')
    if (this.#isExact) {
      const sql = super.visitCreateIndex(statement)
      return isDescending(index) ? sql.replace(' INDEX ', ' DESCENDING INDEX ') : sql
    }
    const { columns, expression, descending } = indexForm(index)
    const unique = index.unique ? 'UNIQUE ' : ''
    const order = descending ? 'DESCENDING ' : ''
    const elements = columns.map((column) => this.sql.compileForDdl(column)).join(', ')
    const keys =
      expression === null ? `(${elements})` : `COMPUTED BY (${this.sql.compileForDdl(expression)})`
    return `CREATE ${unique}${order}INDEX ${this.indexName(index, false)} ON ${this.indexedTable(index)} ${keys}`
  }

  protected override visitDropIndex(statement: DdlOf<'dropIndex'>): string {
    if (statement.ifExists) this.#refuseCondition(statement, 'IF EXISTS')
    return super.visitDropIndex(statement)
  }

  /** There are no schemas; the reference writes them before the name of an index that is dropped. */
  protected override indexName(index: Index, withSchema: boolean): string {
    return super.indexName(index, withSchema && this.#isExact)
  }

  get #isExact(): boolean {
    return this.traits.exactlyAsAlembic === true
  }

  /** The reference writes the condition, which no server before version 6 takes. */
  #refuseCondition({ kind }: DdlStatement, condition: string): void {
    if (this.#isExact) return
    throw new CompileError(
      `Dialect firebird has no ${condition}; ask sa.inspect() what exists, and call op.${kind}() without the option`,
    )
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

  /**
   * Firebird changes the expression of a computed column; it can't make one of a plain column, or the other way round. Where
   * its type is not said, the server takes what the expression gives: BIGINT of two integers.
   */
  protected override visitAlterColumnComputed(statement: DdlOf<'alterColumnComputed'>): string {
    const { table, column, computed, existing } = statement
    if (computed === null || !(existing.serverDefault instanceof Computed)) {
      return super.visitAlterColumnComputed(statement)
    }
    const expression = this.sql.compileForDdl(computed.sqltext)
    const type = existing.type === undefined ? '' : ` TYPE ${this.sql.types.compile(existing.type)}`
    return `${this.alterColumn(table, column)}${type} GENERATED ALWAYS AS (${expression})`
  }
}
