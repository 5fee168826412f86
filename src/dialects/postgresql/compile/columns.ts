import { CompileError } from '../../../errors/compile-error.ts'
import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { Computed } from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import { BigInteger, SmallInteger } from '../../../sql/types/numeric.ts'
import { typeInSchema } from './named-types.ts'

/** Writes columns as PostgreSQL has them. */
export class PostgresqlColumnCompiler extends ColumnCompiler {
  protected override typeOf(column: Column): string {
    const type = typeInSchema(this.sql.types, column.type, column.table?.schema ?? null)
    if (!this.#isSerial(column)) return this.sql.types.compile(type)
    if (type instanceof BigInteger) return 'BIGSERIAL'
    return type instanceof SmallInteger ? 'SMALLSERIAL' : 'SERIAL'
  }

  protected override defaultClause(column: Column): string {
    return this.#isSerial(column) ? '' : super.defaultClause(column)
  }

  /** An identity column is NOT NULL by itself; NULL must be said. */
  protected override nullability(column: Column): string {
    const identity = column.identity !== null && this.traits.supportsIdentityColumns
    return identity && column.nullable ? 'NULL' : super.nullability(column)
  }

  /** Generated columns can be virtual from server 18 on; before, STORED must be said. */
  protected override computed(computed: Computed): string {
    if (computed.persisted !== false) {
      return `GENERATED ALWAYS AS (${this.sql.compileForDdl(computed.sqltext)}) STORED`
    }
    if (isServerAtLeast(this.traits, 18)) return super.computed(computed)
    throw new CompileError(
      "PostgreSQL computed columns do not support 'virtual' persistence before server 18; set the 'persisted' flag to null or true",
    )
  }

  /** The single integer primary key that numbers itself and says no other way of doing so. */
  #isSerial(column: Column): boolean {
    const { table, sequence, identity } = column
    if (!column.primaryKey || !(table instanceof TableClass)) return false
    if (identity !== null && this.traits.supportsIdentityColumns) return false
    if (sequence !== null && !sequence.optional) return false
    return table.autoincrementColumn === column
  }
}
