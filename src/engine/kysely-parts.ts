/** A class of Kysely's, as far as it is made here. */
type KyselyClass = new (...args: never[]) => object

/** What `import('kysely')` gives, as far as dialects take classes from it. */
export type KyselyModule = Readonly<Record<string, unknown>>

/** Kysely's own classes for a database. */
export interface KyselyParts {
  readonly Adapter: KyselyClass
  readonly QueryCompiler: KyselyClass
  readonly Introspector: KyselyClass
}

/** Takes the classes of one name (`PostgresAdapter`, `PostgresQueryCompiler`, …) from Kysely. */
export function kyselyPartsNamed(kysely: KyselyModule, prefix: string): KyselyParts {
  const take = (role: string): KyselyClass => kysely[`${prefix}${role}`] as KyselyClass
  return {
    Adapter: take('Adapter'),
    QueryCompiler: take('QueryCompiler'),
    Introspector: take('Introspector'),
  }
}
