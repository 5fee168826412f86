import type { QueryResult } from '../../../engine/driver.ts'
import type { ConvertedColumn } from '../types/type-statements.ts'

/** Runs a query. */
export type Ask = (sql: string, parameters: readonly unknown[]) => Promise<QueryResult>

/** A table with columns of an enumeration type. */
export interface TableOfEnum {
  readonly schema: string
  readonly name: string
  readonly columns: readonly ConvertedColumn[]
}

/** What must go before the type can, and come back after. */
export interface RestorableObject {
  readonly drop: string
  readonly create: string
}

/** What depends on an enumeration type. */
export interface EnumUses {
  readonly tables: readonly TableOfEnum[]
  readonly restorable: readonly RestorableObject[]
  /** Statements that give a new type the comment, the privileges and the owner of this one. */
  readonly properties: readonly string[]
  /** What has no place to come back to by itself, in words: `view v`. */
  readonly blocking: readonly string[]
}

/** The type `$1`, and the columns of tables that are of it or of an array of it. */
const TYPE_AND_COLUMNS = `
  WITH wanted AS (SELECT t.oid, t.typarray FROM pg_catalog.pg_type t WHERE t.oid = to_regtype($1::text)),
  cols AS (
    SELECT a.attrelid, a.attnum, a.attname, a.attinhcount, a.atttypid = w.typarray AS is_array
      FROM wanted w JOIN pg_catalog.pg_attribute a ON a.atttypid IN (w.oid, w.typarray)
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped)`

// A generated column's expression is in pg_attrdef as well; servers before 12 have no such columns.
const COLUMNS = `${TYPE_AND_COLUMNS}
  SELECT n.nspname AS schema, c.relname AS "table", cols.attname AS "column", cols.is_array,
         pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS "default"
    FROM cols JOIN pg_catalog.pg_class c ON c.oid = cols.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = cols.attrelid AND d.adnum = cols.attnum
   WHERE cols.attinhcount = 0
   ORDER BY n.nspname, c.relname, cols.attnum`

/** Constraints and indexes: the server writes them anew itself, unless they name the type or tie two columns of it. */
// Of an index on a partitioned table the server says ON ONLY, which leaves the partitions without.
const RESTORABLE = `${TYPE_AND_COLUMNS}
  SELECT 1 AS step, con.conname AS name,
         format('ALTER TABLE %s DROP CONSTRAINT %I', con.conrelid::regclass, con.conname) AS drop,
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', con.conrelid::regclass, con.conname,
                pg_catalog.pg_get_constraintdef(con.oid)) AS create
    FROM pg_catalog.pg_constraint con
   WHERE con.conrelid <> 0 AND con.coninhcount = 0
     AND ((con.contype = 'f' AND EXISTS (
            SELECT 1 FROM cols WHERE (cols.attrelid = con.conrelid AND cols.attnum = ANY (con.conkey))
                OR (cols.attrelid = con.confrelid AND cols.attnum = ANY (con.confkey))))
       OR (con.contype IN ('c', 'x') AND EXISTS (
            SELECT 1 FROM pg_catalog.pg_depend d, wanted w
             WHERE d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = con.oid
               AND d.refclassid = 'pg_catalog.pg_type'::regclass
               AND d.refobjid IN (w.oid, w.typarray))))
  UNION ALL
  SELECT 2, c.relname, format('DROP INDEX %s', c.oid::regclass),
         CASE c.relkind WHEN 'I' THEN regexp_replace(pg_catalog.pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ')
                        ELSE pg_catalog.pg_get_indexdef(c.oid) END
    FROM pg_catalog.pg_class c
   WHERE c.relkind IN ('i', 'I') AND NOT c.relispartition
     AND EXISTS (SELECT 1 FROM pg_catalog.pg_depend d, wanted w
                  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                    AND d.refclassid = 'pg_catalog.pg_type'::regclass
                    AND d.refobjid IN (w.oid, w.typarray))
     AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint con WHERE con.conindid = c.oid)
   ORDER BY 1, 2`

