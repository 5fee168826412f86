import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedDialectOptions } from '../../../engine/reflected.ts'
import { isMajorAtLeast, queryCatalog, readParameters } from './catalog-rows.ts'
import { relationsIn } from './relations.ts'

interface CommentRow {
  readonly table: string
  readonly comment: string | null
  readonly stamp: string
}

interface OptionsRow {
  readonly table: string
  readonly stamp: string
  readonly parameters: readonly string[] | null
  readonly method: string | null
  readonly tablespace: string | null
  readonly parents: readonly string[] | null
  readonly partition_key: string | null
  readonly has_oids: boolean
}

/** Another one for another table of the same name, and where columns and constraints come and go. */
const STAMP = "c.oid || '/' || c.xmin AS stamp"

/** Keeps what tables were when they were first read, and says which are another later. */
export class TableStamps {
  readonly #first = new WeakMap<CatalogScope, ReadonlyMap<string, string>>()
  readonly #last = new WeakMap<CatalogScope, ReadonlyMap<string, string>>()

  /** Takes down one reading of a scope. */
  note(
    scope: CatalogScope,
    rows: readonly { readonly table: string; readonly stamp: string }[],
  ): void {
    const stamps = new Map(rows.map(({ table, stamp }) => [table, stamp]))
    if (this.#first.has(scope)) this.#last.set(scope, stamps)
    else this.#first.set(scope, stamps)
  }

  /** The tables that one of the readings of a scope has as another one, or not at all; `found` are those of queries between. */
  changed(scope: CatalogScope, found: Iterable<string>): readonly string[] {
    const [first, last] = [this.#first.get(scope), this.#last.get(scope)]
    if (first === undefined || last === undefined) return []
    const names = new Set([...first.keys(), ...last.keys()])
    const changed = [...names].filter((name) => first.get(name) !== last.get(name))
    return [...changed, ...[...found].filter((name) => !names.has(name))]
  }
}

export async function readTableComments(
  connection: Connection,
  scope: CatalogScope,
  stamps: TableStamps,
): Promise<ByTable<string | null>> {
  const { from, where, parameters } = relationsIn(scope)
  const rows = await queryCatalog<CommentRow>(
    connection,
    `SELECT c.relname AS table, ${STAMP}, pg_catalog.obj_description(c.oid, 'pg_class') AS comment
     FROM ${from} WHERE ${where}`,
    parameters,
  )
  stamps.note(scope, rows)
  return new Map(rows.map(({ table, comment }) => [table, comment]))
}

/**
 * The options that `CREATE TABLE` took, as far as they differ from the defaults. A partition is reported as a table of its
 * own: that it belongs to another one isn't among its options.
 */
export async function readTableOptions(
  connection: Connection,
  scope: CatalogScope,
  stamps: TableStamps,
): Promise<ByTable<ReflectedDialectOptions>> {
  const { from, where, parameters } = relationsIn(scope)
  // Table access methods came with server 12, and OIDs of rows went.
  const isModern = isMajorAtLeast(connection, 12)
  const method = isModern
    ? `NULLIF(am.amname, current_setting('default_table_access_method'))`
    : 'NULL'
  const rows = await queryCatalog<OptionsRow>(
    connection,
    `SELECT c.relname AS table, ${STAMP}, to_json(c.reloptions) AS parameters, ${method} AS method,
       ts.spcname AS tablespace, ${isModern ? 'false' : 'c.relhasoids'} AS has_oids,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
       CASE WHEN NOT c.relispartition THEN
         (SELECT json_agg(parent.relname ORDER BY inh.inhseqno) FROM pg_catalog.pg_inherits inh
            JOIN pg_catalog.pg_class parent ON parent.oid = inh.inhparent
           WHERE inh.inhrelid = c.oid) END AS parents
     FROM ${from}
     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
     LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
     WHERE ${where}`,
    parameters,
  )
  stamps.note(scope, rows)
  const found = rows.map((row) => [row.table, tableOptions(row)] as const)
  return new Map(
    found
      .filter(([, options]) => Object.keys(options).length > 0)
      .map(([table, options]) => [table, { postgresql: options }]),
  )
}

function tableOptions(row: OptionsRow): Record<string, unknown> {
  return {
    ...(row.method === null ? {} : { using: row.method }),
    ...(row.parents === null ? {} : { inherits: row.parents }),
    ...(row.partition_key === null ? {} : { partitionBy: row.partition_key }),
    ...(row.parameters === null ? {} : { with: readParameters(row.parameters) }),
    ...(row.has_oids ? { withOids: true } : {}),
    ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
  }
}
