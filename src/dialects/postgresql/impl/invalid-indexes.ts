import type { Connection } from '../../../engine/connection.ts'
import { withoutLeadingComments } from '../../../sql/split/leading-comments.ts'

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`
const QUALIFIED = String.raw`${NAME}(?:\s*\.\s*${NAME})?`
const CREATION = new RegExp(
  String.raw`^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?(${NAME})\s+ON\s+(?:ONLY\s+)?(${QUALIFIED})`,
  'i',
)
const REMOVAL = new RegExp(
  String.raw`^DROP\s+INDEX\s+CONCURRENTLY\s+(?:IF\s+EXISTS\s+)?(${QUALIFIED})`,
  'i',
)

/** An index is created in its table's schema. */
const CREATED = `c.relname = (parse_ident($1))[1]
  AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass($2))`

/** Another session may be at it: what is being built is invalid until it is done. */
const FOUND = (which: string): string => `
  SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT i.indisvalid AND ${which}
     AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)`

/**
 * Drops the index that a failed or killed CREATE INDEX CONCURRENTLY or DROP INDEX CONCURRENTLY has left, which nobody uses and
 * every write keeps up (PostgreSQL 15, CREATE INDEX, "Building Indexes Concurrently").
 */
export async function dropInvalidIndex(connection: Connection, sql: string): Promise<void> {
  const text = withoutLeadingComments(sql)
  const [, created, table] = CREATION.exec(text) ?? []
  const [, removed] = REMOVAL.exec(text) ?? []
  if (created === undefined && removed === undefined) return
  const { rows } =
    removed === undefined
      ? await connection.execute(FOUND(CREATED), [created, table])
      : await connection.execute(FOUND('c.oid = to_regclass($1)'), [removed])
  for (const { name } of rows) await connection.execute(`DROP INDEX CONCURRENTLY ${String(name)}`)
}
