import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedSequence } from '../../../engine/reflected.ts'
import { Catalog, text, type CatalogRow } from './catalog.ts'

// MariaDB 10.11, CREATE SEQUENCE: one less than a BIGINT holds at both ends.
const LIMITS = {
  lowest: -9_223_372_036_854_775_807n,
  highest: 9_223_372_036_854_775_806n,
  cache: 1000n,
}

/** The sequences of a schema: MariaDB keeps what a sequence counts by in a table of its name. */
export async function readSequences(
  connection: Connection,
  schema: string | null,
): Promise<readonly ReflectedSequence[]> {
  const catalog = new Catalog(connection)
  const relations = await catalog.allRows({ schema, tables: null })
  const names = relations.filter(({ type }) => type === 'SEQUENCE').map(({ name }) => name)
  if (names.length === 0) return []
  const { preparer, literals } = connection.dialect
  const selects = names.map((name) => {
    const fields = ['start_value', 'increment', 'minimum_value', 'maximum_value', 'cache_size']
    const list = [...fields, 'cycle_option'].map((field) => `CAST(${field} AS CHAR) AS ${field}`)
    const table = preparer.formatTable({ name, quote: null, schema })
    return `SELECT ${literals.renderString(name, null)} AS name, ${list.join(', ')} FROM ${table}`
  })
  const rows = await catalog.query(selects.join(' UNION ALL '))
  const users = await readUsers(catalog)
  const database = await catalog.schemaOf(schema)
  return rows.map((row) => ({
    name: text(row, 'name'),
    start: BigInt(text(row, 'start_value')),
    increment: BigInt(text(row, 'increment')),
    minvalue: BigInt(text(row, 'minimum_value')),
    maxvalue: BigInt(text(row, 'maximum_value')),
    cache: BigInt(text(row, 'cache_size')),
    cycle: text(row, 'cycle_option') === '1',
    limits: LIMITS,
    columns: users
      .filter((user) => text(user, 'text').includes(nextOf(database, text(row, 'name'))))
      .map((user) => ({
        schema: catalog.schemaNamed(text(user, 'owner')) ?? text(user, 'owner'),
        table: text(user, 'relation'),
        column: text(user, 'field'),
      })),
  }))
}

/** How the server writes a default that takes the next number of a sequence. */
function nextOf(schema: string, name: string): string {
  const [first, second] = [schema, name].map((part) => `\`${part.replaceAll('`', '``')}\``)
  return `nextval(${first}.${second})`
}

async function readUsers(catalog: Catalog): Promise<readonly CatalogRow[]> {
  return await catalog.query(
    `SELECT TABLE_SCHEMA AS owner, TABLE_NAME AS relation, COLUMN_NAME AS field, COLUMN_DEFAULT AS text
       FROM information_schema.COLUMNS WHERE COLUMN_DEFAULT LIKE '%nextval(%'`,
  )
}
