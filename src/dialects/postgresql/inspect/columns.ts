import type { ByTable, CatalogScope } from '../../../engine/catalog-reader.ts'
import type { Connection } from '../../../engine/connection.ts'
import { exactInteger } from '../../../engine/driver.ts'
import type { ReflectedColumn } from '../../../engine/reflected.ts'
import type { IdentityOptions } from '../../../sql/schema/server-default.ts'
import type { TypeEngine } from '../../../sql/types/type-engine.ts'
import { DomainType } from '../types/domain.ts'
import { isMajorAtLeast, queryCatalog } from './catalog-rows.ts'
import { TypeReader } from './column-types.ts'
import { readDomainRows, readEnumRows } from './named-types.ts'
import { relationsIn } from './relations.ts'

interface ColumnRow {
  readonly table: string
  /** `null` for a table without columns. */
  readonly name: string | null
  readonly format: string
  readonly oid: string
  readonly kind: string
  readonly collation: string | null
  readonly not_null: boolean
  readonly default: string | null
  readonly owned_sequence: string | null
  readonly comment: string | null
  /** `s` stored, `v` virtual (server 18), empty for an ordinary column. */
  readonly generated: string
  readonly identity: IdentityRow | null
}

interface IdentityRow {
  readonly always: boolean
  readonly start: string
  readonly increment: string
  readonly minvalue: string
  readonly maxvalue: string
  readonly cache: string
  readonly cycle: boolean
}

// Text, because a JSON number of 64 bits would be rounded.
const IDENTITY = `
  CASE WHEN a.attidentity <> '' THEN
    (SELECT json_build_object('always', a.attidentity = 'a', 'start', s.seqstart::text,
              'increment', s.seqincrement::text, 'minvalue', s.seqmin::text,
              'maxvalue', s.seqmax::text, 'cache', s.seqcache::text, 'cycle', s.seqcycle)
       FROM pg_catalog.pg_sequence s
      WHERE s.seqrelid = pg_catalog.pg_get_serial_sequence(
              a.attrelid::regclass::text, a.attname::text)::regclass::oid) END`

// SERIAL: the sequence that the default uses belongs to the column.
const OWNED_SEQUENCE = `
  (SELECT s.relname FROM pg_catalog.pg_depend own
     JOIN pg_catalog.pg_class s ON s.oid = own.objid AND s.relkind = 'S'
     JOIN pg_catalog.pg_depend used ON used.classid = 'pg_catalog.pg_attrdef'::regclass
       AND used.objid = d.oid AND used.refclassid = 'pg_catalog.pg_class'::regclass AND used.refobjid = s.oid
    WHERE own.classid = 'pg_catalog.pg_class'::regclass AND own.refclassid = own.classid
      AND own.refobjid = a.attrelid AND own.refobjsubid = a.attnum AND d.oid IS NOT NULL
    LIMIT 1)`

async function readColumnRows(
  connection: Connection,
  scope: CatalogScope,
): Promise<readonly ColumnRow[]> {
  const { from, where, parameters } = relationsIn(scope)
  // Generated columns came with server 12.
  const generated = isMajorAtLeast(connection, 12) ? 'a.attgenerated::text' : `''`
  return await queryCatalog<ColumnRow>(
    connection,
    `SELECT c.relname AS table, a.attname AS name, a.attnotnull AS not_null,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS format,
       COALESCE(item.oid, t.oid)::text AS oid, COALESCE(item.typtype, t.typtype)::text AS kind,
       CASE WHEN a.attcollation <> t.typcollation THEN coll.collname END AS collation,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default, ${OWNED_SEQUENCE} AS owned_sequence,
       pg_catalog.col_description(a.attrelid, a.attnum) AS comment,
       ${generated} AS generated, ${IDENTITY} AS identity
     FROM ${from}
     LEFT JOIN pg_catalog.pg_attribute a
       ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_catalog.pg_type item ON item.oid = t.typelem AND t.typcategory = 'A'
     LEFT JOIN pg_catalog.pg_collation coll ON coll.oid = a.attcollation
     WHERE ${where}
     ORDER BY c.relname, a.attnum`,
    parameters,
  )
}

/** The columns of each table; named types are read only where a column has one. */
export async function readColumns(
  connection: Connection,
  scope: CatalogScope,
): Promise<ByTable<readonly ReflectedColumn[]>> {
  const rows = await readColumnRows(connection, scope)
  const types = await readTypesFor(connection, new Set(rows.map(({ kind }) => kind)))
  const tables = new Map<string, ReflectedColumn[]>()
  for (const row of rows) {
    const columns = tables.get(row.table) ?? []
    tables.set(row.table, columns)
    if (row.name !== null) columns.push(column(row, row.name, types.read(row), scope.schema))
  }
  return tables
}

async function readTypesFor(
  connection: Connection,
  kinds: ReadonlySet<string>,
): Promise<TypeReader> {
  const domains = kinds.has('d') ? await readDomainRows(connection, 'everywhere') : []
  const isEnumBelow = domains.some((row) => row.base_kind === 'e')
  const enums = kinds.has('e') || isEnumBelow ? await readEnumRows(connection, 'everywhere') : []
  return new TypeReader(enums, domains)
}

function column(
  row: ColumnRow,
  name: string,
  type: TypeEngine,
  schema: string | null,
): ReflectedColumn {
  const isGenerated = row.generated !== ''
  const domain = type instanceof DomainType ? type : null
  const domainDefault = typeof domain?.default === 'string' ? domain.default : null
  const text = isGenerated ? null : (row.default ?? domainDefault)
  const sequence = text === null ? null : NEXTVAL.exec(text)
  return {
    name,
    type,
    nullable: !row.not_null && domain?.notNull !== true,
    default: text === null ? null : withSequenceSchema(text, schema),
    autoincrement: row.identity !== null || (sequence !== null && type.affinity === 'Integer'),
    ...(row.owned_sequence === null ? {} : { ownedSequence: row.owned_sequence }),
    comment: row.comment,
    ...(isGenerated
      ? { computed: { sqltext: row.default ?? '', persisted: row.generated === 's' } }
      : {}),
    ...(row.identity === null ? {} : { identity: identity(row.identity) }),
  }
}

const NEXTVAL = /^(.*nextval\(')([^']+)('.*)$/s

/** A default that the search path would resolve differently elsewhere gets the schema that is being read. */
function withSequenceSchema(text: string, schema: string | null): string {
  const [, before = '', name = '', after = ''] = NEXTVAL.exec(text) ?? []
  if (name === '' || name.includes('.') || schema === null) return text
  return `${before}"${schema}".${name}${after}`
}

function identity(row: IdentityRow): IdentityOptions {
  return {
    always: row.always,
    start: exactInteger(row.start),
    increment: exactInteger(row.increment),
    minvalue: exactInteger(row.minvalue),
    maxvalue: exactInteger(row.maxvalue),
    cache: exactInteger(row.cache),
    cycle: row.cycle,
  }
}
