import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { dialectOption } from '../../../sql/schema/dialect-options.ts'
import { Computed } from '../../../sql/schema/server-default.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import { foldName } from '../inspect/tokens.ts'
import { lossesOfCast, lossesOfCopy, storageAffinity, type Loss } from './conversion-losses.ts'

/**
 * Sees that values survive on their way into the columns of the new table: CAST makes 0 of what it can't read, and a
 * column of NUMERIC affinity, as one of dates is, makes 7 of the text '007', without a word.
 *
 * @throws OperationError that names the column and a value
 */
export async function assertConvertible(recreation: TableRecreation): Promise<void> {
  const { connection, table, newTable, kept, conversions } = recreation
  const existing = await readColumns(connection, table)
  for (const key of kept) {
    const column = newTable.findColumn(key)
    const declared = existing.get(foldName(key))
    if (column === undefined || declared === undefined) continue
    if (column.type === null || column.serverDefault instanceof Computed) continue
    const name = connection.dialect.preparer.quoteAlways(key)
    const to = storageAffinity(typeName(connection, column), isStrict(newTable))
    const isCast = conversions.some((conversion) => conversion.column === key)
    const isSame = storageAffinity(declared, isStrict(table)) === to
    const copyLosses = isSame ? [] : lossesOfCopy(name, column.type, to)
    const losses = isCast ? lossesOfCast(name, column.type, to) : copyLosses
    if (losses.length > 0) await assertNoRows(connection, table, { key, column, losses })
  }
}

interface Conversion {
  /** The name that the column has now. */
  readonly key: string
  readonly column: Column
  readonly losses: readonly Loss[]
}

async function assertNoRows(
  connection: Connection,
  table: TableClass,
  { key, column, losses }: Conversion,
): Promise<void> {
  const { preparer } = connection.dialect
  const name = `${preparer.quoteAlways(table.schema ?? 'main')}.${preparer.quoteAlways(table.name)}`
  const conditions = losses.map(({ sql }) => `(${sql})`)
  const reason = conditions.map((sql, index) => `WHEN ${sql} THEN ${index}`).join(' ')
  const { rows } = await connection.execute(
    `SELECT quote(${preparer.quoteAlways(key)}) AS value, CASE ${reason} END AS reason, count(*) AS n FROM ${name} WHERE ${conditions.join(' OR ')}`,
  )
  const [first] = rows
  if (first === undefined || Number(first['n']) === 0) return
  const { value, n } = first
  throw new OperationError(
    `Column '${key}' of table '${table.name}' can't become ${typeName(connection, column)}: ${String(n)} rows hold ${losses[Number(first['reason'])]?.what ?? 'something else'}, ${String(value)} for example. Change them first, with op.execute()`,
  )
}

/** The declared types of the table's columns, by folded name. */
async function readColumns(
  connection: Connection,
  { schema, name }: TableClass,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.execute(
    'SELECT name, type FROM pragma_table_xinfo(?, ?) ORDER BY cid',
    [name, schema ?? 'main'],
  )
  return new Map(rows.map(({ name: column, type }) => [foldName(column as string), type as string]))
}

function isStrict({ dialectOptions }: TableClass): boolean {
  return dialectOption(dialectOptions, 'sqlite', 'strict') === true
}

function typeName({ dialect }: Connection, { type }: Column): string {
  return type === null ? '' : dialect.types.compile(type)
}
