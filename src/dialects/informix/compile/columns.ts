import { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { ServerDefault } from '../../../sql/schema/server-default.ts'
import { TableClass } from '../../../sql/schema/table.ts'
import { BigInteger } from '../../../sql/types/numeric.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { warn } from '../../../util/warnings.ts'

/** Writes columns as Informix has them: what numbers itself has a type of its own. */
export class InformixColumnCompiler extends ColumnCompiler {
  /** The column behind ADD, where the server's own syntax counts: the default, then NOT NULL. */
  compileInAlter(column: Column): string {
    warnOfComputed(column)
    const name = this.sql.preparer.quote(column.name, column.quote)
    const nullable = column.nullable && !column.primaryKey
    const clauses = this.#clauses(nullable, column.serverDefault, column.type)
    return [name, this.typeOf(column), ...clauses].join(' ')
  }

  /** What follows the name behind MODIFY. */
  definition(type: TypeEngine, nullable: boolean, serverDefault: ServerDefault | null): string {
    const clauses = this.#clauses(nullable, serverDefault, type)
    return [this.sql.types.compile(type), ...clauses].join(' ')
  }

  #clauses(nullable: boolean, serverDefault: ServerDefault | null, type: TypeEngine): string[] {
    const text = this.defaultText(serverDefault, type)
    return [...(text === null ? [] : [`DEFAULT ${text}`]), ...(nullable ? [] : ['NOT NULL'])]
  }

  protected override typeOf(column: Column): string {
    const { table } = column
    const isNumbered = table instanceof TableClass && table.autoincrementColumn === column
    if (!isNumbered) return super.typeOf(column)
    return column.type instanceof BigInteger ? 'SERIAL8' : 'SERIAL'
  }

  protected override attributes(column: Column): string[] {
    warnOfComputed(column)
    return [this.nullability(column), this.defaultClause(column)]
  }

  protected override nullability(column: Column): string {
    return column.nullable && !column.primaryKey ? '' : 'NOT NULL'
  }

  /** As the reference writes it in CREATE TABLE. */
  protected override defaultClause(column: Column): string {
    const text = super.defaultClause(column)
    return text === '' ? '' : `WITH ${text}`
  }
}

function warnOfComputed({ name, computed }: Column): void {
  if (computed !== null) {
    warn(`The expression of computed column '${name}' is left out: Informix has none`)
  }
}
