import type { Connection } from '../../../engine/connection.ts'

/** The sequences that belong to columns: the sequence's name by `schema`, `table` and `column` as JSON. */
export async function readOwnedSequences(
  connection: Connection,
): Promise<ReadonlyMap<string, string>> {
  // In pg_depend, 'a' is OWNED BY (SERIAL), 'i' an identity column.
  const { rows } = await connection.execute(
    `SELECT n.nspname AS schema, t.relname AS "table", a.attname AS "column", s.relname AS sequence
       FROM pg_catalog.pg_class s
       JOIN pg_catalog.pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
        AND d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid
       JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
       JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
       JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE s.relkind = 'S'`,
  )
  return new Map(
    rows.map(({ schema, table, column, sequence }) => [
      JSON.stringify([schema, table, column]),
      String(sequence),
    ]),
  )
}
