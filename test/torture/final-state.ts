import type { DatabaseName, Row, ScratchDatabase } from '../live/servers.ts'
import { dumpSchema } from '../examples/schema-dump.ts'

/** Names of all tables but the version table. */
const TABLES: Readonly<Record<DatabaseName, string>> = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  postgresql: "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
  mariadb:
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
  firebird:
    'SELECT lower(trim(rdb$relation_name)) AS name FROM rdb$relations WHERE rdb$system_flag = 0',
}

/** Schema, versions and the rows of every table after the long migration, as the database tells them. */
export async function finalState(name: DatabaseName, scratch: ScratchDatabase): Promise<string> {
  const tables = (await scratch.query(TABLES[name])).map((row) => String(row['name'])).toSorted()
  const state = [
    name === 'firebird' ? await dumpFirebird(scratch) : await dumpSchema(name, scratch),
  ]
  for (const table of tables) {
    const rows = (await scratch.query(`SELECT * FROM ${table}`)).map((row: Row) =>
      JSON.stringify(row),
    )
    state.push(`${table}: ${rows.toSorted().join(', ')}`)
  }
  if (name === 'postgresql') {
    const invalid = await scratch.query(
      'SELECT indexrelid::regclass AS name FROM pg_index WHERE NOT indisvalid',
    )
    state.push(`invalid: ${JSON.stringify(invalid)}`)
  }
  return state.join('\n')
}

/** Columns, indexes and constraints, by the server's catalog. */
async function dumpFirebird(scratch: ScratchDatabase): Promise<string> {
  const columns = await scratch.query(
    `SELECT trim(c.rdb$relation_name) AS t, c.rdb$field_position AS p, trim(c.rdb$field_name) AS c, c.rdb$null_flag AS n,
       f.rdb$field_type AS ft, f.rdb$character_length AS l
     FROM rdb$relation_fields c JOIN rdb$fields f ON f.rdb$field_name = c.rdb$field_source
     WHERE c.rdb$system_flag = 0 ORDER BY 1, 2`,
  )
  const indexes = await scratch.query(
    `SELECT trim(i.rdb$relation_name) AS t, trim(s.rdb$field_name) AS c, i.rdb$unique_flag AS u, i.rdb$index_inactive AS x,
       trim(k.rdb$constraint_type) AS k
     FROM rdb$indices i JOIN rdb$index_segments s ON s.rdb$index_name = i.rdb$index_name
     LEFT JOIN rdb$relation_constraints k ON k.rdb$index_name = i.rdb$index_name
     WHERE i.rdb$system_flag = 0 ORDER BY 1, 2, 3, 5`,
  )
  return JSON.stringify([columns, indexes])
}
