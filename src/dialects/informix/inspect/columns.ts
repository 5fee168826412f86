import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { tablesIn } from './catalog.ts'
import { NOT_NULL, readType, type TypeRow } from './column-types.ts'

interface ColumnRow extends TypeRow {
  readonly table: string
  readonly name: string
  /** `L` literal, `U` user, `C` current, `T` today, `S` server's name, `N` null. */
  readonly default_kind: string | null
  readonly default: string | null
}

/** The columns of each table, in their order. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<ColumnRow>(
    connection,
    `SELECT t.tabname AS "table", c.colname AS "name", c.coltype AS "type",
       c.collength AS "length", x.name AS "extended", d.type AS "default_kind",
       d.default AS "default"
     FROM systables t
     JOIN syscolumns c ON c.tabid = t.tabid
     LEFT JOIN sysxtdtypes x ON x.extended_id = c.extended_id
     LEFT JOIN sysdefaults d ON d.tabid = c.tabid AND d.colno = c.colno AND d.class = 'T'
     WHERE ${where}
     ORDER BY t.tabname, c.colno`,
    parameters,
  )
  const named = rows.map((row) => ({ ...row, table: row.table.trimEnd() }))
  return groupByTable(named, column)
}

const NUMBERED: ReadonlySet<string> = new Set(['SERIAL', 'SERIAL8', 'BIGSERIAL'])

function column(row: ColumnRow): ReflectedColumn {
  const type = readType(row)
  return {
    name: row.name.trimEnd(),
    type,
    nullable: Math.floor(row.type / NOT_NULL) % 2 === 0,
    default: defaultText(row, type),
    autoincrement: NUMBERED.has(type.typeName),
  }
}

function defaultText(row: ColumnRow, type: TypeEngine): string | null {
  switch (row.default_kind?.trim() ?? '') {
    case 'L':
      return literal(row.default?.trimEnd() ?? '', type)
    case 'U':
      return 'USER'
    case 'C':
      return 'CURRENT'
    case 'T':
      return 'TODAY'
    case 'S':
      return 'DBSERVERNAME'
    default:
      return null
  }
}

/** Strings are kept as they are; other values have their binary form and a blank in front. */
function literal(text: string, type: TypeEngine): string {
  if (type.affinity === 'String') return `'${text.replaceAll("'", "''")}'`
  return text.slice(text.indexOf(' ') + 1)
}
