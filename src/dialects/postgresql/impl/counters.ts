import type { Connection } from '../../../engine/connection.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'

/** The sequence behind a SERIAL or identity column, and how far it has come. */
export interface Counter {
  readonly column: string
  readonly isIdentity: boolean
  /** Qualified and quoted. */
  readonly sequence: string
  readonly schema: string
  readonly name: string
  readonly increment: bigint
  readonly lastValue: bigint
  /** Whether `lastValue` was given out already. */
  readonly isCalled: boolean
}

/** The sequences that belong to columns of a table. */
export async function readCounters(
  connection: Connection,
  table: TableReference,
): Promise<Counter[]> {
  const { preparer } = connection.dialect
  // In pg_depend, 'a' is OWNED BY (SERIAL), 'i' an identity column.
  const { rows } = await connection.execute(
    `SELECT a.attname AS "column", n.nspname AS schema, s.relname AS name,
            d.deptype::text AS kind, q.seqincrement::text AS increment
       FROM pg_catalog.pg_depend d
       JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
       JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
       JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
       JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid
        AND d.deptype IN ('a', 'i') AND d.refobjid = $1::text::regclass`,
    [preparer.formatTable(table)],
  )
  const counters: Counter[] = []
  for (const { column, schema, name, kind, increment } of rows) {
    const parts = { schema: String(schema), name: String(name), quote: null }
    const sequence = preparer.formatTable(parts)
    const { rows: state } = await connection.execute(
      `SELECT last_value::text AS last_value, is_called FROM ${sequence}`,
    )
    counters.push({
      ...parts,
      column: String(column),
      isIdentity: kind === 'i',
      sequence,
      increment: BigInt(String(increment)),
      lastValue: BigInt(String(state[0]?.['last_value'])),
      isCalled: state[0]?.['is_called'] === true,
    })
  }
  return counters
}