/** Whatever else depends on the type, or on a column of it in a way that stops ALTER COLUMN. */
const BLOCKING = `${TYPE_AND_COLUMNS},
  needing AS (
    SELECT DISTINCT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d, wanted w
     WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid IN (w.oid, w.typarray)
       AND NOT (d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = w.typarray)
    UNION
    SELECT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d JOIN cols
        ON d.refobjid = cols.attrelid AND d.refobjsubid = cols.attnum
     WHERE d.refclassid = 'pg_catalog.pg_class'::regclass
       AND (d.classid IN ('pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_trigger'::regclass,
                          'pg_catalog.pg_policy'::regclass)
            OR (d.classid = 'pg_catalog.pg_attrdef'::regclass AND NOT EXISTS (
                  SELECT 1 FROM pg_catalog.pg_attrdef own
                   WHERE own.oid = d.objid AND own.adrelid = cols.attrelid
                     AND own.adnum = cols.attnum))))
  SELECT DISTINCT CASE WHEN n.classid = 'pg_catalog.pg_rewrite'::regclass
              THEN (SELECT CASE v.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || v.oid::regclass
                      FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
                     WHERE r.oid = n.objid)
              WHEN c.relkind IN ('v', 'm')
              THEN CASE c.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || c.oid::regclass
              ELSE pg_catalog.pg_describe_object(n.classid, n.objid, n.objsubid) END AS name
    FROM needing n
    LEFT JOIN pg_catalog.pg_class c
      ON n.classid = 'pg_catalog.pg_class'::regclass AND c.oid = n.objid
   WHERE NOT (n.classid = 'pg_catalog.pg_class'::regclass
              AND (c.relkind IN ('i', 'I')
                   OR (n.objid, n.objsubid) IN (SELECT attrelid, attnum FROM cols)))
     AND NOT (n.classid = 'pg_catalog.pg_attrdef'::regclass AND EXISTS (
           SELECT 1 FROM pg_catalog.pg_attrdef ad JOIN cols
               ON cols.attrelid = ad.adrelid AND cols.attnum = ad.adnum WHERE ad.oid = n.objid))
     AND NOT (n.classid = 'pg_catalog.pg_constraint'::regclass AND EXISTS (
           SELECT 1 FROM pg_catalog.pg_constraint con WHERE con.oid = n.objid AND con.conrelid <> 0))
  UNION
  SELECT 'partition key of table ' || p.partrelid::regclass FROM pg_catalog.pg_partitioned_table p
    JOIN cols ON cols.attrelid = p.partrelid AND cols.attnum = ANY (p.partattrs)
   ORDER BY 1`

/** What the new type must be given that CREATE TYPE does not say. */
const PROPERTIES = `
  WITH wanted AS (SELECT t.* FROM pg_catalog.pg_type t WHERE t.oid = to_regtype($1::text))
  SELECT 1 AS step, format('COMMENT ON TYPE %s IS %L', $1::text, d.description) AS sql
    FROM wanted w JOIN pg_catalog.pg_description d
      ON d.objoid = w.oid AND d.classoid = 'pg_catalog.pg_type'::regclass AND d.objsubid = 0
  UNION ALL
  SELECT 2, format('REVOKE ALL ON TYPE %s FROM PUBLIC', $1::text) FROM wanted WHERE typacl IS NOT NULL
  UNION ALL
  SELECT 3, format('GRANT USAGE ON TYPE %s TO %s%s', $1::text, COALESCE(quote_ident(r.rolname), 'PUBLIC'),
                   CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM wanted w CROSS JOIN LATERAL pg_catalog.aclexplode(w.typacl) acl
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee
   WHERE acl.grantee <> w.typowner
  UNION ALL
  SELECT 4, format('ALTER TYPE %s OWNER TO %I', $1::text, r.rolname)
    FROM wanted w JOIN pg_catalog.pg_roles r ON r.oid = w.typowner WHERE r.rolname <> current_user
   ORDER BY 1, 2`

/** What depends on the type of that name, as SQL writes it. */
export async function readEnumUses(ask: Ask, name: string): Promise<EnumUses> {
  const [columns, restorable, blocking, properties] = [
    await ask(COLUMNS, [name]),
    await ask(RESTORABLE, [name]),
    await ask(BLOCKING, [name]),
    await ask(PROPERTIES, [name]),
  ]
  return {
    tables: tablesOf(columns.rows as unknown as readonly ColumnRow[]),
    restorable: restorable.rows.map((row) => ({
      drop: String(row['drop']),
      create: String(row['create']),
    })),
    properties: properties.rows.map((row) => String(row['sql'])),
    blocking: blocking.rows.map((row) => String(row['name'])),
  }
}

interface ColumnRow {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly is_array: boolean
  readonly default: string | null
}

function tablesOf(rows: readonly ColumnRow[]): readonly TableOfEnum[] {
  const tables = new Map<string, { schema: string; name: string; columns: ConvertedColumn[] }>()
  for (const row of rows) {
    const key = JSON.stringify([row.schema, row.table])
    const table = tables.get(key) ?? { schema: row.schema, name: row.table, columns: [] }
    tables.set(key, table)
    table.columns.push({ name: row.column, isArray: row.is_array, default: row.default })
  }
  return [...tables.values()]
}
