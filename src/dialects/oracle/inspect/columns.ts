import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { nameFromCatalog } from '../../../engine/capital-names.ts'
import { queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { exactInteger } from '../../../engine/driver.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import { isServerAtLeast } from '../../../sql/compile/dialect-traits.ts'
import type { IdentityOptions } from '../../../sql/schema/server-default.ts'
import { readType, type TypeRow } from './column-types.ts'
import { relationsIn } from './relations.ts'

/** A column, as the query below gives it. */
export interface ColumnRow extends TypeRow {
  readonly table: string
  readonly name: string
  /** `Y` or `N`. */
  readonly nullable: string
  readonly default: string | null
  /** `YES` or `NO`. */
  readonly virtual: string
  readonly comment: string | null
  /** `ALWAYS` or `BY DEFAULT`; `null` for other columns. */
  readonly generation: string | null
  /** `START WITH: 1, INCREMENT BY: 1, …` */
  readonly identity_options: string | null
  /** `YES` or `NO`. */
  readonly default_on_null: string | null
}

/** The columns of each table, in their order. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const { dialect } = connection
  const { from, parameters } = relationsIn(connection, scope)
  // Identity columns came with server 12.
  const hasIdentity = isServerAtLeast(dialect.traits, 12)
  const identity = hasIdentity
    ? `i.generation_type AS "generation", i.identity_options AS "identity_options",
       c.default_on_null AS "default_on_null"`
    : 'NULL AS "generation", NULL AS "identity_options", NULL AS "default_on_null"'
  const identityJoin = hasIdentity
    ? `LEFT JOIN all_tab_identity_cols i
         ON i.owner = c.owner AND i.table_name = c.table_name AND i.column_name = c.column_name`
    : ''
  const rows = await queryCatalog<ColumnRow>(
    connection,
    `SELECT c.table_name AS "table", c.column_name AS "name", c.data_type AS "data_type",
       c.data_type_owner AS "type_owner", c.data_length AS "data_length",
       c.char_length AS "char_length", c.data_precision AS "data_precision",
       c.data_scale AS "data_scale", c.nullable AS "nullable", c.data_default AS "default",
       c.virtual_column AS "virtual", cc.comments AS "comment", ${identity}
     FROM ${from}
     JOIN all_tab_cols c ON c.owner = r.owner AND c.table_name = r.table_name
     LEFT JOIN all_col_comments cc
       ON cc.owner = c.owner AND cc.table_name = c.table_name AND cc.column_name = c.column_name
     ${identityJoin}
     WHERE c.hidden_column = 'NO'
     ORDER BY c.table_name, c.column_id`,
    parameters,
  )
  const normalize = (name: string): string => nameFromCatalog(name, dialect.preparer)
  const tables = new Map<string, ReflectedColumn[]>()
  for (const row of rows) {
    const table = normalize(row.table)
    const columns = tables.get(table) ?? []
    tables.set(table, columns)
    columns.push(readColumn(row, normalize(row.name)))
  }
  return tables
}

/** What a row of the catalog says of a column. */
export function readColumn(row: ColumnRow, name: string): ReflectedColumn {
  const isVirtual = row.virtual === 'YES'
  const isIdentity = row.generation !== null
  // The catalog keeps the text with the blanks that stood behind it; of an identity column it names the sequence.
  const text = row.default?.trim() ?? null
  return {
    name,
    type: readType(row),
    nullable: row.nullable === 'Y',
    default: isVirtual || isIdentity || text === '' ? null : text,
    autoincrement: isIdentity,
    comment: row.comment,
    ...(isVirtual ? { computed: { sqltext: text ?? '', persisted: false } } : {}),
    ...(isIdentity ? { identity: readIdentity(row) } : {}),
  }
}

/** Options that are numbers, by the words of the catalog. */
const NUMBERS = [
  ['START WITH', 'start'],
  ['INCREMENT BY', 'increment'],
  ['MIN_VALUE', 'minvalue'],
  ['MAX_VALUE', 'maxvalue'],
  ['CACHE_SIZE', 'cache'],
] as const

/** Options that are flags. */
const FLAGS = [
  ['CYCLE_FLAG', 'cycle'],
  ['ORDER_FLAG', 'order'],
] as const

function readIdentity(row: ColumnRow): IdentityOptions {
  const given = new Map(
    (row.identity_options ?? '').split(',').map((option): [string, string] => {
      const [name = '', value = ''] = option.split(':')
      return [name.trim(), value.trim()]
    }),
  )
  const numbers = NUMBERS.flatMap(([word, option]) => {
    const value = given.get(word)
    return value === undefined ? [] : [[option, exactInteger(value)]]
  })
  const flags = FLAGS.flatMap(([word, option]) => {
    const value = given.get(word)
    return value === undefined ? [] : [[option, value === 'Y']]
  })
  return {
    always: row.generation === 'ALWAYS',
    ...(row.default_on_null === 'YES' ? { onNull: true } : {}),
    ...(Object.fromEntries([...numbers, ...flags]) as IdentityOptions),
  }
}
