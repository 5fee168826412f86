import type { Connection } from '../../../engine/connection.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { askTogether } from '../../../impl/ask-together.ts'
import type { ScratchDefinition } from '../../../impl/definition-answers.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { columnsOfItems, type ScratchItem } from '../../../impl/scratch-items.ts'

/** A row has 65,535 bytes at most: what is beyond that is asked for in halves. */
const LIMIT = 4000

/**
 * How the server writes definitions, `null` for what it refuses: they are made on an empty temporary table with the columns
 * that they name. Making and dropping one does not end a transaction.
 */
export async function readScratchDefinitions(
  connection: Connection,
  items: readonly ScratchItem<ScratchDefinition>[],
): Promise<readonly (string | null)[]> {
  return await askTogether(items, LIMIT, async (some) => {
    try {
      return await read(connection, some)
    } catch (error) {
      if (error instanceof StatementError) return undefined
      throw error
    }
  })
}

async function read(
  connection: Connection,
  items: readonly ScratchItem<ScratchDefinition>[],
): Promise<readonly string[]> {
  const { preparer, types } = connection.dialect
  const columns = columnsOfItems(items)
  const isKnown = ({ type }: Column): boolean => type.affinity !== 'Null'
  const list = [
    // A definition that names no column needs one to stand beside.
    ...(columns.length === 0 ? ['alembic_column INTEGER'] : []),
    ...columns
      .filter(isKnown)
      .map(({ name, type }) => `${preparer.quoteAlways(name)} ${types.compile(type)} NULL`),
    ...items.map(({ definition }, at) => itemOf(definition, `alembic_item_${at}`)),
  ]
  const others = columns.filter((column) => !isKnown(column))
  const query = others.length === 0 ? '' : ` ${emptyQuery(others, preparer)}`
  await connection.execute(`CREATE TEMPORARY TABLE alembic_scratch (${list.join(', ')})${query}`)
  try {
    const { rows } = await connection.execute('SHOW CREATE TABLE alembic_scratch')
    // With ANSI_QUOTES names stand in double quotes.
    const written = new Map(
      String(rows[0]?.['Create Table'])
        .split('\n')
        .flatMap((line) => {
          const [, name, text] = /[`"](alembic_item_\d+)[`"] (.*?),?$/.exec(line) ?? []
          return name === undefined || text === undefined ? [] : [[name, text] as const]
        }),
    )
    return items.map((_item, at) => written.get(`alembic_item_${at}`) ?? '')
  } finally {
    await connection.execute('DROP TEMPORARY TABLE alembic_scratch')
  }
}

/** Columns whose types are not known, of tables of the database. */
function emptyQuery(columns: readonly Column[], preparer: Dialect['preparer']): string {
  const tableOf = ({ table }: Column): string => {
    if (table === null) return ''
    const { name, renamedFrom, schema } = table
    return preparer.formatTable({ name: renamedFrom ?? name, quote: null, schema })
  }
  const list = columns.map((column) => {
    const { name, renamedFrom } = column
    const source = `${tableOf(column)}.${preparer.quoteAlways(renamedFrom ?? name)}`
    return renamedFrom === null ? source : `${source} AS ${preparer.quoteAlways(name)}`
  })
  return `SELECT ${list.join(', ')} FROM ${[...new Set(columns.map(tableOf))].join(', ')} WHERE FALSE`
}

function itemOf(definition: ScratchDefinition, name: string): string {
  const { kind, sql } = definition
  switch (kind) {
    case 'check':
      return `CONSTRAINT ${name} CHECK (${sql})`
    case 'index':
      return `INDEX ${name} ${sql}`
    case 'computed':
      return `${name} ${definition.type} GENERATED ALWAYS AS (${sql}) VIRTUAL`
  }
}
