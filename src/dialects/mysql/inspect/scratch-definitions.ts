import type { Connection } from '../../../engine/connection.ts'
import { askInRounds } from '../../../impl/ask-in-rounds.ts'
import type { ScratchDefinition } from '../../../impl/definition-answers.ts'
import type { Dialect } from '../../../sql/compile/dialect.ts'
import type { Column } from '../../../sql/schema/column.ts'
import { columnsOfItems, type ScratchItem } from '../../../impl/scratch-items.ts'
import { showScratchTables } from './scratch-tables.ts'

/**
 * How the server writes definitions, `null` for what it refuses: those of each list are made on an empty temporary table with the
 * columns that they name. A row has 65,535 bytes at most: what is beyond that is asked for in halves.
 */
export async function readScratchDefinitions(
  connection: Connection,
  tables: readonly (readonly ScratchItem<ScratchDefinition>[])[],
): Promise<readonly (readonly (string | null)[])[]> {
  const { dialect } = connection
  return await askInRounds(tables, async (open) => {
    const bodies = open.map((items) => bodyOf(dialect, items))
    const shown = await showScratchTables(connection, bodies)
    return shown.map((text, at) => (text === null ? undefined : itemsOf(text, open[at] ?? [])))
  })
}

function bodyOf(
  { preparer, types }: Dialect,
  items: readonly ScratchItem<ScratchDefinition>[],
): string {
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
  return `(${list.join(', ')})${query}`
}

/** With ANSI_QUOTES names stand in double quotes. */
function itemsOf(shown: string, items: readonly unknown[]): readonly string[] {
  const written = new Map(
    shown.split('\n').flatMap((line) => {
      const [, name, text] = /[`"](alembic_item_\d+)[`"] (.*?),?$/.exec(line) ?? []
      return name === undefined || text === undefined ? [] : [[name, text] as const]
    }),
  )
  return items.map((_item, at) => written.get(`alembic_item_${at}`) ?? '')
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
