import type { Connection } from '../../../engine/connection.ts'
import type { ColumnPlace, ReflectedSequence } from '../../../engine/reflected.ts'
import { queryCatalog } from './catalog-rows.ts'
import { relationSource } from './relations.ts'

interface SequenceRow {
  readonly name: string
  readonly bytes: number
  readonly start: string
  readonly increment: string
  readonly minvalue: string
  readonly maxvalue: string
  readonly cache: string
  readonly cycle: boolean
  readonly columns: readonly ColumnPlace[]
}

/** The sequences of a schema that belong to no column, by OWNED BY (`a`) or as its identity (`i`), and to no extension (`e`). */
export async function readFreeSequences(
  connection: Connection,
  schema: string | null,
): Promise<readonly ReflectedSequence[]> {
  const filter = { schema, kinds: ['sequence'], temporary: false } as const
  const { from, where, parameters } = relationSource(filter)
  const rows = await queryCatalog<SequenceRow>(
    connection,
    `SELECT c.relname AS name, t.typlen::int AS bytes, s.seqstart::text AS start,
       s.seqincrement::text AS increment, s.seqmin::text AS minvalue, s.seqmax::text AS maxvalue,
       s.seqcache::text AS cache, s.seqcycle AS cycle,
       COALESCE((SELECT json_agg(json_build_object('schema', tn.nspname, 'table', tc.relname,
                                                   'column', a.attname))
                   FROM pg_catalog.pg_depend d
                   JOIN pg_catalog.pg_attrdef ad ON ad.oid = d.objid
                   JOIN pg_catalog.pg_class tc ON tc.oid = ad.adrelid
                   JOIN pg_catalog.pg_namespace tn ON tn.oid = tc.relnamespace
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
                  WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.refobjid = c.oid
                    AND d.refclassid = 'pg_catalog.pg_class'::regclass), '[]') AS columns
     FROM ${from} JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
     JOIN pg_catalog.pg_type t ON t.oid = s.seqtypid
     WHERE ${where} AND NOT EXISTS (
       SELECT 1 FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
          AND (d.deptype = 'e' OR (d.deptype IN ('a', 'i')
                                   AND d.refclassid = 'pg_catalog.pg_class'::regclass)))
     ORDER BY c.relname`,
    parameters,
  )
  return rows.map((row) => {
    const highest = 2n ** BigInt(row.bytes * 8 - 1) - 1n
    return {
      name: row.name,
      start: BigInt(row.start),
      increment: BigInt(row.increment),
      minvalue: BigInt(row.minvalue),
      maxvalue: BigInt(row.maxvalue),
      cycle: row.cycle,
      cache: BigInt(row.cache),
      columns: row.columns,
      limits: { lowest: -highest - 1n, highest, cache: 1n },
    }
  })
}
