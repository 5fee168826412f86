/** Models as plain data: they can be drawn, edited, and printed where a property fails. */
export interface ModelSpec {
  /** Whether constraints and indexes without a name get one by the metadata's naming convention. */
  readonly convention: boolean
  readonly tables: readonly TableSpec[]
}

export interface TableSpec {
  readonly name: string
  readonly schema: string | null
  readonly comment: string | null
  /** Whether the server numbers the rows where the key is a single integer. */
  readonly numbered: boolean
  readonly columns: readonly ColumnSpec[]
  readonly key: KeySpec | null
  readonly uniques: readonly KeySpec[]
  readonly indexes: readonly IndexSpec[]
  readonly checks: readonly CheckSpec[]
  readonly foreignKeys: readonly ForeignKeySpec[]
}

export interface ColumnSpec {
  readonly name: string
  /** Which sample of `TYPES`. */
  readonly type: string
  /** What a type or its constraint is called that has a name. */
  readonly typeName: string
  readonly nullable: boolean
  /** Which default of the sample; null is none. */
  readonly default: number | null
  readonly comment: string | null
  readonly made: 'identity' | 'computed' | null
  /** What it is computed of, and what is added to that. */
  readonly source: string | null
  readonly term: number
}

/** A primary key or unique constraint; null is for the naming convention, or the server. */
export interface KeySpec {
  readonly name: string | null
  readonly columns: readonly string[]
}

export interface IndexSpec {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
  readonly form: 'plain' | 'desc' | 'where' | 'expression'
}

/** That a number is not below -1000. */
export interface CheckSpec {
  readonly name: string | null
  readonly column: string
  /** Written behind the column. */
  readonly inline: boolean
}

/** Points at the primary key of `target`, a name. */
export interface ForeignKeySpec {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly target: string
  readonly ondelete: 'CASCADE' | 'SET NULL' | null
}
