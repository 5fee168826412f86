import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import { warn } from '../../../util/warnings.ts'

/** Writes columns as Adaptive Server has them: a column is NOT NULL unless NULL is said. */
export class SybaseColumnCompiler extends ColumnCompiler {
  protected override attributes(column: Column): string[] {
    const { name, computed } = column
    if (computed !== null) {
      warn(
        `The expression of computed column '${name}' is left out on sybase, as the reference does; add the column with op.execute('ALTER TABLE … ADD … AS …')`,
      )
    }
    const identity = this.#identity(column)
    return identity === '' ? [this.defaultClause(column), this.nullability(column)] : [identity]
  }

  protected override nullability(column: Column): string {
    return column.nullable && !column.primaryKey ? 'NULL' : 'NOT NULL'
  }

  /** The single integer primary key numbers itself. */
  #identity(column: Column): string {
    const { table, sequence } = column
    if (!(table instanceof TableClass) || table.autoincrementColumn !== column) return ''
    const start = sequence?.options.start ?? 1
    const increment = sequence?.options.increment ?? 1
    const isPlain = Number(start) === 1 && Number(increment) === 1
    return isPlain ? 'IDENTITY' : `IDENTITY(${start},${increment})`
  }
}
