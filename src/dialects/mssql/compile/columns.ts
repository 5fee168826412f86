import { CompileError } from '../../../errors/compile-error.ts'
import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { Identity, type Computed } from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import { columnOptions } from './own-options.ts'

/** Writes columns as SQL Server has them. */
export class MssqlColumnCompiler extends ColumnCompiler {
  /** The type of a computed column is that of its expression. */
  protected override typeOf(column: Column): string {
    return column.computed === null ? super.typeOf(column) : this.computed(column.computed)
  }

  protected override attributes(column: Column): string[] {
    const identity = identityOf(column)
    const value = identity === null ? this.defaultClause(column) : this.identity(identity)
    return [this.nullability(column), value]
  }

  /** NULL is said too: what holds without it hangs on settings of the session (ANSI_NULL_DFLT_ON). */
  protected override nullability(column: Column): string {
    const isRequired = !column.nullable || column.primaryKey || column.autoincrement === true
    if (isRequired || column.identity !== null || column.sequence !== null) return 'NOT NULL'
    return column.computed === null ? 'NULL' : ''
  }

  protected override computed(computed: Computed): string {
    const expression = `AS (${this.sql.compileForDdl(computed.sqltext)})`
    return computed.persisted === true ? `${expression} PERSISTED` : expression
  }

  /** `IDENTITY(5,2)`; all other options of numbering belong to sequences here. */
  override identity(identity: Identity): string {
    const { start = null, increment = null } = identity.options
    if (start === null && increment === null) return 'IDENTITY'
    return `IDENTITY(${start ?? 1},${increment ?? 1})`
  }
}

/** How a column numbers itself: as it says, or because it is the table's single integer primary key. */
function identityOf(column: Column): Identity | null {
  const { identity, table, sequence } = column
  const { identityStart: start = null, identityIncrement: increment = null } = columnOptions(column)
  if (identity !== null && (start !== null || increment !== null)) {
    throw new CompileError(
      `Column '${column.name}' says both Identity and { mssql: { identityStart, identityIncrement } }; keep Identity`,
    )
  }
  if (identity !== null) return identity
  const isKey = table instanceof TableClass && table.autoincrementColumn === column
  const isNumbered = isKey || column.autoincrement === true
  const isLeftToUs = sequence === null || sequence.optional
  return isNumbered && isLeftToUs ? Identity({ start, increment }) : null
}
