import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'

/**
 * Sees that values survive the cast into a column's new type: CAST makes 0 of what it can't read, without a word.
 *
 * @throws OperationError that names the column and a value
 */
export async function assertConvertible(recreation: TableRecreation): Promise<void> {
  const { connection, table, conversions } = recreation
  const { preparer } = connection.dialect
  for (const { column, type } of conversions) {
    const condition = lossCondition(type, preparer.quoteAlways(column))
    if (condition === null) continue
    const name = `${preparer.quoteAlways(table.schema ?? 'main')}.${preparer.quoteAlways(table.name)}`
    const { rows } = await connection.execute(
      `SELECT quote(${preparer.quoteAlways(column)}) AS value, count(*) AS n FROM ${name} WHERE ${condition}`,
    )
    const [first] = rows
    if (first === undefined || Number(first['n']) === 0) continue
    throw new OperationError(
      `Column '${column}' of table '${table.name}' can't become ${typeName(connection, type)}: ${String(first['n'])} rows hold something else, ${String(first['value'])} for example. Change them first, with op.execute()`,
    )
  }
}

/** Which rows would lose something: text that is no number, or a fraction where whole numbers go. `null` where none can. */
function lossCondition(type: TypeEngine, column: string): string | null {
  const number = `json_valid(trim(${column})) AND json_type(trim(${column})) IN ('integer', 'real')`
  const notNumber = `typeof(${column}) = 'text' AND NOT (${number})`
  if (type.affinity === 'Integer') {
    return `${notNumber} OR CAST(${column} AS REAL) <> CAST(${column} AS INTEGER)`
  }
  return type.affinity === 'Numeric' || type.affinity === 'Boolean' ? notNumber : null
}

function typeName({ dialect }: Connection, type: TypeEngine): string {
  return dialect.types.compile(type)
}
