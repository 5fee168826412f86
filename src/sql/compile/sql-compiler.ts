import { CompileError } from '../../errors/compile-error.ts'
import type { ColumnExpression } from '../elements/column-expression.ts'
import * as node from '../elements/expression.ts'
import { Select } from '../elements/statements.ts'
import type { Delete, DmlStatement, Insert, Update } from '../elements/statements.ts'
import { withClientDefaults } from './client-defaults.ts'
import type { CompiledSql, SqlOptions, SqlScope } from './compiled-sql.ts'
import { ExpressionCompiler } from './expression-compiler.ts'
import { asReferenceCounts } from './placeholder-text.ts'

/** Writes statements on rows, and expressions that stand alone. */
export class SqlCompiler extends ExpressionCompiler {
  /** Writes a statement or an expression, with values beside it. */
  compile(statement: node.SqlExpression | DmlStatement, options: SqlOptions = {}): CompiledSql {
    const { sql, parameters } = this.#write(statement, options)
    return { sql: asReferenceCounts(sql, this.traits), parameters }
  }

  #write(statement: node.SqlExpression | DmlStatement, options: SqlOptions): CompiledSql {
    const scope: SqlScope = {
      literalBinds: options.literalBinds ?? false,
      includeTable: options.includeTable ?? true,
      bound: [],
      enclosing: [],
    }
    return { sql: this.#visitStatement(statement, scope), parameters: scope.bound }
  }

  #visitStatement(statement: node.SqlExpression | DmlStatement, scope: SqlScope): string {
    if (!(statement instanceof node.SqlExpression)) return this.visitDml(statement, scope)
    return statement instanceof Select
      ? this.visitSelect(statement, scope)
      : this.visit(statement, scope)
  }

  /** Writes an expression for DDL: values as literals, columns without their table. */
  compileForDdl(expression: node.SqlExpression): string {
    return this.#write(expression, { literalBinds: true, includeTable: false }).sql
  }

  /** Writes an INSERT, UPDATE or DELETE. */
  visitDml(statement: DmlStatement, scope: SqlScope): string {
    switch (statement.kind) {
      case 'insert':
        return this.visitInsert(withClientDefaults(statement), scope)
      case 'update':
        return this.visitUpdate(statement, { ...scope, enclosing: [statement.table] })
      case 'delete':
        return this.visitDelete(statement, { ...scope, enclosing: [statement.table] })
    }
  }

  protected visitInsert(insert: Insert, scope: SqlScope): string {
    const table = this.preparer.formatTable(insert.table)
    if (insert.selected !== null) {
      const names = insert.selected.columns.map((column) =>
        this.preparer.quote(column.name, column.quote),
      )
      return `INSERT INTO ${table} (${names.join(', ')}) ${this.visitSelect(insert.selected.select, scope)}`
    }
    const [first] = insert.rows
    if (first === undefined || first.length === 0) return this.emptyInsert(insert)
    const columns = first.map(({ column }) => this.preparer.quote(column.name, column.quote))
    const rows = insert.rows.map(
      (row) => `(${row.map((item) => this.assigned(item, scope)).join(', ')})`,
    )
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.join(', ')}`
  }

  /** A row that says nothing: the server fills all of it. */
  protected emptyInsert({ table }: Insert): string {
    return `INSERT INTO ${this.preparer.formatTable(table)} DEFAULT VALUES`
  }

  /** For servers that have no such statement. */
  protected refuseEmptyInsert({ table }: Insert): string {
    if (this.traits.exactlyAsAlembic === true) {
      return `INSERT INTO ${this.preparer.formatTable(table)} () VALUES ()`
    }
    throw new CompileError(
      `Dialect ${this.traits.name} has no INSERT without columns; give a row of '${table.name}' at least one value`,
    )
  }

  protected visitUpdate(update: Update, scope: SqlScope): string {
    const table = this.preparer.formatTable(update.table)
    const set = update.assignments.map(
      (item) =>
        `${this.preparer.quote(item.column.name, item.column.quote)}=${this.assigned(item, scope)}`,
    )
    return `UPDATE ${table} SET ${set.join(', ')}${this.where(update.condition, scope)}`
  }

  protected visitDelete(statement: Delete, scope: SqlScope): string {
    const table = this.preparer.formatTable(statement.table)
    return `DELETE FROM ${table}${this.where(statement.condition, scope)}`
  }

  /** A value next to its column: a placeholder is named after the column. */
  protected assigned(
    item: { readonly column: ColumnExpression; readonly value: node.SqlExpression },
    scope: SqlScope,
  ): string {
    const { value, column } = item
    if (value instanceof node.BindParameter && value.key === null && !value.literalExecute) {
      const named = new node.BindParameter(column.name, value.value, value.type ?? column.type)
      return inColumn(column.name, () => this.visitBind(named, scope))
    }
    return this.visitOperand(value, scope)
  }
}

/** Adds to what can't be written which column it is for. */
export function inColumn<T>(name: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    throw new CompileError(`column '${name}': ${error.message}`, { cause: error })
  }
}
