import type { RawConnection, Row } from '../raw-connection.ts'
import type { PropertyServer } from '../servers.ts'
import type { ModelSpec } from './spec.ts'

/**
 * All tables with what belongs to them, in the server's own words. Neither the order of columns counts, nor, where the server's
 * names can't be known, the names of constraints that the model leaves without. What the server called after a table or column
 * keeps its name when that gets another one: there those names don't count either.
 */
export async function dumpModel(
  raw: RawConnection,
  { database }: PropertyServer,
  model: ModelSpec,
): Promise<readonly string[]> {
  switch (database) {
    case 'postgresql':
      return await dumpPostgresql(raw, isNamedBy(model), hasRenamed(model))
    case 'mariadb':
      return await dumpMariadb(raw, isNamedBy(model))
    case 'sqlite':
      return await dumpSqlite(raw, isNamedBy(model))
  }
}

/** Whether a name is the model's; with a naming convention all are. */
function isNamedBy({ convention, tables }: ModelSpec): (name: string) => boolean {
  const names = new Set(
    tables.flatMap((table) => [
      table.key?.name,
      ...[table.uniques, table.indexes, table.checks, table.foreignKeys]
        .flat()
        .map((one) => one.name),
      ...table.columns.map(({ typeName }) => typeName),
    ]),
  )
  return (name) => convention || names.has(name)
}

