import type { Connection } from '../../../engine/connection.ts'
import type { ColumnPlace, ReflectedEnumUse } from '../../../engine/reflected.ts'
import { queryCatalog } from './catalog-rows.ts'

interface EnumInUseRow {
  readonly name: string
  readonly schema: string
  readonly visible: boolean
  readonly labels: readonly string[]
  readonly columns: readonly ColumnPlace[]
  readonly elsewhere: boolean
}

/**
 * All enumerations but those of the server itself, with the columns that are of them. What the role may not drop, or can't
 * name, counts as used elsewhere.
 */
export async function readEnumsInUse(connection: Connection): Promise<readonly ReflectedEnumUse[]> {
  const rows = await queryCatalog<EnumInUseRow>(
    connection,
    `SELECT t.typname AS name, n.nspname AS schema, pg_catalog.pg_type_is_visible(t.oid) AS visible,
       COALESCE((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
                   FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]') AS labels,
       COALESCE((SELECT json_agg(json_build_object('schema', cn.nspname, 'table', c.relname,
                                                   'column', a.attname) ORDER BY a.attrelid, a.attnum)
                   FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                   JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
                  WHERE a.atttypid IN (t.oid, t.typarray) AND c.relkind IN ('r', 'p')
                    AND NOT a.attisdropped), '[]') AS columns,
       EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                 LEFT JOIN pg_catalog.pg_class c
                   ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
                WHERE d.refclassid = 'pg_catalog.pg_type'::regclass
                  AND d.refobjid IN (t.oid, t.typarray) AND d.objid <> t.typarray
                  AND d.classid NOT IN ('pg_catalog.pg_attrdef'::regclass,
                                        'pg_catalog.pg_constraint'::regclass)
                  AND COALESCE(c.relkind, 'x') NOT IN ('r', 'p', 'i', 'I'))
         OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                     WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid
                       AND d.deptype = 'e')
         OR NOT pg_catalog.pg_has_role(t.typowner, 'USAGE')
         OR NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS elsewhere
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype = 'e' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
     ORDER BY n.nspname, t.typname`,
  )
  return rows.map(({ elsewhere, ...row }) => ({ ...row, isUsedElsewhere: elsewhere }))
}
