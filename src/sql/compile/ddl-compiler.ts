import { CompileError } from '../../errors/compile-error.ts'
import type { NameLike } from '../elements/identifier.ts'
import type { TableReference } from '../elements/column-expression.ts'
import type { DdlOf, DdlStatement } from '../ddl/statement.ts'
import type { ForeignKeyConstraint } from '../schema/foreign-key.ts'
import { resolveName } from '../schema/naming.ts'
import { warn } from '../../util/warnings.ts'
import { CreateCompiler } from './create-compiler.ts'

/** Writes every DDL statement. What is here holds for most servers; dialects override the rest. */
export class DdlCompiler extends CreateCompiler {
  /**
   * The statement's SQL, without a terminator.
   *
   * @throws CompileError where the dialect has no such statement
   */
  compile(statement: DdlStatement): string {
    this.#assertCondition(statement)
    switch (statement.kind) {
      case 'createTable':
        return this.visitCreateTable(statement)
      case 'dropTable':
        return this.visitDropTable(statement)
      case 'createIndex':
        return this.visitCreateIndex(statement)
      case 'dropIndex':
        return this.visitDropIndex(statement)
      case 'addConstraint':
        return this.visitAddConstraint(statement)
      case 'dropConstraint':
        return this.visitDropConstraint(statement)
      case 'createSequence':
        return this.visitCreateSequence(statement)
      case 'alterSequence':
        return this.visitAlterSequence(statement)
      case 'dropSequence':
        return this.visitDropSequence(statement)
      case 'createSchema':
        return this.visitCreateSchema(statement)
      case 'dropSchema':
        return this.visitDropSchema(statement)
      case 'ddlText':
        return statement.text
      case 'renameTable':
        return this.visitRenameTable(statement)
      case 'addColumn':
        return this.visitAddColumn(statement)
      case 'dropColumn':
        return this.visitDropColumn(statement)
      case 'alterColumnNullable':
        return this.visitAlterColumnNullable(statement)
      case 'alterColumnType':
        return this.visitAlterColumnType(statement)
      case 'alterColumnDefault':
        return this.visitAlterColumnDefault(statement)
      case 'alterColumnIdentity':
        return this.visitAlterColumnIdentity(statement)
      case 'alterColumnComputed':
        return this.visitAlterColumnComputed(statement)
      case 'renameColumn':
        return this.visitRenameColumn(statement)
      case 'setColumnComment':
        return this.visitSetColumnComment(statement)
      case 'setTableComment':
        return this.visitSetTableComment(statement)
      case 'dropTableComment':
        return this.visitDropTableComment(statement)
      case 'dialectStatement':
        return this.visitDialectStatement(statement)
    }
  }

  /** Whether ALTER TABLE takes IF EXISTS and IF NOT EXISTS. */
  protected get hasConditionalAlter(): boolean {
    return true
  }

