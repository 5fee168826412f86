import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { asPrimaryKeys, groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { isDescending, isPart, positionIn, tablesIn } from './catalog.ts'

interface KeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
}

interface ForeignKeyRow extends KeyRow {
  readonly owner: string
  readonly referred_owner: string
  readonly referred_table: string
  readonly referred_column: string
  /** `C` cascade, `R` restrict, which is what the server does where nothing is said. */
  readonly ondelete: string
}

interface IndexRow extends KeyRow {
  readonly is_unique: string
  readonly is_descending: number
}

/** The primary key of each table that has one. */
export async function readPrimaryKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<ReflectedPrimaryKey>> {
  return asPrimaryKeys(await readKeys(connection, scope, 'P'))
}

/** The unique constraints of each table. */
export async function readUniqueConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  return await readKeys(connection, scope, 'U')
}

async function readKeys(
  connection: Connection,
  scope: CatalogScope,
  type: 'P' | 'U',
): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<KeyRow>(
    connection,
    `SELECT t.tabname AS "table", k.constrname AS "name", c.colname AS "column",
       ${positionIn('i', 'c')} AS "position"
     FROM systables t
     JOIN sysconstraints k ON k.tabid = t.tabid AND k.constrtype = '${type}'
     JOIN sysindexes i ON i.tabid = k.tabid AND i.idxname = k.idxname
     JOIN syscolumns c ON ${isPart('i', 'c')}
     WHERE ${where}
     ORDER BY 1, 2, 4`,
    parameters,
  )
  return groupByName(trimmed(rows), (first, all) => ({
    name: first.name,
    columnNames: all.map((row) => row.column),
  }))
}

/** The foreign keys of each table. */
export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT t.tabname AS "table", k.constrname AS "name", ${positionIn('i', 'c')} AS "position",
       c.colname AS "column", t.owner AS "owner", rt.owner AS "referred_owner",
       rt.tabname AS "referred_table", rc.colname AS "referred_column", r.delrule AS "ondelete"
     FROM systables t
     JOIN sysconstraints k ON k.tabid = t.tabid AND k.constrtype = 'R'
     JOIN sysreferences r ON r.constrid = k.constrid
     JOIN sysindexes i ON i.tabid = k.tabid AND i.idxname = k.idxname
     JOIN syscolumns c ON ${isPart('i', 'c')}
     JOIN sysconstraints rk ON rk.constrid = r.primary
     JOIN systables rt ON rt.tabid = r.ptabid
     JOIN sysindexes ri ON ri.tabid = rk.tabid AND ri.idxname = rk.idxname
     JOIN syscolumns rc ON ${isPart('ri', 'rc')}
       AND ${positionIn('ri', 'rc')} = ${positionIn('i', 'c')}
     WHERE ${where}
     ORDER BY 1, 2, 3`,
    parameters,
  )
  return groupByName(trimmed(rows), (first, all) => {
    const referredOwner = first.referred_owner.trimEnd()
    const isHere = scope.schema === null && referredOwner === first.owner.trimEnd()
    return {
      name: first.name,
      constrainedColumns: all.map((row) => row.column),
      referredSchema: isHere ? null : referredOwner,
      referredTable: first.referred_table.trimEnd(),
      referredColumns: all.map((row) => row.referred_column.trimEnd()),
      options: first.ondelete === 'C' ? { ondelete: 'CASCADE' } : {},
    }
  })
}

/** The CHECK constraints of each table; the catalog has their text in pieces. */
export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<Omit<KeyRow, 'column'> & { readonly text: string }>(
    connection,
    `SELECT t.tabname AS "table", k.constrname AS "name", h.seqno AS "position",
       h.checktext AS "text"
     FROM systables t
     JOIN sysconstraints k ON k.tabid = t.tabid AND k.constrtype = 'C'
     JOIN syschecks h ON h.constrid = k.constrid AND h.type = 'T'
     WHERE ${where}
     ORDER BY 1, 2, 3`,
    parameters,
  )
  const named = rows.map((row) => ({
    ...row,
    table: row.table.trimEnd(),
    name: row.name.trimEnd(),
  }))
  return groupByName(named, (first, all) => ({
    name: first.name,
    sqltext: withoutOuterParentheses(all.map(({ text }) => text).join('')),
  }))
}

/** The indexes of each table, without those that keep a constraint; functional indexes have no columns to show. */
export async function readIndexes(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedIndex[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<IndexRow>(
    connection,
    `SELECT t.tabname AS "table", i.idxname AS "name", ${positionIn('i', 'c')} AS "position",
       c.colname AS "column", i.idxtype AS "is_unique",
       ${isDescending('i', 'c')} AS "is_descending"
     FROM systables t
     JOIN sysindexes i ON i.tabid = t.tabid
     JOIN syscolumns c ON ${isPart('i', 'c')}
     LEFT JOIN sysconstraints k ON k.tabid = i.tabid AND k.idxname = i.idxname
     WHERE k.constrid IS NULL AND ${where}
     ORDER BY 1, 2, 3`,
    parameters,
  )
  return groupByName(trimmed(rows), (first, all) => {
    const descending = all.filter((row) => Number(row.is_descending) === 1)
    return {
      name: first.name,
      columnNames: all.map((row) => row.column),
      unique: first.is_unique.toUpperCase() === 'U',
      ...(descending.length > 0
        ? { columnSorting: Object.fromEntries(descending.map((row) => [row.column, ['desc']])) }
        : {}),
    }
  })
}

/** Names come padded with blanks. */
function trimmed<Row extends KeyRow>(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({
    ...row,
    table: row.table.trimEnd(),
    name: row.name.trimEnd(),
    column: row.column.trimEnd(),
  }))
}
