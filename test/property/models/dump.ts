import type { RawConnection, Row } from '../raw-connection.ts'
import type { PropertyServer } from '../servers.ts'

/** All tables with what belongs to them, in the server's own words; the order of columns does not count. */
export async function dumpModel(
  raw: RawConnection,
  { database }: PropertyServer,
): Promise<readonly string[]> {
  switch (database) {
    case 'postgresql':
      return await dumpPostgresql(raw)
    case 'mariadb':
      return await dumpMariadb(raw)
    case 'sqlite':
      return await dumpSqlite(raw)
  }
}

const POSTGRESQL = [
  `SELECT 'column', c.oid::regclass AS t, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
     a.attidentity, a.attgenerated, a.attcollation::regcollation::text AS collation, pg_get_expr(d.adbin, d.adrelid) AS expr,
     col_description(c.oid, a.attnum) AS comment
   FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind = 'r'`,
  `SELECT 'table', c.oid::regclass AS t, obj_description(c.oid, 'pg_class') AS comment
   FROM pg_class c WHERE c.relkind = 'r'`,
  `SELECT 'constraint', c.oid::regclass AS t, k.conname, pg_get_constraintdef(k.oid) AS def
   FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid WHERE c.relkind = 'r'`,
  `SELECT 'index', pg_get_indexdef(i.indexrelid) AS def FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
   WHERE c.relkind = 'r'`,
  `SELECT 'sequence', c.oid::regclass AS t, s.seqtypid::regtype::text AS type, s.seqstart, s.seqincrement
   FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relkind = 'S'`,
]

async function dumpPostgresql(raw: RawConnection): Promise<readonly string[]> {
  const lines: string[] = []
  for (const sql of POSTGRESQL) {
    const own = `${sql} AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`
    lines.push(...(await raw.query(own)).map((row) => JSON.stringify(row, withoutCasts)))
  }
  const enums = await raw.query(
    `SELECT 'enum', t.oid::regtype::text AS name, array_agg(e.enumlabel ORDER BY e.enumsortorder)::text AS labels
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.oid`,
  )
  return [...lines, ...enums.map((row) => JSON.stringify(row))].toSorted()
}

/** PostgreSQL 15 understands a CHECK that it has written with its casts in other places, and keeps a default's type. */
function withoutCasts(key: string, value: unknown): unknown {
  if (key === 'expr' && typeof value === 'string') {
    return value.replaceAll(
      /[()]|::(?:character varying|text|smallint|integer|bigint|numeric)/g,
      '',
    )
  }
  return key === 'def' && typeof value === 'string' && value.startsWith('CHECK')
    ? value.replaceAll(/::(?:character varying|text)(?:\[\])?|[() ]/g, '')
    : value
}

async function dumpMariadb(raw: RawConnection): Promise<readonly string[]> {
  const lines: string[] = []
  const tables = await raw.query(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
  )
  for (const { name } of tables) {
    const [row]: readonly Row[] = await raw.query(
      `SHOW CREATE TABLE \`${String(name).replaceAll('`', '``')}\``,
    )
    const text = String(row?.['Create Table'])
      .replace(/ AUTO_INCREMENT=\d+/, '')
      // MariaDB's JSON is LONGTEXT with this CHECK. It is reflected as LONGTEXT, and comes back without it when it was dropped.
      .replaceAll(/ CHECK \(json_valid\(`(?:[^`]|``)*`\)\)/g, '')
    lines.push(...text.split('\n').map((line) => `${String(name)}: ${line.replace(/,$/, '')}`))
  }
  return lines.toSorted()
}

async function dumpSqlite(raw: RawConnection): Promise<readonly string[]> {
  const master = await raw.query(
    'SELECT tbl_name AS name, sql FROM sqlite_schema WHERE sql IS NOT NULL',
  )
  return master
    .flatMap(({ name, sql }) => parts(String(sql)).map((part) => `${String(name)}: ${part}`))
    .toSorted()
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),]|\s+|[^'"(),\s]+/g

/** Cuts CREATE TABLE into its definitions: ALTER TABLE writes new columns behind the constraints. */
function parts(sql: string): string[] {
  if (!/^CREATE TABLE/i.test(sql)) return [sql.replaceAll(/\s+/g, ' ')]
  const found = ['']
  let depth = 0
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token === ')') depth -= 1
    const isCut = (token === ',' && depth === 1) || ('()'.includes(token) && depth === 0)
    if (isCut) found.push('')
    else found[found.length - 1] += word(token)
    if (token === '(') depth += 1
  }
  // Reflection gives a default its parentheses, as the reference's does, whether it had any or not.
  return found.map((part) => part.trim().replace(/ DEFAULT \((''|\w+)\)/, ' DEFAULT $1'))
}

function word(token: string): string {
  if (/^\s+$/.test(token)) return ' '
  return /^"[a-z_0-9]+"$/.test(token) ? token.slice(1, -1) : token
}
