import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { keyColumns, keyValues, tablesIn } from './catalog.ts'

interface ObjectRow {
  readonly table: string
  readonly name: string
}

interface IndexRow extends ObjectRow {
  readonly is_unique: number
}

// Of sysindexes.status: the index of a primary key; of status2: that of a key or unique constraint.
const IS_PRIMARY = '(i.status & 2048) <> 0'
const IS_CONSTRAINT = '(i.status2 & 2) <> 0'

const INDEX_COLUMNS = keyColumns('c', (at) => `index_col(o.name, i.indid, ${at}, o.uid)`)
const INDEX_ORDERS = keyColumns('o', (at) => `index_colorder(o.name, i.indid, ${at}, o.uid)`)

async function readIndexRows(
  connection: Connection,
  scope: CatalogScope,
  condition: string,
): Promise<readonly IndexRow[]> {
  const { where, parameters } = tablesIn(scope)
  return await queryCatalog<IndexRow>(
    connection,
    `SELECT o.name AS "table", i.name AS "name", i.status & 2 AS "is_unique",
       ${INDEX_COLUMNS}, ${INDEX_ORDERS}
     FROM sysobjects o
     JOIN sysindexes i ON i.id = o.id AND i.indid BETWEEN 1 AND 254
     WHERE ${condition} AND ${where}
     ORDER BY o.name, i.name`,
    parameters,
  )
}

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  const rows = await readIndexRows(connection, scope, IS_PRIMARY)
  return new Map(
    rows.map((row) => [row.table, { name: row.name, constrainedColumns: keyValues(row, 'c') }]),
  )
}

/** The unique constraints of each table. */
export async function readUniqueConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  const rows = await readIndexRows(connection, scope, `${IS_CONSTRAINT} AND NOT ${IS_PRIMARY}`)
  return groupByTable(rows, (row) => ({ name: row.name, columnNames: keyValues(row, 'c') }))
}

/** The indexes of each table, without those that keep a constraint. */
export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const rows = await readIndexRows(connection, scope, `NOT ${IS_CONSTRAINT} AND NOT ${IS_PRIMARY}`)
  return groupByTable(rows, (row) => {
    const columnNames = keyValues(row, 'c')
    const orders = keyValues(row, 'o')
    const descending = columnNames.filter((_, index) => orders[index] === 'DESC')
    return {
      name: row.name,
      columnNames,
      unique: row.is_unique !== 0,
      ...(descending.length > 0
        ? { columnSorting: Object.fromEntries(descending.map((name) => [name, ['desc']])) }
        : {}),
    }
  })
}

interface ForeignKeyRow extends ObjectRow {
  readonly owner: string
  readonly referred_owner: string
  readonly referred_table: string
}

/** The foreign keys of each table, as far as they refer to the same database. The server has no actions for them. */
export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT o.name AS "table", object_name(r.constrid) AS "name", user_name(o.uid) AS "owner",
       p.name AS "referred_table", user_name(p.uid) AS "referred_owner",
       ${keyColumns('c', (at) => `col_name(r.tableid, r.fokey${at})`)},
       ${keyColumns('r', (at) => `col_name(r.reftabid, r.refkey${at})`)}
     FROM sysobjects o
     JOIN sysreferences r ON r.tableid = o.id AND r.pmrydbname IS NULL
     JOIN sysobjects p ON p.id = r.reftabid
     WHERE ${where}
     ORDER BY o.name, r.constrid`,
    parameters,
  )
  return groupByTable(rows, (row) => ({
    name: row.name,
    constrainedColumns: keyValues(row, 'c'),
    referredSchema:
      scope.schema === null && row.referred_owner === row.owner ? null : row.referred_owner,
    referredTable: row.referred_table,
    referredColumns: keyValues(row, 'r'),
    options: {},
  }))
}

/** The CHECK constraints of each table; the catalog has their text in pieces. */
export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<ObjectRow & { readonly text: string }>(
    connection,
    `SELECT o.name AS "table", object_name(k.constrid) AS "name", m.text AS "text"
     FROM sysobjects o
     JOIN sysconstraints k ON k.tableid = o.id AND (k.status & 128) <> 0
     JOIN syscomments m ON m.id = k.constrid
     WHERE ${where}
     ORDER BY o.name, k.constrid, m.colid2, m.colid`,
    parameters,
  )
  return groupByName(rows, (first, all) => {
    const text = all.map((row) => row.text).join('')
    const condition = text.replace(/^\s*(?:CONSTRAINT\s+\S+\s+)?CHECK\b/i, '')
    return { name: first.name, sqltext: withoutOuterParentheses(condition) }
  })
}
