import { nameFromCatalog } from '../../../engine/capital-names.ts'
import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import { groupByTable, queryCatalog } from '../../../engine/catalog-rows.ts'
import type { Connection } from '../../../engine/connection.ts'
import { exactInteger } from '../../../engine/driver.ts'
import { withoutOuterParentheses } from '../../../engine/outer-parentheses.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import type { IdentityOptions } from '../../../sql/schema/server-default.ts'
import { NullType } from '../../../sql/types/null-type.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import * as db2 from '../types.ts'
import { tablesIn } from './catalog.ts'

interface ColumnRow {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly length: number
  readonly scale: number
  /** 0 for strings of bytes (FOR BIT DATA). */
  readonly codepage: number
  readonly default: string | null
  readonly nulls: 'Y' | 'N'
  readonly is_identity: 'Y' | 'N'
  /** `A` always, `D` by default, a blank for a plain column. */
  readonly generated: string
  readonly text: string | null
  readonly comment: string | null
  readonly start: string | null
  readonly increment: string | null
  readonly minvalue: string | null
  readonly maxvalue: string | null
  readonly cycle: 'Y' | 'N' | null
  readonly cache: number | null
}

/** The columns of each table, in their order. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const { where, parameters } = tablesIn(connection, scope)
  const rows = await queryCatalog<ColumnRow>(
    connection,
    `SELECT t.TABNAME AS "table", c.COLNAME AS "name", c.TYPENAME AS "type", c.LENGTH AS "length",
       c.SCALE AS "scale", c.CODEPAGE AS "codepage", c."DEFAULT" AS "default", c.NULLS AS "nulls",
       c.IDENTITY AS "is_identity", c.GENERATED AS "generated", c.TEXT AS "text",
       c.REMARKS AS "comment", VARCHAR(i."START") AS "start",
       VARCHAR(i."INCREMENT") AS "increment", VARCHAR(i."MINVALUE") AS "minvalue",
       VARCHAR(i."MAXVALUE") AS "maxvalue", i."CYCLE" AS "cycle", i."CACHE" AS "cache"
     FROM SYSCAT.TABLES t
     JOIN SYSCAT.COLUMNS c ON c.TABSCHEMA = t.TABSCHEMA AND c.TABNAME = t.TABNAME
     LEFT JOIN SYSCAT.COLIDENTATTRIBUTES i
       ON i.TABSCHEMA = c.TABSCHEMA AND i.TABNAME = c.TABNAME AND i.COLNAME = c.COLNAME
     WHERE ${where}
     ORDER BY t.TABNAME, c.COLNO`,
    parameters,
  )
  const { preparer } = connection.dialect
  const named = rows.map((row) => ({ ...row, table: nameFromCatalog(row.table, preparer) }))
  return groupByTable(named, (row) => column(row, nameFromCatalog(row.name, preparer)))
}

function column(row: ColumnRow, name: string): ReflectedColumn {
  const isIdentity = row.is_identity === 'Y'
  const isComputed = !isIdentity && row.generated.trim() !== '' && row.text !== null
  return {
    name,
    type: readType(row),
    nullable: row.nulls === 'Y',
    default: row.default,
    autoincrement: isIdentity,
    comment: row.comment || null,
    ...(isComputed ? { computed: { sqltext: expression(row.text ?? '') } } : {}),
    ...(isIdentity ? { identity: identity(row) } : {}),
  }
}

/** The catalog has it as it was written: `AS (a + 1)`. */
function expression(text: string): string {
  return withoutOuterParentheses(text.replace(/^\s*(?:GENERATED\s+ALWAYS\s+)?AS\b/i, ''))
}

function identity(row: ColumnRow): IdentityOptions {
  const number = (text: string | null): number | bigint | null =>
    text === null ? null : exactInteger(text.trim())
  return {
    always: row.generated === 'A',
    start: number(row.start),
    increment: number(row.increment),
    minvalue: number(row.minvalue),
    maxvalue: number(row.maxvalue),
    cycle: row.cycle === 'Y',
    cache: row.cache,
  }
}

const PLAIN_TYPES: ReadonlyMap<string, () => TypeEngine> = new Map<string, () => TypeEngine>([
  ['SMALLINT', () => db2.SMALLINT()],
  ['INTEGER', () => db2.INTEGER()],
  ['BIGINT', () => db2.BIGINT()],
  ['REAL', () => db2.REAL()],
  ['DOUBLE', () => db2.DOUBLE()],
  ['BOOLEAN', () => db2.BOOLEAN()],
  ['DATE', () => db2.DATE()],
  ['TIME', () => db2.TIME()],
  ['TIMESTAMP', () => db2.TIMESTAMP()],
  ['LONG VARCHAR', () => db2.LONGVARCHAR()],
  ['LONG VARGRAPHIC', () => db2.LONGVARGRAPHIC()],
  ['XML', () => db2.XML()],
])

function readType({ type, length, scale, codepage }: ColumnRow): TypeEngine {
  const plain = PLAIN_TYPES.get(type)
  if (plain !== undefined) return plain()
  // Strings of bytes under the name of text have no type here.
  const isText = codepage !== 0
  switch (type) {
    case 'DECIMAL':
      return db2.DECIMAL(length, scale)
    // In bytes: 8 hold 16 digits, 16 hold 34.
    case 'DECFLOAT':
      return db2.DECFLOAT(length === 8 ? 16 : 34)
    case 'CHARACTER':
      return isText ? db2.CHAR(length) : NullType()
    case 'VARCHAR':
      return isText ? db2.VARCHAR(length) : NullType()
    case 'GRAPHIC':
      return db2.GRAPHIC(length)
    case 'VARGRAPHIC':
      return db2.VARGRAPHIC(length)
    case 'CLOB':
      return db2.CLOB(length)
    case 'DBCLOB':
      return db2.DBCLOB(length)
    case 'BLOB':
      return db2.BLOB(length)
    case 'BINARY':
      return db2.BINARY(length)
    case 'VARBINARY':
      return db2.VARBINARY(length)
    default:
      return NullType()
  }
}
