import type { Connection } from '../../../engine/connection.ts'
import { queryCatalog } from '../inspect/catalog-rows.ts'

/** Something of a database that is no table, and the statement that makes it. */
interface Surrounding {
  /** `view sales.totals` */
  readonly label: string
  /** `null` where the catalog can't say it. */
  readonly sql: string | null
}

/** What stands around tables in another database. */
export interface CopiedSurroundings {
  /** Copies what stands on tables. */
  copyDependents(): Promise<void>
  /** What could not be copied. */
  lacks(): readonly string[]
}

/**
 * Makes the schemas, extensions, types and functions of a database in an empty one. What fails, since it needs a table, is
 * tried again when those are there; what fails then is said.
 */
export async function copySurroundings(
  from: Connection,
  to: Connection,
): Promise<CopiedSurroundings> {
  await to.execute("SELECT set_config('check_function_bodies', 'off', false)")
  let open = await makeAll(to, await read(from, BEFORE_TABLES))
  const later = await read(from, ON_TABLES)
  return {
    copyDependents: async () => {
      open = await makeAll(to, [...open, ...later])
    },
    lacks: () => open.map(({ label }) => label),
  }
}

/** What a database has beside tables, and enumerations, which come with their tables. */
export async function readSurroundings(connection: Connection): Promise<readonly string[]> {
  const beside = BEFORE_TABLES.filter((query) => query !== SCHEMAS && query !== ENUMERATIONS)
  const found = await read(connection, [...beside, ...ON_TABLES])
  return found.map(({ label }) => label)
}

async function read(connection: Connection, queries: readonly string[]): Promise<Surrounding[]> {
  const found: Surrounding[] = []
  for (const query of queries) found.push(...(await queryCatalog<Surrounding>(connection, query)))
  return found
}

/** Some need others: tries until nothing more can be made. Gives what is left. */
async function makeAll(to: Connection, wanted: readonly Surrounding[]): Promise<Surrounding[]> {
  let open = [...wanted]
  for (;;) {
    const failed: Surrounding[] = []
    for (const one of open) if (!(await isMade(to, one))) failed.push(one)
    if (failed.length === open.length || failed.length === 0) return failed
    open = failed
  }
}

async function isMade(to: Connection, { sql }: Surrounding): Promise<boolean> {
  if (sql === null) return false
  return await to.execute(sql).then(
    () => true,
    () => false,
  )
}

/** Whether something belongs to an extension, which makes it. */
const isOfExtension = (catalog: string): string =>
  `EXISTS (SELECT 1 FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.${catalog}'::regclass
             AND x.objid = o.oid AND x.deptype = 'e')`

/** Whether a schema is the user's. */
const IS_OWN = String.raw`n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
  AND n.nspname NOT LIKE 'alembic\_verify\_%'`

const SCHEMAS = `
  SELECT 'schema ' || quote_ident(n.nspname) AS label,
         'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(n.nspname) AS sql
    FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_namespace o ON o.oid = n.oid
   WHERE ${IS_OWN} AND NOT ${isOfExtension('pg_namespace')} ORDER BY n.oid`

const EXTENSIONS = `
  SELECT 'extension ' || quote_ident(o.extname) AS label,
         'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(o.extname) ||
         CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_depend x
                            WHERE x.classid = 'pg_catalog.pg_namespace'::regclass AND x.objid = n.oid
                              AND x.deptype = 'e')
              THEN '' ELSE ' SCHEMA ' || quote_ident(n.nspname) END AS sql
    FROM pg_catalog.pg_extension o JOIN pg_catalog.pg_namespace n ON n.oid = o.extnamespace
   WHERE o.extname <> 'plpgsql' ORDER BY o.oid`

const NAME = "quote_ident(n.nspname) || '.' || quote_ident(o.typname)"

const COLLATION =
  "CASE WHEN c.oid IS NULL THEN '' ELSE ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(c.collname) END"

const ENUMERATIONS = `
  SELECT 'type ' || ${NAME} AS label,
         'CREATE TYPE ' || ${NAME} || ' AS ENUM (' ||
         (SELECT COALESCE(string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder), '')
            FROM pg_catalog.pg_enum e WHERE e.enumtypid = o.oid) || ')' AS sql
    FROM pg_catalog.pg_type o JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
   WHERE o.typtype = 'e' AND ${IS_OWN} AND NOT ${isOfExtension('pg_type')} ORDER BY o.oid`

