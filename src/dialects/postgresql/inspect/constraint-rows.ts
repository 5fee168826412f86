import type { CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import { isMajorAtLeast, queryCatalog } from './catalog-rows.ts'
import { relationsIn } from './relations.ts'

/** A primary key (`p`), a unique constraint (`u`) or a CHECK (`c`). */
export interface ConstraintRow {
  readonly table: string
  readonly name: string
  readonly kind: 'p' | 'u' | 'c'
  readonly comment: string | null
  /** Of a CHECK; `null` where it was dropped since the query began. */
  readonly definition: string | null
  /** Of keys: their columns, then those of INCLUDE. */
  readonly columns: readonly string[]
  readonly key_columns: number
  readonly nulls_not_distinct: boolean
}

/** Reads the constraints of a scope once, whoever asks for which of them: who reads whole tables asks with one scope object. */
export class ConstraintRows {
  readonly #connection: Connection
  readonly #known = new WeakMap<CatalogScope, Promise<readonly ConstraintRow[]>>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Those of one kind, by table and name. */
  async ofKind(kind: ConstraintRow['kind'], scope: CatalogScope): Promise<ConstraintRow[]> {
    const reading = this.#known.get(scope) ?? this.#read(scope)
    this.#known.set(scope, reading)
    return (await reading).filter((row) => row.kind === kind)
  }

  async #read(scope: CatalogScope): Promise<readonly ConstraintRow[]> {
    const { from, where, parameters } = relationsIn(scope)
    const keyColumns = isMajorAtLeast(this.#connection, 11) ? 'i.indnkeyatts' : 'i.indnatts'
    const nulls = isMajorAtLeast(this.#connection, 15) ? 'i.indnullsnotdistinct' : 'false'
    return await queryCatalog<ConstraintRow>(
      this.#connection,
      `SELECT c.relname AS table, con.conname AS name, con.contype::text AS kind,
         pg_catalog.obj_description(con.oid, 'pg_constraint') AS comment,
         CASE WHEN con.contype = 'c' THEN pg_catalog.pg_get_constraintdef(con.oid, true) END AS definition,
         ${keyColumns}::int AS key_columns, ${nulls} AS nulls_not_distinct,
         (SELECT json_agg(a.attname ORDER BY k.ord)
            FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, ord)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum
         ) AS columns
       FROM ${from}
       JOIN pg_catalog.pg_constraint con ON con.conrelid = c.oid AND con.contype IN ('p', 'u', 'c')
       LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid
       WHERE ${where} AND (con.contype = 'c' OR i.indexrelid IS NOT NULL)
       ORDER BY c.relname, con.conname`,
      parameters,
    )
  }
}
