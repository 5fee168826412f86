import { createHash } from 'node:crypto'
import type { Connection } from '../../../engine/connection.ts'
import { type JournalSupport, natureByVerb } from '../../../impl/journal-support.ts'

/** How MySQL and MariaDB, where every DDL statement commits, show whether one was carried out. */
export const mysqlJournal: JournalSupport = {
  natureOf: natureByVerb,
  shuts: lockingTables,
  fingerprint: fingerprintOf,
  clearRemains: () => Promise.resolve(),
}

/** MariaDB 10.11, LOCK TABLES: a session that holds table locks can use no other table. */
function lockingTables(sql: string): 'begin' | 'end' | undefined {
  if (/^\s*LOCK\s+TABLES?\b/i.test(sql)) return 'begin'
  return /^\s*UNLOCK\s+TABLES?\b/i.test(sql) ? 'end' : undefined
}

interface Catalog {
  /** As `SHOW CREATE` names it; it shows views and sequences as tables, too. */
  readonly kind: 'TABLE' | 'TRIGGER' | 'EVENT' | 'PROCEDURE' | 'FUNCTION'
  /** Columns `s` and `n`: schema and name. */
  readonly source: string
}

const CATALOGS: readonly Catalog[] = [
  {
    kind: 'TABLE',
    source: 'SELECT table_schema AS s, table_name AS n FROM information_schema.tables',
  },
  {
    kind: 'TRIGGER',
    source: 'SELECT trigger_schema AS s, trigger_name AS n FROM information_schema.triggers',
  },
  {
    kind: 'EVENT',
    source: 'SELECT event_schema AS s, event_name AS n FROM information_schema.events',
  },
  ...(['PROCEDURE', 'FUNCTION'] as const).map((kind) => ({
    kind,
    source: `SELECT routine_schema AS s, routine_name AS n FROM information_schema.routines WHERE routine_type = '${kind}'`,
  })),
]

const NAME = String.raw`(?:\`(?:[^\`]|\`\`)+\`|[\w$.\u0080-\uffff])+`
const RENAMING = new RegExp(String.raw`(${NAME})\s+TO\s+(${NAME})`, 'gi')

/**
 * Whether tables may trade places without a trace: what was `a` is `b` now, the other way round, and both are defined alike.
 */
function tradesPlaces(sql: string): boolean {
  if (/^\s*ALTER\s+TABLE\b[^]*\bEXCHANGE\s+PARTITION\b/i.test(sql)) return true
  if (!/^\s*RENAME\s+TABLES?\b/i.test(sql)) return false
  const pairs = [...sql.matchAll(RENAMING)]
  const targets = new Set(pairs.map(([, , to]) => to))
  return pairs.every(([, from]) => targets.has(from))
}

/**
 * A hash of the text of every table, view, trigger, routine and event whose name occurs in the statement; `null` where the
 * statement need not change any.
 */
async function fingerprintOf(connection: Connection, sql: string): Promise<string | null> {
  if (tradesPlaces(sql)) return null
  const hash = createHash('sha256')
  for (const { kind, source } of CATALOGS) {
    // Only a statement on tables can do without the word.
    if (kind !== 'TABLE' && !new RegExp(kind, 'i').test(sql)) continue
    for (const name of await namesIn(connection, source, sql)) {
      const { rows } = await connection.execute(`SHOW CREATE ${kind} ${name}`)
      // The counter goes on with every row.
      const shown = JSON.stringify(rows).replaceAll(/ AUTO_INCREMENT=\d+/g, '')
      hash.update(JSON.stringify([kind, name, shown]))
    }
  }
  return hash.digest('hex')
}

async function namesIn(
  connection: Connection,
  source: string,
  sql: string,
): Promise<readonly string[]> {
  const { rows } = await connection.execute(
    `SELECT s, n FROM (${source}) named WHERE (s = DATABASE() OR LOCATE(s, ?) > 0) AND LOCATE(n, ?) > 0 ORDER BY s, n`,
    [sql, sql],
  )
  const quote = (name: unknown): string => `\`${String(name).replaceAll('`', '``')}\``
  return rows.map(({ s, n }) => `${quote(s)}.${quote(n)}`)
}
