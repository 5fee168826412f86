/**
 * How values that travel beside a statement are written in it: `:name`, `?`, `$1`, `@1`, `:1`, `%s`, `%(name)s`.
 */
export type ParamStyle =
  | 'named'
  | 'qmark'
  | 'numeric'
  | 'numericAt'
  | 'numericColon'
  | 'format'
  | 'pyformat'

/** What a dialect can do and how: the questions that shared code may ask. */
export interface DialectFlags {
  /** `ALTER TABLE … ADD CONSTRAINT` and its kin exist. */
  readonly supportsAlter: boolean
  readonly supportsNativeBoolean: boolean
  readonly supportsNativeEnum: boolean
  readonly supportsNativeUuid: boolean
  readonly supportsComments: boolean
  /** Comments stand in the column's or table's definition, not in statements of their own. */
  readonly inlineComments: boolean
  readonly supportsSequences: boolean
  readonly supportsIdentityColumns: boolean
  readonly supportsSchemas: boolean
  /** A column's foreign key to a table in another schema can be written. */
  readonly supportsCrossSchemaForeignKeys: boolean
  /** DDL is undone by ROLLBACK. */
  readonly transactionalDdl: boolean
  /** Whether a ROLLBACK takes back all DDL of a transaction in fact, where `transactionalDdl` is the reference's. */
  readonly rollsBackDdl?: boolean
  /** `CREATE INDEX schema.ix ON t`: the schema stands with the index, not with the table. */
  readonly schemaQualifiesIndex: boolean
  /** Backslash is an escape character in string literals. */
  readonly backslashEscapes: boolean
  /** Index expressions can be read back from the catalog. */
  readonly reflectsIndexExpressions: boolean
  /** A unique constraint is reported as an index too. */
  readonly uniqueConstraintsAreIndexes: boolean
  /** Longest identifier, in characters. */
  readonly maxIdentifierLength: number
  readonly maxIndexNameLength: number
  readonly maxConstraintNameLength: number
  /** The server counts the bytes of a name, in UTF-8 here, and not its characters. Default false. */
  readonly measuresNamesInBytes?: boolean
  /**
   * What is better here on purpose is done to the letter as Python's Alembic does it: constraints that a batch loses, SQL
   * that the server refuses. For comparisons; default false.
   */
  readonly exactlyAsAlembic?: boolean
  /**
   * What stands for schemas in a scratch place, by the names that models and operations give them; others are refused.
   * Absent where names mean what they say.
   */
  readonly schemaNames?: ReadonlyMap<string, string>
  /** Of two columns of one name `createTable` takes the last, as SQLAlchemy before 2.0 does; an error unless given. */
  readonly replacesColumns?: boolean
}

/** What compilers know of the dialect that they compile for. */
export interface DialectTraits extends DialectFlags {
  /** `postgresql`, … : the key of its options and its namespace of types. */
  readonly name: string
  readonly paramstyle: ParamStyle
  /** Version of the server, most significant number first; `undefined` where nothing is connected. */
  readonly serverVersion: readonly number[] | undefined
  /** Schema in which unqualified names are looked up; `undefined` where nothing is connected. */
  readonly defaultSchemaName: string | undefined
}

/** Whether the server is known to be of `version` or later. */
export function isServerAtLeast(traits: DialectTraits, ...version: readonly number[]): boolean {
  const { serverVersion } = traits
  if (serverVersion === undefined) return false
  for (const [position, wanted] of version.entries()) {
    const actual = serverVersion[position] ?? 0
    if (actual !== wanted) return actual > wanted
  }
  return true
}
