import { CompileError } from '../../../errors/compile-error.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'
import { OrderModifier, type SqlExpression } from '../../../sql/elements/expression.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { Index } from '../../../sql/schema/table-index.ts'

/** What the reference says where SQLite has no ALTER for a constraint. */
export const NO_CONSTRAINT_ALTER =
  'No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.'

/** Writes DDL for SQLite. What its ALTER TABLE can't do is refused here: batch mode makes the table anew. */
export class SqliteDdlCompiler extends DdlCompiler {
  protected override tableOptions(table: TableClass): string {
    const options: string[] = []
    if (this.option(table, 'withRowid') === false) options.push('WITHOUT ROWID')
    if (this.option(table, 'strict') === true) options.push('STRICT')
    return options.length === 0 ? '' : `\n ${options.join(',\n ')}`
  }

  protected override visitCreateIndex(statement: DdlOf<'createIndex'>): string {
    const where = this.option(statement.index, 'where') as SqlExpression | string | null | undefined
    const text = super.visitCreateIndex(statement)
    if (where === null || where === undefined) return text
    return `${text} WHERE ${this.constraints.conditionText(where)}`
  }

  protected override indexElement(index: Index, element: SqlExpression): string {
    const modified = element instanceof OrderModifier
    const plain = modified ? element.of : element
    const key = this.columnKey(plain) ?? this.sql.compileForDdl(plain)
    const collations = (this.option(index, 'collate') ?? {}) as Readonly<Record<string, string>>
    const collation = Object.hasOwn(collations, key) ? collations[key] : undefined
    if (collation === undefined) return super.indexElement(index, element)
    const text = `${super.indexElement(index, plain)} COLLATE ${this.preparer.quoteAlways(collation)}`
    return modified ? `${text} ${element.modifier.toUpperCase()}` : text
  }

  protected override visitAddConstraint(statement: DdlOf<'addConstraint'>): string {
    return this.#refuseConstraint(statement.constraint.table)
  }

  protected override visitDropConstraint(statement: DdlOf<'dropConstraint'>): string {
    return this.#refuseConstraint(statement.constraint.table)
  }

  protected override visitAlterColumnNullable(statement: DdlOf<'alterColumnNullable'>): string {
    if (this.traits.exactlyAsAlembic === true) return super.visitAlterColumnNullable(statement)
    return this.#refuse('change whether a column is nullable', statement.table)
  }

  protected override visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    if (this.traits.exactlyAsAlembic === true) return super.visitAlterColumnType(statement)
    return this.#refuse("change a column's type", statement.table)
  }

  protected override visitAlterColumnDefault(statement: DdlOf<'alterColumnDefault'>): string {
    if (this.traits.exactlyAsAlembic === true) return super.visitAlterColumnDefault(statement)
    return this.#refuse("change a column's default", statement.table)
  }

  protected override visitSetColumnComment(statement: DdlOf<'setColumnComment'>): string {
    return this.#refuse("set a column's comment (SQLite has no comments)", statement.table)
  }

  protected override visitSetTableComment(statement: DdlOf<'setTableComment'>): string {
    return this.unsupported(statement, 'SQLite has no comments, leave it out')
  }

  protected override visitDropTableComment(statement: DdlOf<'dropTableComment'>): string {
    return this.unsupported(statement, 'SQLite has no comments, leave it out')
  }

  protected override visitCreateSequence(statement: DdlOf<'createSequence'>): string {
    return this.unsupported(statement, 'an INTEGER primary key numbers itself')
  }

  protected override visitDropSequence(statement: DdlOf<'dropSequence'>): string {
    return this.unsupported(statement, 'an INTEGER primary key numbers itself')
  }

  protected override visitCreateSchema(statement: DdlOf<'createSchema'>): string {
    return this.unsupported(statement, 'ATTACH DATABASE makes another file a schema')
  }

  protected override visitDropSchema(statement: DdlOf<'dropSchema'>): string {
    return this.unsupported(statement, 'DETACH DATABASE takes an attached file off')
  }

  #refuse(what: string, table: TableReference): never {
    throw new CompileError(
      `SQLite's ALTER TABLE can't ${what}; use op.batchAlterTable('${table.name}', …), which makes the table anew`,
    )
  }

  #refuseConstraint(table: TableReference | null): never {
    throw new CompileError(
      `${NO_CONSTRAINT_ALTER} Here that is op.batchAlterTable('${table?.name ?? '…'}', …).`,
    )
  }
}
