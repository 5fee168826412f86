import { CompileError } from '../../../errors/compile-error.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { indexOptions, tableOptions } from './own-options.ts'
import { vectorIndexClauses } from './vector-index.ts'

/** Writes DDL statements as Oracle has them. */
export class OracleDdlCompiler extends DdlCompiler {
  protected override tableOptions(table: TableClass): string {
    const { onCommit, compress, tablespace } = tableOptions(table)
    const clauses: string[] = []
    if (onCommit) clauses.push(`ON COMMIT ${onCommit.replaceAll('_', ' ').toUpperCase()}`)
    if (compress) clauses.push(compress === true ? 'COMPRESS' : `COMPRESS FOR ${compress}`)
    if (tablespace) clauses.push(`TABLESPACE ${this.preparer.quote(tablespace)}`)
    return clauses.map((clause) => `\n ${clause}`).join('')
  }

  protected override visitCreateIndex({ index }: DdlOf<'createIndex'>): string {
    const { bitmap, compress, vector } = indexOptions(index)
    const kind = [
      index.unique ? 'UNIQUE ' : '',
      bitmap === true ? 'BITMAP ' : '',
      vector ? 'VECTOR ' : '',
    ].join('')
    const target = `${this.indexedTable(index)} (${this.indexElements(index)})`
    return [
      `CREATE ${kind}INDEX ${this.indexName(index, true)} ON ${target}`,
      compress === true ? ' COMPRESS' : '',
      typeof compress === 'number' ? ` COMPRESS ${compress}` : '',
      vector ? ` ${vectorIndexClauses(vector === true ? {} : vector)}` : '',
    ].join('')
  }

  protected override visitAddColumn(statement: DdlOf<'addColumn'>): string {
    if (statement.ifNotExists) {
      throw new CompileError(
        `Oracle's ADD takes no IF NOT EXISTS; look for column '${statement.column.name}' of '${statement.table.name}' with sa.inspect() first`,
      )
    }
    return this.addPlainColumn(statement)
  }

  protected override visitAlterColumnNullable(statement: DdlOf<'alterColumnNullable'>): string {
    const { table, column, nullable } = statement
    return `${this.#modify(table, column)} ${nullable ? 'NULL' : 'NOT NULL'}`
  }

  protected override visitAlterColumnType({
    table,
    column,
    type,
  }: DdlOf<'alterColumnType'>): string {
    return `${this.#modify(table, column)} ${this.sql.types.compile(type)}`
  }

  /** A default can't be dropped; one that is NULL has the same effect. */
  protected override visitAlterColumnDefault(statement: DdlOf<'alterColumnDefault'>): string {
    const { table, column, serverDefault, existing } = statement
    const text = this.columns.defaultText(serverDefault, existing.type ?? null)
    return `${this.#modify(table, column)} DEFAULT ${text ?? 'NULL'}`
  }

  protected override visitAlterColumnIdentity(statement: DdlOf<'alterColumnIdentity'>): string {
    const { table, column, identity } = statement
    const change = identity === null ? 'DROP IDENTITY' : this.columns.identity(identity)
    return `${this.#modify(table, column)} ${change}`
  }

  #modify(table: TableReference, column: NameLike): string {
    return `${this.alterTable(table)} MODIFY ${this.preparer.quote(column)}`
  }

  /** NULL is what the reference writes; no server takes it. */
  protected override visitSetTableComment(statement: DdlOf<'setTableComment'>): string {
    const { table, comment } = statement
    if (comment !== null || this.traits.exactlyAsAlembic !== true) {
      return super.visitSetTableComment(statement)
    }
    return `COMMENT ON TABLE ${this.preparer.formatTable(table)} IS NULL`
  }

  /** A comment is taken away by an empty one. */
  protected override commentText(comment: string | null): string {
    return super.commentText(comment ?? '')
  }
}
