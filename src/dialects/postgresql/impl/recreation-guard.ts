import type { Connection } from '../../../engine/connection.ts'
import type { TableRecreation } from '../../../impl/table-recreation.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { Identity } from '../../../sql/schema/server-default.ts'
import { readCounters, type Counter } from './counters.ts'

/**
 * Makes a table anew such that its columns go on numbering where they were. The sequence of a SERIAL column is handed on
 * to the new table; that of an identity column belongs to its table, so that the new one is set to where the old one was.
 */
export async function keepCounters(
  recreation: TableRecreation,
  work: () => Promise<void>,
): Promise<void> {
  const { connection, table, newTable, kept } = recreation
  const counters = await readCounters(connection, table)
  const goOn = counters.flatMap((counter) => {
    const column = kept.includes(counter.column) ? newTable.findColumn(counter.column) : undefined
    return column !== undefined && staysNumbered(column) ? [{ counter, column }] : []
  })
  const serial = goOn.filter(({ counter, column }) => !counter.isIdentity && !column.identity)
  for (const { counter } of serial) {
    await connection.execute(`ALTER SEQUENCE ${counter.sequence} OWNED BY NONE`)
  }
  await withoutAlways(recreation, work)
  const made = new Map((await readCounters(connection, table)).map((one) => [one.column, one]))
  for (const { counter, column } of goOn) {
    const own = made.get(column.name)
    if (serial.some((one) => one.column === column)) {
      await handOn(recreation, counter, column, own)
    } else if (own !== undefined) await takeOver(recreation, counter, column, own)
  }
}

function staysNumbered({ serverDefault, autoincrement, identity }: Column): boolean {
  return identity !== null || (serverDefault === null && autoincrement !== false)
}

/** Rows can't be copied into a column that is GENERATED ALWAYS: it becomes that afterwards. */
async function withoutAlways(
  { connection, table, newTable }: TableRecreation,
  work: () => Promise<void>,
): Promise<void> {
  const always = newTable.columns.filter(({ identity }) => identity?.always === true)
  for (const column of always) {
    const { options, onNull, dialectOptions } = column.identity as Identity
    column.serverDefault = new Identity({ ...options, ...dialectOptions, onNull, always: false })
  }
  await work()
  const { preparer } = connection.dialect
  for (const { name, quote } of always) {
    await connection.execute(
      `ALTER TABLE ${preparer.formatTable(table)} ALTER COLUMN ${preparer.quote(name, quote)} SET GENERATED ALWAYS`,
    )
  }
}

/** Gives the old sequence to the new column, in place of the one that it was made with. */
async function handOn(
  { connection, table }: TableRecreation,
  counter: Counter,
  column: Column,
  made: Counter | undefined,
): Promise<void> {
  const { preparer, literals } = connection.dialect
  const [owner, name] = [preparer.formatTable(table), preparer.quote(column.name, column.quote)]
  const sequence = literals.renderString(counter.sequence, null)
  await connection.execute(
    `ALTER TABLE ${owner} ALTER COLUMN ${name} SET DEFAULT nextval(${sequence}::regclass)`,
  )
  if (made !== undefined) await connection.execute(`DROP SEQUENCE ${made.sequence}`)
  await connection.execute(`ALTER SEQUENCE ${counter.sequence} OWNED BY ${owner}.${name}`)
  await moveOn(connection, `${owner}`, name, counter, counter)
}

/** Sets the sequence of the new column to where the old one was, under the old name. */
async function takeOver(
  { connection, table }: TableRecreation,
  counter: Counter,
  column: Column,
  made: Counter,
): Promise<void> {
  const { preparer } = connection.dialect
  const name = preparer.quote(column.name, column.quote)
  await moveOn(connection, preparer.formatTable(table), name, made, counter)
  if (made.schema !== counter.schema) return
  await connection.execute(
    `ALTER SEQUENCE ${made.sequence} RENAME TO ${preparer.quote(counter.name)}`,
  )
}

/** Moves a sequence to the place of another, or behind the rows where those are ahead of that. */
async function moveOn(
  connection: Connection,
  table: string,
  column: string,
  { sequence, increment }: Counter,
  { lastValue, isCalled }: Counter,
): Promise<void> {
  const isRising = increment > 0n
  const { rows } = await connection.execute(
    `SELECT ${isRising ? 'max' : 'min'}(${column})::text AS furthest FROM ${table}`,
  )
  const found = rows[0]?.['furthest']
  const furthest = typeof found === 'string' ? BigInt(found) : null
  const isAhead = furthest !== null && (isRising ? furthest >= lastValue : furthest <= lastValue)
  await connection.execute('SELECT setval($1::text::regclass, $2::bigint, $3::boolean)', [
    sequence,
    String(isAhead ? furthest : lastValue),
    isAhead || isCalled,
  ])
}
