import type { Connection } from '../../../engine/connection.ts'
import { type JournalSupport, natureByVerb } from '../../../impl/journal-support.ts'
import { dropInvalidIndex } from './invalid-indexes.ts'

/** How PostgreSQL shows whether a statement was carried out that ran outside any transaction. */
export const postgresqlJournal: JournalSupport = {
  natureOf: natureByVerb,
  fingerprint: fingerprintOf,
  clearRemains: dropInvalidIndex,
}

/** One line for each fact about an object whose name occurs in `$1`; an index that failed is as good as none. */
const FACTS = `
  SELECT concat_ws(' ', 'relation', c.oid, c.relname, c.relkind, c.reltablespace, c.reloptions::text) AS fact
    FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE position(c.relname IN $1) > 0 AND (i.indisvalid IS NOT FALSE OR c.relkind = 'I')
  UNION ALL
  SELECT concat_ws(' ', 'column', a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE position(c.relname IN $1) > 0 AND a.attnum > 0
  UNION ALL
  SELECT concat_ws(' ', 'index', i.indexrelid, i.indisvalid, i.indisunique, i.indisprimary)
    FROM pg_index i JOIN pg_class c ON c.oid IN (i.indrelid, i.indexrelid)
    WHERE position(c.relname IN $1) > 0 AND (i.indisvalid OR pg_partition_root(i.indexrelid) IS NOT NULL)
  UNION ALL
  SELECT concat_ws(' ', 'constraint', k.oid, k.conname, k.convalidated)
    FROM pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid
    WHERE position(c.relname IN $1) > 0 OR position(k.conname IN $1) > 0
  UNION ALL
  SELECT concat_ws(' ', 'trigger', t.oid, t.tgname, t.tgenabled)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE position(c.relname IN $1) > 0
  UNION ALL
  SELECT concat_ws(' ', 'type', t.oid, t.typname, e.enumsortorder, e.enumlabel)
    FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid WHERE position(t.typname IN $1) > 0
  UNION ALL
  SELECT concat_ws(' ', 'function', p.oid, p.proname, md5(p.prosrc))
    FROM pg_proc p WHERE position(p.proname IN $1) > 0 AND p.pronamespace <> 'pg_catalog'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'database', d.oid, d.datname) FROM pg_database d WHERE position(d.datname IN $1) > 0
  UNION ALL
  SELECT concat_ws(' ', 'schema', n.oid, n.nspname) FROM pg_namespace n WHERE position(n.nspname IN $1) > 0`

async function fingerprintOf(connection: Connection, sql: string): Promise<string | null> {
  const { rows } = await connection.execute(
    `SELECT md5(coalesce(string_agg(fact, E'\\n' ORDER BY fact COLLATE "C"), '')) AS fingerprint FROM (${FACTS}) facts`,
    [sql],
  )
  const fingerprint = rows[0]?.['fingerprint']
  return typeof fingerprint === 'string' ? fingerprint : null
}
