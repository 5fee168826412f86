import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedIndex } from '../../../engine/reflected.ts'
import { groupByTable, isMajorAtLeast, queryCatalog, readParameters } from './catalog-rows.ts'
import { relationsIn } from './relations.ts'

interface IndexElement {
  /** Name of a column, or an expression. */
  readonly text: string
  readonly expression: boolean
  /** Operator class, where it isn't the type's default one. */
  readonly opclass: string | null
}

interface IndexRow {
  readonly table: string
  readonly name: string
  readonly unique: boolean
  readonly constraint: boolean
  /** `indoption` of the key elements: 1 is DESC, 2 is NULLS FIRST. */
  readonly flags: string
  readonly parameters: readonly string[] | null
  readonly method: string
  readonly condition: string | null
  readonly key_elements: number
  readonly nulls_not_distinct: boolean
  readonly elements: readonly IndexElement[]
}

// pg_get_indexdef() is slow: it is called for expressions only.
const ELEMENTS = `(
  SELECT json_agg(json_build_object(
      'text', CASE WHEN k.attnum = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.ord::int, true)
                   ELSE a.attname::text END,
      'expression', k.attnum = 0,
      'opclass', CASE WHEN NOT o.opcdefault THEN o.opcname END) ORDER BY k.ord)
    FROM unnest(i.indkey::int2[], i.indclass::oid[]) WITH ORDINALITY AS k (attnum, opclass, ord)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    LEFT JOIN pg_catalog.pg_opclass o ON o.oid = k.opclass)`

export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const { from, where, parameters } = relationsIn(scope)
  const hasInclude = isMajorAtLeast(connection, 11)
  const nulls = isMajorAtLeast(connection, 15) ? 'i.indnullsnotdistinct' : 'false'
  const rows = await queryCatalog<IndexRow>(
    connection,
    `SELECT c.relname AS table, ic.relname AS name, i.indisunique AS unique,
       EXISTS (SELECT FROM pg_catalog.pg_constraint con
                WHERE con.conrelid = i.indrelid AND con.conindid = i.indexrelid
                  AND con.contype = ANY (ARRAY['p', 'u', 'x']::"char"[])) AS constraint,
       i.indoption::text AS flags, to_json(ic.reloptions) AS parameters, am.amname AS method,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS condition,
       ${hasInclude ? 'i.indnkeyatts' : 'i.indnatts'}::int AS key_elements,
       ${nulls} AS nulls_not_distinct, ${ELEMENTS} AS elements
     FROM ${from}
     JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND NOT i.indisprimary
     JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
     JOIN pg_catalog.pg_am am ON am.oid = ic.relam
     WHERE ${where}
     ORDER BY c.relname, ic.relname`,
    parameters,
  )
  return groupByTable(rows, index)
}

function index(row: IndexRow): ReflectedIndex {
  const keys = row.elements.slice(0, row.key_elements)
  const include = row.elements.slice(row.key_elements).map(({ text }) => text)
  const sorting = columnSorting(keys, row.flags)
  return {
    name: row.name,
    columnNames: keys.map(({ text, expression }) => (expression ? null : text)),
    ...(keys.some(({ expression }) => expression)
      ? { expressions: keys.map(({ text }) => text) }
      : {}),
    unique: row.unique,
    ...(Object.keys(sorting).length === 0 ? {} : { columnSorting: sorting }),
    includeColumns: include,
    ...(row.constraint ? { duplicatesConstraint: row.name } : {}),
    dialectOptions: { postgresql: { ...indexOptions(row, keys), include } },
  }
}

function indexOptions(row: IndexRow, keys: readonly IndexElement[]): Record<string, unknown> {
  const ops = Object.fromEntries(
    keys.flatMap(({ text, opclass }) => (opclass === null ? [] : [[text, opclass]])),
  ) as Record<string, string>
  return {
    ...(Object.keys(ops).length === 0 ? {} : { ops }),
    ...(row.parameters === null ? {} : { with: readParameters(row.parameters) }),
    ...(row.method === 'btree' ? {} : { using: row.method }),
    ...(row.condition === null ? {} : { where: row.condition }),
    ...(row.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
  }
}

/** Orderings, as far as they differ from ASC NULLS LAST and DESC NULLS FIRST. */
function columnSorting(
  keys: readonly IndexElement[],
  flags: string,
): Record<string, readonly string[]> {
  const sorting: Record<string, readonly string[]> = {}
  for (const [position, flag] of flags.split(' ').entries()) {
    const key = keys[position]
    if (key === undefined) continue
    const descending = (Number(flag) & 1) !== 0
    const nullsFirst = (Number(flag) & 2) !== 0
    if (descending) sorting[key.text] = nullsFirst ? ['desc'] : ['desc', 'nulls_last']
    else if (nullsFirst) sorting[key.text] = ['nulls_first']
  }
  return sorting
}
