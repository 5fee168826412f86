import type { TypeEngine } from '../sql/types/type-engine.ts'
import type { IdentityOptions } from '../sql/schema/server-default.ts'

/** Options that the catalog gave for one dialect, under its name: `{ postgresql: { using: 'gin' } }`. */
export type ReflectedDialectOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A column as the catalog has it. */
export interface ReflectedColumn {
  readonly name: string
  /** The name that the database still has, where `name` is what it gets. */
  readonly renamedFrom?: string
  /** `NullType` where the server's type is not known. */
  readonly type: TypeEngine
  /** The type as it was declared, where the catalog keeps that text. */
  readonly declaredType?: string
  readonly nullable: boolean
  /** The default as the server writes it; `null` for none. */
  readonly default: string | null
  readonly autoincrement?: boolean | 'auto'
  /** The sequence that the default takes its numbers from, where it belongs to the column: SERIAL. */
  readonly ownedSequence?: string
  readonly comment?: string | null
  readonly computed?: { readonly sqltext: string; readonly persisted?: boolean }
  readonly identity?: IdentityOptions
  /** The condition of a CHECK that the server keeps with the column, and changes and drops with it alone: MariaDB's. */
  readonly check?: string
  /** Position in the primary key from 1, `0` for none; only where the server says it with the column. */
  readonly primaryKey?: number
  readonly dialectOptions?: ReflectedDialectOptions
}

export interface ReflectedPrimaryKey {
  readonly constrainedColumns: readonly string[]
  readonly name: string | null
  readonly comment?: string | null
  readonly dialectOptions?: ReflectedDialectOptions
}

/** A foreign key; `options` holds only what differs from the server's default. */
export interface ReflectedForeignKey {
  readonly name: string | null
  readonly constrainedColumns: readonly string[]
  readonly referredSchema: string | null
  readonly referredTable: string
  readonly referredColumns: readonly string[]
  readonly options: {
    readonly onupdate?: string
    readonly ondelete?: string
    readonly deferrable?: boolean
    readonly initially?: string
    readonly match?: string
  }
  readonly comment?: string | null
  readonly dialectOptions?: ReflectedDialectOptions
}

export interface ReflectedIndex {
  readonly name: string | null
  /** `null` where the element is an expression. */
  readonly columnNames: readonly (string | null)[]
  /** The elements as SQL, where any of them is an expression. */
  readonly expressions?: readonly string[]
  readonly unique: boolean
  /** Orderings that differ from the default, by column or expression. */
  readonly columnSorting?: Readonly<Record<string, readonly string[]>>
  readonly includeColumns?: readonly string[]
  /** The unique constraint that this index only implements. */
  readonly duplicatesConstraint?: string
  readonly dialectOptions?: ReflectedDialectOptions
}

export interface ReflectedUniqueConstraint {
  readonly name: string | null
  readonly columnNames: readonly string[]
  /** The index that this constraint only is another name of. */
  readonly duplicatesIndex?: string
  readonly comment?: string | null
  readonly dialectOptions?: ReflectedDialectOptions
}

export interface ReflectedCheckConstraint {
  readonly name: string | null
  readonly sqltext: string
  readonly comment?: string | null
  readonly dialectOptions?: ReflectedDialectOptions
}

/** Everything of one table. */
export interface ReflectedTable {
  readonly name: string
  /** The name that the database still has, where `name` is what it gets. */
  readonly renamedFrom?: string
  readonly schema: string | null
  readonly columns: readonly ReflectedColumn[]
  readonly primaryKey: ReflectedPrimaryKey
  readonly foreignKeys: readonly ReflectedForeignKey[]
  readonly indexes: readonly ReflectedIndex[]
  readonly uniqueConstraints: readonly ReflectedUniqueConstraint[]
  readonly checkConstraints: readonly ReflectedCheckConstraint[]
  readonly comment: string | null
  /** Table options under the dialect's name. */
  readonly options: ReflectedDialectOptions
}

/** A named enumeration type. */
export interface ReflectedEnum {
  readonly name: string
  readonly schema: string
  /** Whether it can be named without its schema. */
  readonly visible: boolean
  readonly labels: readonly string[]
}

/** A named enumeration type, and what is of it. */
export interface ReflectedEnumUse extends ReflectedEnum {
  /** The columns of tables that are of it, or of arrays of it. */
  readonly columns: readonly ColumnPlace[]
  /** Whether views, functions or other types depend on it. */
  readonly isUsedElsewhere: boolean
}

/** Where a column is. */
export interface ColumnPlace {
  readonly schema: string
  readonly table: string
  readonly column: string
}

/** A sequence that no column owns, with all that it counts by. */
export interface ReflectedSequence {
  readonly name: string
  readonly start: bigint
  readonly increment: bigint
  readonly minvalue: bigint
  readonly maxvalue: bigint
  readonly cycle: boolean
  readonly cache: bigint
  /** What the server takes where nothing is said, of sequences of this data type. */
  readonly limits: SequenceLimits
  /** The columns whose defaults take numbers from it. */
  readonly columns: readonly ColumnPlace[]
}

/** The numbers that a sequence counts between, where its own bounds are not said. */
export interface SequenceLimits {
  readonly lowest: bigint
  readonly highest: bigint
  readonly cache: bigint
}

/** A domain: a type with constraints of its own. */
export interface ReflectedDomain {
  readonly name: string
  readonly schema: string
  readonly visible: boolean
  readonly type: TypeEngine
  /** The type below it as the server writes it: `character varying(10)`. */
  readonly baseType: string
  readonly nullable: boolean
  readonly default: string | null
  readonly constraints: readonly { readonly name: string; readonly check: string }[]
  readonly collation: string | null
}
