import type { Connection } from '../../../engine/connection.ts'
import { queryCatalog } from './catalog-rows.ts'

/** An enumeration, by its OID. */
export interface EnumRow {
  readonly oid: string
  readonly name: string
  readonly schema: string
  readonly visible: boolean
  readonly labels: readonly string[]
}

/** A domain, by its OID. */
export interface DomainRow {
  readonly oid: string
  readonly name: string
  readonly schema: string
  readonly visible: boolean
  /** The type below it, as `format_type()` writes it. */
  readonly base: string
  readonly base_oid: string
  readonly base_kind: string
  readonly not_null: boolean
  readonly default: string | null
  readonly collation: string | null
  readonly checks: readonly { readonly name: string; readonly definition: string }[] | null
}

/** Where named types are looked for: everywhere, in one schema, or in what the search path finds (`null`). */
export type TypeScope = { readonly schema: string | null } | 'everywhere'

function typeCondition(scope: TypeScope): { where: string; parameters: readonly unknown[] } {
  if (scope === 'everywhere') return { where: 'true', parameters: [] }
  if (scope.schema !== null) return { where: 'n.nspname = $1', parameters: [scope.schema] }
  return {
    where: `pg_catalog.pg_type_is_visible(t.oid) AND n.nspname <> 'pg_catalog'`,
    parameters: [],
  }
}

/** The enumerations, by schema and name. */
export async function readEnumRows(
  connection: Connection,
  scope: TypeScope,
): Promise<readonly EnumRow[]> {
  const { where, parameters } = typeCondition(scope)
  return await queryCatalog<EnumRow>(
    connection,
    `SELECT t.oid::text AS oid, t.typname AS name, n.nspname AS schema,
       pg_catalog.pg_type_is_visible(t.oid) AS visible,
       COALESCE((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
                   FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]') AS labels
     FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype = 'e' AND ${where}
     ORDER BY n.nspname, t.typname`,
    parameters,
  )
}

/** The domains, by schema and name. */
export async function readDomainRows(
  connection: Connection,
  scope: TypeScope,
): Promise<readonly DomainRow[]> {
  const { where, parameters } = typeCondition(scope)
  return await queryCatalog<DomainRow>(
    connection,
    `SELECT t.oid::text AS oid, t.typname AS name, n.nspname AS schema,
       pg_catalog.pg_type_is_visible(t.oid) AS visible,
       pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base,
       COALESCE(item.oid, base.oid)::text AS base_oid,
       COALESCE(item.typtype, base.typtype)::text AS base_kind,
       t.typnotnull AS not_null, t.typdefault AS default, coll.collname AS collation,
       (SELECT json_agg(json_build_object('name', con.conname,
                 'definition', pg_catalog.pg_get_constraintdef(con.oid, true)) ORDER BY con.conname)
          FROM pg_catalog.pg_constraint con
         WHERE con.contypid = t.oid AND con.contype = 'c') AS checks
     FROM pg_catalog.pg_type t
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
     LEFT JOIN pg_catalog.pg_type item ON item.oid = base.typelem AND base.typcategory = 'A'
     LEFT JOIN pg_catalog.pg_collation coll ON coll.oid = t.typcollation
     WHERE t.typtype = 'd' AND ${where}
     ORDER BY n.nspname, t.typname`,
    parameters,
  )
}
