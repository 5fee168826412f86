import { CompileError } from '../../../errors/compile-error.ts'
import { quoteColumnKeys } from '../../../sql/compile/column-keys.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { OrderModifier, TextClause, type SqlExpression } from '../../../sql/elements/expression.ts'
import type { NameLike } from '../../../sql/elements/identifier.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import { NVARCHAR } from '../../../sql/types/string.ts'
import { warn } from '../../../util/warnings.ts'
import { clustering } from './constraints.ts'
import { dropColumnConstraint } from './drop-column-constraint.ts'
import { indexOptions } from './own-options.ts'
import { nameString } from './name-string.ts'
import type { MssqlStatement } from './statements.ts'

/** Owner of what names no schema, where no server was asked. */
const DEFAULT_SCHEMA = 'dbo'

/** Writes DDL statements as SQL Server has them. */
export class MssqlDdlCompiler extends DdlCompiler {
  protected override visitCreateTable(statement: DdlOf<'createTable'>): string {
    if (statement.ifNotExists) {
      throw new CompileError(
        `SQL Server's CREATE TABLE takes no IF NOT EXISTS; look for table '${statement.table.name}' with sa.inspect() first`,
      )
    }
    return super.visitCreateTable(statement)
  }

  /** T-SQL reference, CREATE SEQUENCE: it has no condition; DROP SEQUENCE has one since SQL Server 2016. */
  protected override visitCreateSequence(statement: DdlOf<'createSequence'>): string {
    if (statement.ifNotExists) {
      throw new CompileError(
        `SQL Server's CREATE SEQUENCE takes no IF NOT EXISTS; look for sequence '${statement.sequence.name}' with sa.inspect() first`,
      )
    }
    return super.visitCreateSequence(statement)
  }

  protected override visitCreateIndex({ index }: DdlOf<'createIndex'>): string {
    const { clustered, columnstore, where } = indexOptions(index)
    const kind = [
      index.unique ? 'UNIQUE ' : '',
      clustering(clustered),
      columnstore === true ? 'COLUMNSTORE ' : '',
    ].join('')
    const elements = this.indexElements(index)
    return [
      `CREATE ${kind}INDEX ${this.indexName(index, false)} ON ${this.indexedTable(index)}`,
      elements === '' ? '' : ` (${elements})`,
      this.#include(index),
      where === null || where === undefined ? '' : ` WHERE ${this.#condition(where)}`,
    ].join('')
  }

  protected override indexElement(index: Index, element: SqlExpression): string {
    let target = element
    while (target instanceof OrderModifier) target = target.of
    // SQL text is the user's word for it: it may be a column with its order.
    const isWritable = ['column', 'text', 'literalColumn'].includes(target.kind)
    if (isWritable) return super.indexElement(index, element)
    throw new CompileError(
      `Index '${index.name ?? ''}' on '${index.table?.name ?? ''}' is on the expression ${this.sql.compileForDdl(target)}, and SQL Server indexes columns only; add a column with sa.Computed(…) and index that`,
    )
  }

  #include(index: Index): string {
    const { include } = indexOptions(index)
    if (include === null || include === undefined || include.length === 0) return ''
    return ` INCLUDE (${quoteColumnKeys(this.preparer, index.table, include)})`
  }

  #condition(where: string | SqlExpression): string {
    return this.sql.compileForDdl(typeof where === 'string' ? new TextClause(where) : where)
  }

  protected override visitDropIndex(statement: DdlOf<'dropIndex'>): string {
    return this.dropIndexOfTable(statement)
  }

  protected override visitAddColumn(statement: DdlOf<'addColumn'>): string {
    if (statement.ifNotExists) {
      warn(
        `ADD takes no IF NOT EXISTS on SQL Server: '${statement.column.name}' is added in any case`,
      )
    }
    return this.addPlainColumn(statement)
  }

  protected override visitRenameTable({ table, newName }: DdlOf<'renameTable'>): string {
    const path = nameString(this.preparer.formatAlteredTable(table), this.traits)
    return `EXEC sp_rename ${path}, ${this.preparer.quote(newName)}`
  }

  protected override visitRenameColumn({ table, column, newName }: DdlOf<'renameColumn'>): string {
    const path = `${this.preparer.formatAlteredTable(table)}.${this.preparer.quote(column)}`
    return `EXEC sp_rename ${nameString(path, this.traits)}, ${this.preparer.quote(newName)}, 'COLUMN'`
  }

  protected override visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    const type = this.sql.types.compile(statement.type)
    return `${this.alterColumn(statement.table, statement.column)} ${type}`
  }

  /** Type and nullability are stated together. */
  protected override visitAlterColumnNullable(statement: DdlOf<'alterColumnNullable'>): string {
    const { table, column, existing, nullable } = statement
    if (existing.type === undefined) {
      throw new CompileError(
        `SQL Server states the type of column '${column.toString()}' together with NULL or NOT NULL; give type or existingType`,
      )
    }
    const type = this.sql.types.compile(existing.type)
    return `${this.alterColumn(table, column)} ${type} ${nullable ? 'NULL' : 'NOT NULL'}`
  }

  /** A default is a constraint of its own; dropping one takes a query for its name. */
  protected override visitAlterColumnDefault(statement: DdlOf<'alterColumnDefault'>): string {
    const { table, column, serverDefault, existing } = statement
    const text = this.columns.defaultText(serverDefault, existing.type ?? null)
    if (text === null) {
      return dropColumnConstraint(this.preparer, { of: 'default', table, column })
    }
    return `${this.alterTable(table)} ADD DEFAULT ${text} FOR ${this.preparer.quote(column)}`
  }

  protected override visitSetTableComment({ table, comment }: DdlOf<'setTableComment'>): string {
    return `execute sp_addextendedproperty 'MS_Description', ${this.commentText(comment)}, ${this.#described(table)}`
  }

  protected override visitDropTableComment({ table }: DdlOf<'dropTableComment'>): string {
    return `execute sp_dropextendedproperty 'MS_Description', ${this.#described(table)}`
  }

  protected override visitSetColumnComment(statement: DdlOf<'setColumnComment'>): string {
    const { table, column, comment, replaces } = statement
    const target = this.#described(table, column)
    if (comment === null) return `exec sp_dropextendedproperty 'MS_Description', ${target}`
    const procedure = replaces ? 'sp_updateextendedproperty' : 'sp_addextendedproperty'
    return `exec ${procedure} 'MS_Description', ${this.commentText(comment)}, ${target}`
  }

  protected override commentText(comment: string | null): string {
    return comment === null ? 'NULL' : this.sql.literals.renderString(comment, NVARCHAR())
  }

  /** The levels of what an extended property belongs to. */
  #described(table: TableReference, column: NameLike | null = null): string {
    const schema = table.schema ?? this.traits.defaultSchemaName ?? DEFAULT_SCHEMA
    const owner = this.preparer.quoteSchema(schema, table.quoteSchema ?? null)
    const levels = `'schema', ${owner}, 'table', ${this.preparer.quote(table.name, table.quote)}`
    return column === null ? levels : `${levels}, 'column', ${this.preparer.quote(column)}`
  }

  protected override visitDialectStatement(statement: DdlOf<'dialectStatement'>): string {
    if (statement.dialect !== this.traits.name) return super.visitDialectStatement(statement)
    const own = statement.statement as MssqlStatement
    switch (own.kind) {
      case 'dropColumnConstraint':
        return dropColumnConstraint(this.preparer, own)
      case 'describeColumn':
        return `execute sp_addextendedproperty 'MS_Description', ${this.commentText(own.comment)}, ${this.#described(own.table, own.column)}`
    }
  }
}
