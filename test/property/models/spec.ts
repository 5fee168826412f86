/** Models as plain data: they can be drawn, edited, and printed where a property fails. */
export interface ModelSpec {
  /** Whether constraints and indexes without a name get one by the metadata's naming convention. */
  readonly convention: boolean
  readonly tables: readonly TableSpec[]
  readonly sequences: readonly SequenceSpec[]
}

export interface TableSpec {
  readonly name: string
  /** What it was called before, where that is not what it is called now. */
  readonly was: string | null
  readonly schema: string | null
  readonly comment: string | null
  /** Whether the server numbers the rows where the key is a single integer. */
  readonly numbered: boolean
  /** Which column numbers itself by its own say, as one of several in the key. */
  readonly serial: string | null
  /** Whether there are no rows in it. */
  readonly empty: boolean
  readonly columns: readonly ColumnSpec[]
  readonly key: KeySpec | null
  readonly uniques: readonly KeySpec[]
  readonly indexes: readonly IndexSpec[]
  readonly checks: readonly CheckSpec[]
  readonly foreignKeys: readonly ForeignKeySpec[]
}

export interface ColumnSpec {
  readonly name: string
  /** What it was called before, where that is not what it is called now. */
  readonly was: string | null
  /** Which sample of `TYPES`. */
  readonly type: string
  /** What a type or its constraint is called that has a name. */
  readonly typeName: string
  /** The values of an enumeration; none otherwise. */
  readonly labels: readonly string[]
  readonly nullable: boolean
  /** Which default of the sample; null is none. */
  readonly default: number | null
  readonly comment: string | null
  readonly made: 'identity' | 'computed' | null
  /** Which of `IDENTITIES`. */
  readonly identity: number
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
  readonly form: IndexForm
  /** A column that is stored beside the key. */
  readonly included: string | null
}

/** What of `index-forms.ts` an index is. */
export type IndexForm =
  | 'plain'
  | 'desc'
  | 'where'
  | 'otherWhere'
  | 'expression'
  | 'included'
  | 'hash'
  | 'operators'
  | 'nullsNotDistinct'
  | 'filled'
  | 'prefix'
  | 'longPrefix'

/** Something about a number that holds for all rows. */
export interface CheckSpec {
  readonly name: string | null
  readonly column: string
  readonly form: 'low' | 'list' | 'either'
  readonly bound: number
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

/** A sequence that no column owns. */
export interface SequenceSpec {
  readonly name: string
  readonly schema: string | null
  /** Which of `SEQUENCES`. */
  readonly options: number
}