const DOMAINS = `
  SELECT 'domain ' || ${NAME} AS label,
         'CREATE DOMAIN ' || ${NAME} || ' AS ' ||
         pg_catalog.format_type(o.typbasetype, o.typtypmod) || ${COLLATION} ||
         COALESCE(' DEFAULT ' || o.typdefault, '') || CASE WHEN o.typnotnull THEN ' NOT NULL' ELSE '' END ||
         COALESCE((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' ||
                                     pg_catalog.pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                     FROM pg_catalog.pg_constraint k WHERE k.contypid = o.oid AND k.contype = 'c'), '') AS sql
    FROM pg_catalog.pg_type o JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
    JOIN pg_catalog.pg_type b ON b.oid = o.typbasetype
    LEFT JOIN pg_catalog.pg_collation c ON c.oid = o.typcollation AND o.typcollation <> b.typcollation
    LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = c.collnamespace
   WHERE o.typtype = 'd' AND ${IS_OWN} AND NOT ${isOfExtension('pg_type')} ORDER BY o.oid`

/** Those that were made as types, and not with a table. */
const COMPOSITES = `
  SELECT 'type ' || ${NAME} AS label,
         'CREATE TYPE ' || ${NAME} || ' AS (' ||
         (SELECT COALESCE(string_agg(quote_ident(a.attname) || ' ' ||
                                     pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum), '')
            FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = o.typrelid AND a.attnum > 0 AND NOT a.attisdropped) || ')' AS sql
    FROM pg_catalog.pg_type o JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
    JOIN pg_catalog.pg_class r ON r.oid = o.typrelid AND r.relkind = 'c'
   WHERE ${IS_OWN} AND NOT ${isOfExtension('pg_type')} ORDER BY o.oid`

const RANGES = `
  SELECT 'type ' || ${NAME} AS label,
         CASE WHEN r.rngcanonical = 0 AND r.rngsubdiff = 0
              THEN 'CREATE TYPE ' || ${NAME} || ' AS RANGE (SUBTYPE = ' ||
                   pg_catalog.format_type(r.rngsubtype, NULL) || ')' END AS sql
    FROM pg_catalog.pg_type o JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
    JOIN pg_catalog.pg_range r ON r.rngtypid = o.oid
   WHERE ${IS_OWN} AND NOT ${isOfExtension('pg_type')} ORDER BY o.oid`

/** Aggregates have no text in the catalog. `prokind` came with server 11. */
const FUNCTIONS = `
  SELECT 'function ' || quote_ident(n.nspname) || '.' || quote_ident(o.proname) AS label,
         CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_aggregate a WHERE a.aggfnoid = o.oid) THEN NULL
              ELSE pg_catalog.pg_get_functiondef(o.oid) END AS sql
    FROM pg_catalog.pg_proc o JOIN pg_catalog.pg_namespace n ON n.oid = o.pronamespace
   WHERE ${IS_OWN} AND NOT ${isOfExtension('pg_proc')} AND NOT EXISTS (
           SELECT 1 FROM pg_catalog.pg_depend i WHERE i.classid = 'pg_catalog.pg_proc'::regclass
              AND i.objid = o.oid AND i.deptype = 'i')
   ORDER BY o.oid`

const VIEWS = `
  SELECT CASE o.relkind WHEN 'm' THEN 'materialized ' ELSE '' END || 'view ' ||
         quote_ident(n.nspname) || '.' || quote_ident(o.relname) AS label,
         'CREATE ' || CASE o.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW ' ||
         quote_ident(n.nspname) || '.' || quote_ident(o.relname) || ' AS ' ||
         regexp_replace(pg_catalog.pg_get_viewdef(o.oid), ';\\s*$', '') ||
         CASE o.relkind WHEN 'm' THEN ' WITH NO DATA' ELSE '' END AS sql
    FROM pg_catalog.pg_class o JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
   WHERE o.relkind IN ('v', 'm') AND ${IS_OWN} AND NOT ${isOfExtension('pg_class')} ORDER BY o.oid`

/** In the order in which most of them can be made. */
const BEFORE_TABLES = [SCHEMAS, EXTENSIONS, ENUMERATIONS, DOMAINS, COMPOSITES, RANGES, FUNCTIONS]
const ON_TABLES = [VIEWS]
