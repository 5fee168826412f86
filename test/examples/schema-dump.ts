import { spawnSync } from 'node:child_process'
import type { LiveDatabase, Row, ScratchDatabase } from '../live/servers.ts'

/** All tables and indexes of a database but the version table, in the server's own words. */
export async function dumpSchema(
  database: LiveDatabase['name'],
  scratch: ScratchDatabase,
): Promise<string> {
  switch (database) {
    case 'sqlite':
      return await dumpSqlite(scratch)
    case 'postgresql':
      return `${await dumpPostgresqlCatalog(scratch)}\n${runPgDump(scratch.url)}`
    case 'mariadb':
      return await dumpMariadb(scratch)
  }
}

/**
 * `sqlite_master` has the text of CREATE TABLE, which ALTER TABLE edits in place: an added column stands behind the
 * constraints there. So the definitions are sorted, and the order of the columns comes from `table_xinfo`.
 */
async function dumpSqlite(scratch: ScratchDatabase): Promise<string> {
  const master = await scratch.query(
    `SELECT type, name, tbl_name, sql FROM sqlite_master
     WHERE tbl_name <> 'alembic_version' AND sql IS NOT NULL ORDER BY type, name`,
  )
  const columns = await scratch.query(
    `SELECT m.name AS "table", c.cid, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
     WHERE m.type = 'table' AND m.name <> 'alembic_version' ORDER BY m.name, c.cid`,
  )
  const definitions = master.map(({ sql }) => normalise(sql as string))
  return [...definitions, ...columns.map((row) => JSON.stringify(row))].join('\n')
}

function normalise(sql: string): string {
  const text = sql
    .replace(/\s+/g, ' ')
    .replace(/"(\w+)"/g, '$1')
    .trim()
  const body = /^CREATE TABLE (\w+) ?\((.*)\)$/.exec(text)
  if (body === null) return text
  return [`CREATE TABLE ${body[1]}`, ...splitAtCommas(body[2]!).toSorted()].join('\n  ')
}

/** Splits at the commas that stand in no parentheses; none of the examples has one in a string. */
function splitAtCommas(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim())
}

async function dumpPostgresqlCatalog(scratch: ScratchDatabase): Promise<string> {
  const inPublic = `n.nspname = 'public' AND c.relname NOT LIKE 'alembic_version%'`
  const from = 'pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace'
  const columns = await scratch.query(
    `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid) AS "default"
     FROM ${from} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind = 'r' AND ${inPublic} ORDER BY c.relname, a.attnum`,
  )
  const constraints = await scratch.query(
    `SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) AS definition
     FROM ${from} JOIN pg_constraint k ON k.conrelid = c.oid
     WHERE ${inPublic} ORDER BY c.relname, k.conname`,
  )
  const indexes = await scratch.query(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
     ORDER BY indexname`,
  )
  return [...columns, ...constraints, ...indexes].map((row) => JSON.stringify(row)).join('\n')
}

/** Nothing where there is no `pg_dump`, or one that is older than the server. */
function runPgDump(url: string): string {
  const exclude = '--exclude-table=alembic_version'
  const dump = spawnSync('pg_dump', ['--schema-only', '--no-owner', exclude, url], {
    encoding: 'utf8',
  })
  if (dump.status !== 0) return ''
  return dump.stdout
    .split('\n')
    .filter((line) => line !== '' && !/^(--|\\restrict|\\unrestrict)/.test(line))
    .join('\n')
}

async function dumpMariadb(scratch: ScratchDatabase): Promise<string> {
  const tables = await scratch.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = database() AND table_name <> 'alembic_version' ORDER BY table_name`,
  )
  const created: string[] = []
  for (const { name } of tables) {
    const [row] = (await scratch.query(`SHOW CREATE TABLE \`${name as string}\``)) as readonly Row[]
    created.push((row!['Create Table'] as string).replace(/ AUTO_INCREMENT=\d+/, ''))
  }
  return created.join('\n')
}