function hasRenamed({ tables }: ModelSpec): boolean {
  return tables.some(({ was, columns }) => was !== null || columns.some((one) => one.was !== null))
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
   FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype <> 'c' WHERE c.relkind = 'r'`,
  `SELECT 'index', pg_get_indexdef(i.indexrelid) AS def, i.indexrelid::regclass::text AS name, n.relname
   FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class n ON n.oid = i.indexrelid WHERE c.relkind = 'r'`,
  `SELECT 'sequence', c.oid::regclass AS t, (SELECT a.attrelid::regclass::text || '.' || a.attname FROM pg_depend d
     JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')) AS owner, s.seqtypid::regtype::text AS type, s.seqstart, s.seqincrement,
     s.seqmin, s.seqmax, s.seqcache, s.seqcycle
   FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relkind = 'S'`,
]

async function dumpPostgresql(
  raw: RawConnection,
  isNamed: (name: string) => boolean,
  renamed: boolean,
): Promise<readonly string[]> {
  const lines: string[] = []
  for (const sql of POSTGRESQL) {
    const own = `${sql} AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`
    const rows = (await raw.query(own)).map((row) =>
      renamed ? withoutServersNames(row, isNamed) : row,
    )
    lines.push(...rows.map((row) => JSON.stringify(row, withoutOldType)))
  }
  lines.push(...(await againAsWritten(raw, isNamed)))
  const enums = await raw.query(
    `SELECT 'enum', t.oid::regtype::text AS name, array_agg(e.enumlabel ORDER BY e.enumsortorder)::text AS labels
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.oid`,
  )
  return [...lines, ...enums.map((row) => JSON.stringify(row))].toSorted()
}

/** A row of a catalog without the names that are neither the model's nor a naming convention's. */
function withoutServersNames(row: Row, isNamed: (name: string) => boolean): Row {
  const { conname, def, relname, owner, t, expr } = row
  const isOpen = (one: unknown): boolean => typeof one === 'string' && !isNamed(one)
  return {
    ...row,
    ...(isOpen(conname) ? { conname: '?' } : {}),
    ...(isOpen(relname)
      ? {
          relname: '?',
          name: '?',
          def: String(def).replace(/ INDEX (?:"(?:[^"]|"")+"|\w+) ON /, ' INDEX ? ON '),
        }
      : {}),
    ...(owner === undefined ? {} : { t: owner ?? t }),
    ...(typeof expr === 'string' && expr.startsWith('nextval(') ? { expr: 'nextval' } : {}),
  }
}

/**
 * PostgreSQL 15 writes a CHECK in other words when it is told its own ones (`(ARRAY['a'::varchar])::text[]` becomes
 * `ARRAY[('a'::varchar)::text]`), and keeps those: both sides are compared as it writes them the second time.
 */
async function againAsWritten(
  raw: RawConnection,
  isNamed: (name: string) => boolean,
): Promise<readonly string[]> {
  const checks = await raw.query(
    `SELECT c.oid::regclass::text AS t, k.conname AS name, pg_get_constraintdef(k.oid) AS def
     FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c'
     WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`,
  )
  const lines: string[] = []
  for (const { t, name, def } of checks) {
    await raw.query(`CREATE TEMPORARY TABLE again (LIKE ${String(t)})`)
    await raw.query(`ALTER TABLE again ADD CONSTRAINT again ${String(def)}`)
    const [row] = await raw.query(
      `SELECT pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = 'again'::regclass AND contype = 'c'`,
    )
    await raw.query('DROP TABLE again')
    const named = isNamed(String(name)) ? name : '?'
    lines.push(JSON.stringify({ kind: 'check', t, name: named, def: row?.['def'] }))
  }
  return lines
}

const LITERAL = /^(?:'((?:[^']|'')*)'(?:::[a-z ]+(?:\(\d+(?:,\d+)?\))?)+|(-?[\d.]+))$/

/** A default that is a literal keeps the type that its column had when it got it; the value is the same. */
function withoutOldType(key: string, value: unknown): unknown {
  if (key !== 'expr' || typeof value !== 'string') return value
  const [, text, number] = LITERAL.exec(value) ?? []
  return text ?? number ?? value
}

async function dumpMariadb(
  raw: RawConnection,
  isNamed: (name: string) => boolean,
): Promise<readonly string[]> {
  const lines: string[] = []
  const tables = await raw.query(
    'SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = database()',
  )
  for (const { name, type } of tables) {
    const quoted = `\`${String(name).replaceAll('`', '``')}\``
    if (type === 'SEQUENCE') {
      const columns =
        'minimum_value, maximum_value, start_value, increment, cache_size, cycle_option'
      lines.push(
        `${String(name)}: ${JSON.stringify(await raw.query(`SELECT ${columns} FROM ${quoted}`))}`,
      )
      continue
    }
    const [row]: readonly Row[] = await raw.query(`SHOW CREATE TABLE ${quoted}`)
    const text = String(row?.['Create Table'])
      .replace(/ AUTO_INCREMENT=\d+/, '')
      .replaceAll(/^( +(?:CONSTRAINT|(?:UNIQUE )?KEY)) `((?:[^`]|``)*)`/gm, (line, what, name) =>
        isNamed(String(name).replaceAll('``', '`')) ? line : `${String(what)} ?`,
      )
    lines.push(...text.split('\n').map((line) => `${String(name)}: ${line.replace(/,$/, '')}`))
  }
  return lines.toSorted()
}

async function dumpSqlite(
  raw: RawConnection,
  isNamed: (name: string) => boolean,
): Promise<readonly string[]> {
  const master = await raw.query(
    'SELECT tbl_name AS name, sql FROM sqlite_schema WHERE sql IS NOT NULL',
  )
  return master
    .flatMap(({ name, sql }) =>
      parts(String(sql)).map((part) => `${String(name)}: ${unnamed(part, isNamed)}`),
    )
    .toSorted()
}

/** A constraint without the name that is not the model's. */
function unnamed(part: string, isNamed: (name: string) => boolean): string {
  return part.replace(/^CONSTRAINT (?:"((?:[^"]|"")*)"|(\S+)) /, (all, quoted, plain) => {
    const name = quoted === undefined ? String(plain) : String(quoted).replaceAll('""', '"')
    return isNamed(name) ? all : ''
  })
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),]|\s+|[^'"(),\s]+/g

/** Cuts CREATE TABLE into its definitions: ALTER TABLE writes new columns behind the constraints. */
function parts(sql: string): string[] {
  // A rename quotes what it writes anew.
  if (!/^CREATE TABLE/i.test(sql)) return [sql.replaceAll(TOKEN, word)]
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
