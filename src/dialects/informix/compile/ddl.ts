import { CompileError } from '../../../errors/compile-error.ts'
import type { DdlParts } from '../../../sql/compile/create-compiler.ts'
import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import { nameParts } from '../../../sql/elements/identifier.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'
import type { InformixColumnCompiler } from './columns.ts'
import type { InformixStatement } from './statements.ts'

/** What the DDL compiler is put together from. */
export interface InformixDdlParts extends DdlParts {
  readonly columns: InformixColumnCompiler
}

/**
 * Writes DDL statements as Informix has them: `ALTER TABLE`, `RENAME COLUMN` and `RENAME TABLE` of the Informix 14.10 Guide
 * to SQL: Syntax.
 */
export class InformixDdlCompiler extends DdlCompiler {
  override readonly columns: InformixColumnCompiler

  constructor(parts: InformixDdlParts) {
    super(parts)
    this.columns = parts.columns
  }

  protected override get hasConditionalAlter(): boolean {
    return false
  }

  protected override visitAddConstraint(statement: DdlOf<'addConstraint'>): string {
    const table = this.constraintTable(statement.constraint)
    return `ALTER TABLE ${table} ADD CONSTRAINT ${this.constraints.compile(statement.constraint)}`.trimEnd()
  }

  /** The new name has no owner: a table stays with the one that it has. */
  protected override visitRenameTable({ table, newName }: DdlOf<'renameTable'>): string {
    return `RENAME TABLE ${this.preparer.formatAlteredTable(table)} TO ${this.preparer.quote(newName)}`
  }

  protected override visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    const { table, column, newName } = statement
    const from = `${this.preparer.formatAlteredTable(table)}.${this.preparer.quote(column)}`
    return `RENAME COLUMN ${from} TO ${this.preparer.quote(newName)}`
  }

  protected override visitAddColumn(statement: DdlOf<'addColumn'>): string {
    const { table, column } = statement
    const definition = this.columns.compileInAlter(column) + this.inlineReferences(statement)
    return `${this.alterTable(table)} ADD (${this.withColumnChecks(column, definition)})`
  }

  protected override visitDialectStatement(statement: DdlOf<'dialectStatement'>): string {
    if (statement.dialect !== this.traits.name) return super.visitDialectStatement(statement)
    const { table, column, type, nullable, serverDefault } =
      statement.statement as InformixStatement
    const name = this.preparer.quote(column)
    if (type === undefined) {
      throw new CompileError(
        `Informix can't change column '${nameParts(column).text}' of table '${table.name}' without its type; give alterColumn() the option existingType`,
      )
    }
    const definition = this.columns.definition(type, nullable, serverDefault)
    return `${this.alterTable(table)} MODIFY (${name} ${definition})`
  }

  protected override visitDropColumn(statement: DdlOf<'dropColumn'>): string {
    return `${this.alterTable(statement.table)} DROP (${this.preparer.quote(statement.column)})`
  }
}
