import type { CatalogScope } from '../../../engine/catalog-reader.ts'

/** Kinds of relation, as `pg_class.relkind` has them. */
export type RelationKind =
  | 'foreignTable'
  | 'materializedView'
  | 'partitionedTable'
  | 'sequence'
  | 'table'
  | 'view'

const LETTER: Readonly<Record<RelationKind, string>> = {
  foreignTable: 'f',
  materializedView: 'm',
  partitionedTable: 'p',
  sequence: 'S',
  table: 'r',
  view: 'v',
}

/** What is looked for among the relations. */
export interface RelationFilter {
  readonly schema: string | null
  readonly kinds: readonly RelationKind[]
  /** Only these names; `null` is all. */
  readonly names?: readonly string[] | null
  /** Whether temporary relations are meant: only they, all but they (`false`), or either (`null`). */
  readonly temporary: boolean | null
}

/** The end of a query: `FROM pg_class c … WHERE …`, and the values of its placeholders. */
export interface RelationSource {
  readonly from: string
  readonly where: string
  readonly parameters: readonly unknown[]
}

/** The relations that a scope means. What is asked for by name may be temporary; a survey leaves those out. */
export function relationsIn(scope: CatalogScope): RelationSource {
  const views = scope.views === true ? (['view', 'materializedView'] as const) : []
  return relationSource({
    schema: scope.schema,
    kinds: ['table', 'partitionedTable', 'foreignTable', ...views],
    names: scope.tables,
    temporary: scope.tables === null ? false : null,
  })
}

/** Relations as `c`, their schemas as `n`. Without a schema: what the search path finds, the server's own catalog aside. */
export function relationSource(filter: RelationFilter): RelationSource {
  const parameters: unknown[] = []
  const letters = filter.kinds.map((kind) => `'${LETTER[kind]}'`).join(', ')
  const conditions = [`c.relkind = ANY (ARRAY[${letters}]::"char"[])`]
  if (filter.temporary !== null) {
    conditions.push(`c.relpersistence ${filter.temporary ? '=' : '<>'} 't'`)
  }
  if (filter.schema === null) {
    conditions.push('pg_catalog.pg_table_is_visible(c.oid)', `n.nspname <> 'pg_catalog'`)
  } else {
    parameters.push(filter.schema)
    conditions.push(`n.nspname = $${parameters.length}`)
  }
  if (filter.names !== null && filter.names !== undefined) {
    parameters.push(filter.names)
    conditions.push(`c.relname = ANY ($${parameters.length}::text[])`)
  }
  return {
    from: 'pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace',
    where: conditions.join(' AND '),
    parameters,
  }
}
