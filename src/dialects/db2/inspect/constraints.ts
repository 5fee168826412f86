import { nameFromCatalog, rowsFromCatalog } from '../../../engine/capital-names.ts'
import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import {
  asPrimaryKeys,
  groupByName,
  groupByTable,
  queryCatalog,
} from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedForeignKey,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../engine/reflected.ts'
import { tablesIn } from './catalog.ts'

interface KeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
}

interface ForeignKeyRow extends KeyRow {
  readonly schema: string
  readonly referred_schema: string
  readonly referred_table: string
  readonly referred_column: string
  readonly ondelete: string
  readonly onupdate: string
}

// NO ACTION (`A`) is what the server does where nothing is said.
const RULES: ReadonlyMap<string, string> = new Map([
  ['C', 'CASCADE'],
  ['N', 'SET NULL'],
  ['R', 'RESTRICT'],
])

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
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<KeyRow>(
    connection,
    `SELECT t.TABNAME AS "table", k.CONSTNAME AS "name", u.COLNAME AS "column"
     FROM SYSCAT.TABLES t
     JOIN SYSCAT.TABCONST k
       ON k.TABSCHEMA = t.TABSCHEMA AND k.TABNAME = t.TABNAME AND k.TYPE = '${type}'
     JOIN SYSCAT.KEYCOLUSE u
       ON u.TABSCHEMA = k.TABSCHEMA AND u.TABNAME = k.TABNAME AND u.CONSTNAME = k.CONSTNAME
     WHERE ${where}
     ORDER BY t.TABNAME, k.CONSTNAME, u.COLSEQ`,
    parameters,
  )
  return groupByName(rowsFromCatalog(rows, connection.dialect.preparer), (first, all) => ({
    name: first.name,
    columnNames: all.map((row) => row.column),
  }))
}

/** The foreign keys of each table. */
export async function readForeignKeys(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedForeignKey[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<ForeignKeyRow>(
    connection,
    `SELECT RTRIM(t.TABSCHEMA) AS "schema", t.TABNAME AS "table", r.CONSTNAME AS "name",
       u.COLNAME AS "column", RTRIM(r.REFTABSCHEMA) AS "referred_schema",
       r.REFTABNAME AS "referred_table", ru.COLNAME AS "referred_column",
       r.DELETERULE AS "ondelete", r.UPDATERULE AS "onupdate"
     FROM SYSCAT.TABLES t
     JOIN SYSCAT.REFERENCES r ON r.TABSCHEMA = t.TABSCHEMA AND r.TABNAME = t.TABNAME
     JOIN SYSCAT.KEYCOLUSE u
       ON u.TABSCHEMA = r.TABSCHEMA AND u.TABNAME = r.TABNAME AND u.CONSTNAME = r.CONSTNAME
     JOIN SYSCAT.KEYCOLUSE ru ON ru.TABSCHEMA = r.REFTABSCHEMA AND ru.TABNAME = r.REFTABNAME
       AND ru.CONSTNAME = r.REFKEYNAME AND ru.COLSEQ = u.COLSEQ
     WHERE ${where}
     ORDER BY t.TABNAME, r.CONSTNAME, u.COLSEQ`,
    parameters,
  )
  const read = (name: string): string => nameFromCatalog(name, connection.dialect.preparer)
  return groupByName(rowsFromCatalog(rows, connection.dialect.preparer), (first, all) => {
    const isHere = scope.schema === null && first.referred_schema === first.schema
    const [ondelete, onupdate] = [RULES.get(first.ondelete), RULES.get(first.onupdate)]
    return {
      name: first.name,
      constrainedColumns: all.map((row) => row.column),
      referredSchema: isHere ? null : read(first.referred_schema),
      referredTable: read(first.referred_table),
      referredColumns: all.map((row) => read(row.referred_column)),
      options: {
        ...(ondelete === undefined ? {} : { ondelete }),
        ...(onupdate === undefined ? {} : { onupdate }),
      },
    }
  })
}

/** The CHECK constraints of each table, without those that the server made (`TYPE` other than `C`). */
export async function readCheckConstraints(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<Omit<KeyRow, 'column'> & { readonly text: string }>(
    connection,
    `SELECT t.TABNAME AS "table", k.CONSTNAME AS "name", k.TEXT AS "text"
     FROM SYSCAT.TABLES t
     JOIN SYSCAT.CHECKS k ON k.TABSCHEMA = t.TABSCHEMA AND k.TABNAME = t.TABNAME AND k.TYPE = 'C'
     WHERE ${where}
     ORDER BY t.TABNAME, k.CONSTNAME`,
    parameters,
  )
  const { preparer } = connection.dialect
  const named = rows.map((row) => ({ ...row, table: nameFromCatalog(row.table, preparer) }))
  return groupByTable(named, ({ name, text }) => ({
    name: nameFromCatalog(name, preparer),
    sqltext: text.trim(),
  }))
}
