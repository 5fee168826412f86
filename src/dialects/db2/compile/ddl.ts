import { DdlCompiler } from '../../../sql/compile/ddl-compiler.ts'
import type { DdlOf } from '../../../sql/ddl/statement.ts'
import { resolveName } from '../../../sql/schema/naming.ts'
import type { Index } from '../../../sql/schema/table-index.ts'
import type { Db2Statement } from './statements.ts'

/** Writes DDL statements as Db2 has them: `ALTER TABLE` and `RENAME` of the Db2 11.5 SQL reference, Statements. */
export class Db2DdlCompiler extends DdlCompiler {
  protected override get hasConditionalAlter(): boolean {
    return false
  }

  /** Db2 11.5 SQL reference, CREATE SEQUENCE: OR REPLACE would begin the numbers anew, and there is no other condition. */
  protected override visitCreateSequence(statement: DdlOf<'createSequence'>): string {
    if (statement.ifNotExists && this.traits.exactlyAsAlembic !== true) {
      this.unsupported(
        statement,
        `CREATE SEQUENCE takes no IF NOT EXISTS; look for sequence '${statement.sequence.name}' with sa.inspect() first`,
      )
    }
    return super.visitCreateSequence(statement)
  }

  /** The schema stands with both, the index and the table. */
  protected override indexedTable(index: Index): string {
    if (index.table === null) return super.indexedTable(index)
    return this.preparer.formatTable(index.table)
  }

  /** The new name has no schema: a table can't be moved to another one. */
  protected override visitRenameTable({ table, newName }: DdlOf<'renameTable'>): string {
    return `RENAME TABLE ${this.preparer.formatAlteredTable(table)} TO ${this.preparer.quote(newName)}`
  }

  protected override visitRenameColumn(statement: DdlOf<'renameColumn'>): string {
    const { table, column, newName } = statement
    return `${this.alterTable(table)} RENAME COLUMN ${this.preparer.quote(column)} TO ${this.preparer.quote(newName)}`
  }

  /** A primary key is dropped without its name, all else by the word for its kind. */
  protected override visitDropConstraint(statement: DdlOf<'dropConstraint'>): string {
    const { constraint } = statement
    const alter = `ALTER TABLE ${this.constraintTable(constraint)} DROP`
    if (constraint.kind === 'primaryKey') return `${alter} PRIMARY KEY`
    const name = resolveName(constraint)
    if (name === null) return super.visitDropConstraint(statement)
    return `${alter} ${constraintWord(constraint.kind)} ${this.preparer.formatConstraint(name)}`
  }

  protected override visitAlterColumnType(statement: DdlOf<'alterColumnType'>): string {
    const type = this.sql.types.compile(statement.type)
    return `${this.alterColumn(statement.table, statement.column)} SET DATA TYPE ${type}`
  }

  protected override visitAlterColumnIdentity(statement: DdlOf<'alterColumnIdentity'>): string {
    const alter = this.alterColumn(statement.table, statement.column)
    const { identity, existingIdentity } = statement
    if (identity === null) return `${alter} DROP IDENTITY`
    if (existingIdentity === null) return `${alter} SET ${this.columns.identity(identity)}`
    const { start, ...rest } = identity.options
    const changes = this.columns.sequenceOptions(rest).map((phrase) => `SET ${phrase}`)
    if (identity.always !== existingIdentity.always) {
      changes.unshift(`SET GENERATED ${identity.always === true ? 'ALWAYS' : 'BY DEFAULT'}`)
    }
    if (start !== null && start !== undefined) changes.push(`RESTART WITH ${start}`)
    return [alter, ...changes].join(' ')
  }

  protected override visitAlterColumnComputed(statement: DdlOf<'alterColumnComputed'>): string {
    const { table, column, computed } = statement
    if (computed === null) return `${this.alterColumn(table, column)} DROP EXPRESSION`
    const expression = this.sql.compileForDdl(computed.sqltext)
    return `${this.alterColumn(table, column)} SET GENERATED ALWAYS AS (${expression})`
  }

  /** An empty text removes a comment. */
  protected override commentText(comment: string | null): string {
    return this.sql.literals.renderString(comment ?? '', null)
  }

  protected override visitDialectStatement(statement: DdlOf<'dialectStatement'>): string {
    if (statement.dialect !== this.traits.name) return super.visitDialectStatement(statement)
    const { table } = statement.statement as Db2Statement
    const command = `REORG TABLE ${this.preparer.formatAlteredTable(table)}`
    return `CALL SYSPROC.ADMIN_CMD(${this.sql.literals.renderString(command, null)})`
  }
}

function constraintWord(kind: string): string {
  switch (kind) {
    case 'foreignKey':
      return 'FOREIGN KEY'
    case 'unique':
      return 'UNIQUE'
    case 'check':
      return 'CHECK'
    default:
      return 'CONSTRAINT'
  }
}
