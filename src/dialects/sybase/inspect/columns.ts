import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByName, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import { NullType } from '../../../sql/types/null-type.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import * as sybase from '../types.ts'
import { tablesIn } from './catalog.ts'

interface ColumnRow {
  readonly table: string
  readonly name: string
  readonly type: string
  /** In bytes. */
  readonly length: number
  readonly precision: number | null
  readonly scale: number | null
  readonly is_nullable: number
  readonly is_identity: number
  readonly is_computed: number
  readonly is_materialized: number
  /** A piece of the default or of the expression. */
  readonly text: string | null
  readonly unichar_size: number
  readonly nchar_size: number
}

/** The columns of each table, in their order. The texts of defaults come in pieces of 255 characters, a row each. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const { where, parameters } = tablesIn(scope)
  const rows = await queryCatalog<ColumnRow>(
    connection,
    `SELECT o.name AS "table", c.name AS "name", t.name AS "type", c.length AS "length",
       c.prec AS "precision", c.scale AS "scale", c.status & 8 AS "is_nullable",
       c.status & 128 AS "is_identity", ISNULL(c.status2, 0) & 16 AS "is_computed",
       ISNULL(c.status2, 0) & 32 AS "is_materialized", m.text AS "text",
       @@unicharsize AS "unichar_size", @@ncharsize AS "nchar_size"
     FROM sysobjects o
     JOIN syscolumns c ON c.id = o.id
     JOIN systypes t ON t.usertype = c.usertype
     LEFT JOIN syscomments m ON m.id = ISNULL(c.computedcol, NULLIF(c.cdefault, 0))
     WHERE ${where}
     ORDER BY o.name, c.colid, m.colid2, m.colid`,
    parameters,
  )
  return groupByName(rows, (first, all) =>
    column(first, all.map(({ text }) => text ?? '').join('')),
  )
}

function column(row: ColumnRow, text: string): ReflectedColumn {
  const isComputed = row.is_computed !== 0
  return {
    name: row.name,
    type: readType(row),
    nullable: row.is_nullable !== 0,
    default: isComputed ? null : defaultText(text),
    autoincrement: row.is_identity !== 0,
    ...(isComputed
      ? {
          computed: {
            sqltext: withoutOuterParentheses(text.replace(/^\s*AS\b/i, '')),
            persisted: row.is_materialized !== 0,
          },
        }
      : {}),
  }
}

/** The text is the whole clause, or that of a default object which was bound to the column. */
function defaultText(text: string): string | null {
  const value = text.replace(/^\s*(?:CREATE\s+DEFAULT\s+\S+\s+AS\b|DEFAULT\b)/i, '').trim()
  return value === '' ? null : value
}

const PLAIN_TYPES: ReadonlyMap<string, () => TypeEngine> = new Map<string, () => TypeEngine>([
  ['bigint', () => sybase.BIGINT()],
  ['int', () => sybase.INTEGER()],
  ['intn', () => sybase.INTEGER()],
  ['smallint', () => sybase.SMALLINT()],
  ['tinyint', () => sybase.TINYINT()],
  ['real', () => sybase.REAL()],
  ['double precision', () => sybase.DOUBLE_PRECISION()],
  ['money', () => sybase.MONEY()],
  ['smallmoney', () => sybase.SMALLMONEY()],
  ['datetime', () => sybase.DATETIME()],
  ['date', () => sybase.DATE()],
  ['time', () => sybase.TIME()],
  ['timestamp', () => sybase.TIMESTAMP()],
  ['bit', () => sybase.BIT()],
  ['text', () => sybase.TEXT()],
  ['unitext', () => sybase.UNITEXT()],
  ['image', () => sybase.IMAGE()],
])

/** `NullType` for types of users, and for the server's without a class here (unsigned, `smalldatetime`, `bigdatetime`). */
function readType(row: ColumnRow): TypeEngine {
  const { type, length, precision, scale } = row
  const plain = PLAIN_TYPES.get(type)
  if (plain !== undefined) return plain()
  switch (type) {
    case 'numeric':
      return sybase.NUMERIC(precision, scale)
    case 'decimal':
      return sybase.DECIMAL(precision, scale)
    case 'float':
      return length === 4 ? sybase.REAL() : sybase.FLOAT()
    case 'char':
      return sybase.CHAR(length)
    case 'varchar':
      return sybase.VARCHAR(length)
    case 'nchar':
      return sybase.NCHAR(length / row.nchar_size)
    case 'nvarchar':
      return sybase.NVARCHAR(length / row.nchar_size)
    case 'unichar':
      return sybase.UNICHAR(length / row.unichar_size)
    case 'univarchar':
      return sybase.UNIVARCHAR(length / row.unichar_size)
    case 'binary':
      return sybase.BINARY(length)
    case 'varbinary':
      return sybase.VARBINARY(length)
    default:
      return NullType()
  }
}