  /** Refuses a condition that the dialect's ALTER TABLE lacks: left out, it would turn into an error of the server. */
  #assertCondition(statement: DdlStatement): void {
    if (this.hasConditionalAlter) return
    const { kind } = statement
    const isAsked =
      kind === 'addColumn'
        ? statement.ifNotExists
        : (kind === 'dropColumn' || kind === 'dropConstraint') && statement.ifExists
    if (!isAsked) return
    throw new CompileError(
      `Dialect ${this.traits.name} has no IF ${kind === 'addColumn' ? 'NOT EXISTS' : 'EXISTS'} in ALTER TABLE; ask sa.inspect() what exists, and call op.${kind}() without the option`,
    )
  }

  protected alterTable(table: TableReference): string {
    return `ALTER TABLE ${this.preparer.formatAlteredTable(table)}`
  }

  protected alterColumn(table: TableReference, column: NameLike): string {
    return `${this.alterTable(table)} ALTER COLUMN ${this.preparer.quote(column)}`
  }

  protected visitRenameTable(statement: DdlOf<'renameTable'>): string {
    return `${this.alterTable(statement.table)} RENAME TO ${this.preparer.quote(statement.newName)}`
  }

  protected visitAddColumn(statement: DdlOf<'addColumn'>): string {
    const exists = statement.ifNotExists ? 'IF NOT EXISTS ' : ''
    return `${this.alterTable(statement.table)} ADD COLUMN ${exists}${this.addedColumn(statement)}`
  }

  /**
   * `ADD c INTEGER`, for servers whose ADD takes plain columns. As with the reference, constraints that stand with the
   * column are left out; unlike there, with a warning.
   */
  protected addPlainColumn({ table, column, ...settings }: DdlOf<'addColumn'>): string {
    const lost = [
      ...(settings.inlineReferences ? column.foreignKeys.map(() => 'its foreign key') : []),
      ...(settings.inlinePrimaryKey && column.primaryKey ? ['its PRIMARY KEY'] : []),
      ...column.checks.map((check) => `its CHECK ${resolveName(check)?.text ?? ''}`.trimEnd()),
    ]
    for (const part of lost) {
      warn(
        `Column '${column.name}' is added without ${part}: dialect ${this.traits.name} can't have that in one statement; create the constraint by itself`,
      )
    }
    return `${this.alterTable(table)} ADD ${this.columns.compile(column)}`
  }

  /** The definition behind ADD COLUMN. */
  protected addedColumn(statement: DdlOf<'addColumn'>): string {
    const { column } = statement
    const key = statement.inlinePrimaryKey && column.primaryKey ? ' PRIMARY KEY' : ''
    const definition = this.columns.compile(column) + key + this.inlineReferences(statement)
    return this.withColumnChecks(column, definition)
  }

  /** `REFERENCES …` of the column's single foreign key, where it is to stand in the column. */
  protected inlineReferences(statement: DdlOf<'addColumn'>): string {
    if (!statement.inlineReferences) return ''
    const { column } = statement
    const keys = (column.table as unknown as OwnerOfConstraints | null)?.foreignKeyConstraints ?? []
    const own = keys.filter(
      (key) => key.columnKeys.length === 1 && key.columnKeys[0] === column.key,
    )
    const [single] = own
    return own.length === 1 && single !== undefined ? this.constraints.references(single) : ''
  }

  protected visitDropColumn(statement: DdlOf<'dropColumn'>): string {
    const exists = statement.ifExists ? 'IF EXISTS ' : ''
    return `${this.alterTable(statement.table)} DROP COLUMN ${exists}${this.preparer.quote(statement.column)}`
  }

  protected visitAlterColumnNullable(statement: DdlOf<'alterColumnNullable'>): string {
    const change = statement.nullable ? 'DROP NOT NULL' : 'SET NOT NULL'
    return `${this.alterColumn(statement.table, statement.column)} ${change}`
  }

  protected visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    const type = this.sql.types.compile(statement.type)
    return `${this.alterColumn(statement.table, statement.column)} TYPE ${type}`
  }

  protected visitAlterColumnDefault(statement: DdlOf<'alterColumnDefault'>): string {
    const text = this.columns.defaultText(statement.serverDefault, statement.existing.type ?? null)
    const change = text === null ? 'DROP DEFAULT' : `SET DEFAULT ${text}`
    return `${this.alterColumn(statement.table, statement.column)} ${change}`
  }

  protected visitAlterColumnIdentity(_statement: DdlOf<'alterColumnIdentity'>): string {
    throw new CompileError(
      'Adding, removing or modifying an "identity" construct, e.g. GENERATED AS IDENTITY, to or from an existing column is not supported in this dialect.',
    )
  }

  protected visitAlterColumnComputed(_statement: DdlOf<'alterColumnComputed'>): string {
    throw new CompileError(
      'Adding or removing a "computed" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported.',
    )
  }

  protected visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    const { column, newName } = statement
    return `${this.alterTable(statement.table)} RENAME COLUMN ${this.preparer.quote(column)} TO ${this.preparer.quote(newName)}`
  }

  protected visitSetColumnComment(statement: DdlOf<'setColumnComment'>): string {
    const table = this.preparer.formatTable(statement.table)
    return `COMMENT ON COLUMN ${table}.${this.preparer.quote(statement.column)} IS ${this.commentText(statement.comment)}`
  }

  protected visitSetTableComment(statement: DdlOf<'setTableComment'>): string {
    const table = this.preparer.formatTable(statement.table)
    return `COMMENT ON TABLE ${table} IS ${this.commentText(statement.comment)}`
  }

  protected visitDropTableComment(statement: DdlOf<'dropTableComment'>): string {
    return `COMMENT ON TABLE ${this.preparer.formatTable(statement.table)} IS ${this.commentText(null)}`
  }

  /** A comment as a literal; how the absence of one is written differs. */
  protected commentText(comment: string | null): string {
    return comment === null ? 'NULL' : this.sql.literals.renderString(comment, null)
  }

  /** Statements of one dialect alone: its compiler overrides this. */
  protected visitDialectStatement(statement: DdlOf<'dialectStatement'>): string {
    throw new CompileError(
      `Dialect ${this.traits.name} can't compile ${statement.statement.kind}, a statement of dialect ${statement.dialect}; guard the operation with the dialect's name`,
    )
  }
}

interface OwnerOfConstraints {
  readonly foreignKeyConstraints: readonly ForeignKeyConstraint[]
}
