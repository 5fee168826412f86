import { nameFromCatalog } from '../../../engine/capital-names.ts'
import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import type { IdentityOptions } from '../../../sql/schema/server-default.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import { readType, type TypeRow } from './column-types.ts'
import { tablesIn } from './relations.ts'

interface ColumnRow extends TypeRow {
  readonly table: string
  readonly name: string
  readonly not_null: number
  readonly default: string | null
  readonly domain_default: string | null
  readonly computed: string | null
  readonly comment: string | null
  readonly dimensions: number | null
  /** 0 ALWAYS, 1 BY DEFAULT; null for a column that doesn't number itself. */
  readonly identity: number | null
  readonly start: number | bigint | null
  readonly increment: number | null
}

/** The columns of each table, in their order. A domain is read as the type below it. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  // Identity columns came with Firebird 3.
  const numbered = isServerAtLeast(connection.dialect.traits, 3)
  const identity = numbered
    ? 'rf.rdb$identity_type AS "identity", g.rdb$initial_value AS "start", g.rdb$generator_increment AS "increment"'
    : 'NULL AS "identity", NULL AS "start", NULL AS "increment"'
  const generators = numbered
    ? 'LEFT JOIN rdb$generators g ON g.rdb$generator_name = rf.rdb$generator_name'
    : ''
  const rows = await queryCatalog<ColumnRow>(
    connection,
    `SELECT TRIM(TRAILING FROM r.rdb$relation_name) AS "table", TRIM(TRAILING FROM rf.rdb$field_name) AS "name",
       f.rdb$field_type AS "type", f.rdb$field_sub_type AS "sub_type",
       f.rdb$field_length AS "length", f.rdb$character_length AS "characters",
       f.rdb$field_precision AS "precision", f.rdb$field_scale AS "scale",
       f.rdb$dimensions AS "dimensions",
       NULLIF(TRIM(TRAILING FROM cs.rdb$character_set_name), TRIM(TRAILING FROM db.rdb$character_set_name)) AS "charset",
       NULLIF(TRIM(TRAILING FROM co.rdb$collation_name), TRIM(TRAILING FROM cs.rdb$default_collate_name)) AS "collation",
       COALESCE(rf.rdb$null_flag, f.rdb$null_flag, 0) AS "not_null",
       rf.rdb$default_source AS "default", f.rdb$default_source AS "domain_default",
       f.rdb$computed_source AS "computed", rf.rdb$description AS "comment", ${identity}
     FROM rdb$relations r
     CROSS JOIN rdb$database db
     JOIN rdb$relation_fields rf ON rf.rdb$relation_name = r.rdb$relation_name
     JOIN rdb$fields f ON f.rdb$field_name = rf.rdb$field_source
     LEFT JOIN rdb$character_sets cs ON cs.rdb$character_set_id = f.rdb$character_set_id
     LEFT JOIN rdb$collations co ON co.rdb$character_set_id = f.rdb$character_set_id
       AND co.rdb$collation_id = COALESCE(rf.rdb$collation_id, f.rdb$collation_id)
     ${generators}
     WHERE ${where}
     ORDER BY r.rdb$relation_name, rf.rdb$field_position`,
    parameters,
  )
  const { preparer } = connection.dialect
  const named = rows.map((row) => ({ ...row, table: nameFromCatalog(row.table, preparer) }))
  return groupByTable(named, (row) => column(row, nameFromCatalog(row.name, preparer)))
}

function column(row: ColumnRow, name: string): ReflectedColumn {
  return {
    name,
    type: readType(row, row.dimensions !== null),
    nullable: row.not_null === 0,
    default: defaultText(row.default ?? row.domain_default),
    autoincrement: row.identity !== null,
    comment: row.comment,
    ...(row.computed === null
      ? {}
      : { computed: { sqltext: withoutOuterParentheses(row.computed) } }),
    ...(row.identity === null ? {} : { identity: identityOf(row) }),
  }
}

/** The source has the word DEFAULT, or in old databases a sign of equality, in front; NULL is no default. */
function defaultText(source: string | null): string | null {
  const text = source?.replace(/^\s*(?:DEFAULT\b|=)\s*/i, '').trim() ?? ''
  return text === '' || text.toUpperCase() === 'NULL' ? null : text
}

function identityOf(row: ColumnRow): IdentityOptions {
  return {
    always: row.identity === 0,
    ...(row.start === null ? {} : { start: row.start }),
    ...(row.increment === null ? {} : { increment: row.increment }),
  }
}
