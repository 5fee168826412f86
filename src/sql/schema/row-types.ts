import type { ColumnClass } from './column.ts'
import type { PrimaryKeyConstraint } from './key-constraints.ts'

/** The name of a column in code: its `key`, or its name. */
type KeyOf<C extends ColumnClass> = C['$options'] extends { readonly key: infer K extends string }
  ? K
  : C['$name']

/** The columns among the items of a table, by key. */
export type ColumnsByKey<Items extends readonly unknown[]> = number extends Items['length']
  ? Readonly<Record<string, ColumnClass>>
  : { readonly [C in Extract<Items[number], ColumnClass> as KeyOf<C>]: C }

/** The columns among the items of a table, by the name that the database knows. */
type ColumnsByName<Items extends readonly unknown[]> = number extends Items['length']
  ? Readonly<Record<string, ColumnClass>>
  : { readonly [C in Extract<Items[number], ColumnClass> as C['$name']]: C }

/** A declared column is named after its property unless it has a name of its own. */
type DeclaredByName<Columns> = {
  readonly [
    K in keyof Columns as Columns[K] extends ColumnClass<infer N>
      ? string extends N
        ? K
        : N
      : never
  ]: Columns[K]
}

/** Keys of the primary key: of the columns that say so, and those that a constraint names. */
type PrimaryKeyOf<Columns, Items> =
  | {
      [K in keyof Columns]: Columns[K] extends ColumnClass<string, unknown, infer O>
        ? O extends { readonly primaryKey: true }
          ? CodeKey<Columns[K], K>
          : never
        : never
    }[keyof Columns]
  | (Extract<Items, PrimaryKeyConstraint> extends { readonly $keys: infer Keys }
      ? string extends Keys
        ? never
        : Keys
      : never)

/** A column's key where it has one of its own, else the name that it goes by. */
type CodeKey<C, Name> = C extends ColumnClass ? (string extends KeyOf<C> ? Name : KeyOf<C>) : never

type IsUnion<T, U = T> = [T] extends [never]
  ? false
  : T extends unknown
    ? [U] extends [T]
      ? false
      : true
    : never

/** Columns by the name that the database knows, and the keys of the primary key. */
interface Shape {
  readonly columns: unknown
  readonly primaryKey: unknown
}

type ShapeOf<T> = T extends { readonly $items: infer Items extends readonly unknown[] }
  ? {
      readonly columns: ColumnsByName<Items>
      readonly primaryKey: PrimaryKeyOf<ColumnsByName<Items>, Items[number]>
    }
  : T extends { readonly $columns: infer Columns }
    ? {
        readonly columns: DeclaredByName<Columns>
        readonly primaryKey: PrimaryKeyOf<DeclaredByName<Columns>, never>
      }
    : never

type Columns<S extends Shape> = S['columns']

type IsNotNull<S extends Shape, K extends keyof Columns<S>> =
  Columns<S>[K] extends ColumnClass<string, unknown, infer O>
    ? O extends { readonly nullable: false }
      ? true
      : O extends { readonly nullable: true }
        ? false
        : CodeKey<Columns<S>[K], K> extends S['primaryKey']
          ? true
          : false
    : false

type ValueOf<S extends Shape, K extends keyof Columns<S>> =
  Columns<S>[K] extends ColumnClass<string, infer T>
    ? IsNotNull<S, K> extends true
      ? T
      : T | null
    : never

/** Whether the column is the one that numbers itself: the rule of `Table.autoincrementColumn`. */
type NumbersItself<S extends Shape, K extends keyof Columns<S>> =
  CodeKey<Columns<S>[K], K> extends S['primaryKey']
    ? Columns<S>[K] extends ColumnClass<string, infer T, infer O>
      ? T extends string | boolean | Date
        ? false
        : O extends { readonly autoincrement: true | 'ignore_fk' }
          ? true
          : O extends { readonly autoincrement: false } | { readonly $refers: true }
            ? false
            : IsUnion<S['primaryKey']> extends true
              ? false
              : true
      : false
    : false

/** Whether the database fills the column in when an INSERT leaves it out. */
type IsFilledIn<S extends Shape, K extends keyof Columns<S>> =
  Columns<S>[K] extends ColumnClass<string, unknown, infer O>
    ? O extends { readonly serverDefault: {} }
      ? true
      : NumbersItself<S, K> extends true
        ? true
        : IsNotNull<S, K> extends true
          ? false
          : true
    : false

/** Whether statements of this package fill the column in. */
type HasDefault<S extends Shape, K extends keyof Columns<S>> =
  Columns<S>[K] extends ColumnClass<string, unknown, infer O>
    ? O extends { readonly default: {} }
      ? true
      : IsFilledIn<S, K>
    : false

/** Whether only the database may write the column. */
type IsGenerated<S extends Shape, K extends keyof Columns<S>> =
  Columns<S>[K] extends ColumnClass<string, unknown, infer O>
    ? O extends { readonly $generated: true } | { readonly system: true }
      ? true
      : false
    : false

type Flat<T> = { [K in keyof T]: T[K] }

/** What an instance of a declarative class holds: values by property. */
export type InferModel<Declared> = {
  -readonly [K in keyof Declared]: ValueOf<
    { readonly columns: Declared; readonly primaryKey: PrimaryKeyOf<Declared, never> },
    K
  >
}

type RowOf<S extends Shape> = { -readonly [K in keyof Columns<S>]: ValueOf<S, K> }

type WrittenKeys<S extends Shape, IsOptional> = {
  [K in keyof Columns<S>]: IsGenerated<S, K> extends true
    ? never
    : HasDefault<S, K> extends IsOptional
      ? K
      : never
}[keyof Columns<S>]

type InsertOf<S extends Shape> = {
  -readonly [K in WrittenKeys<S, false>]: ValueOf<S, K>
} & {
  -readonly [K in WrittenKeys<S, true>]?: ValueOf<S, K> | undefined
}

/**
 * The type of a row as it is read from a table.
 *
 * @example
 * type Car = sa.InferRow<typeof cars>
 */
export type InferRow<T> = Flat<RowOf<ShapeOf<T>>>

/** The type of a row to insert: what is filled in may be left out, what only the database writes must be. */
export type InferInsert<T> = Flat<InsertOf<ShapeOf<T>>>

/** The type of the changes to a row. */
export type InferUpdate<T> = Flat<Partial<UpdateOf<ShapeOf<T>>>>

type UpdateOf<S extends Shape> = {
  -readonly [K in WrittenKeys<S, boolean>]: ValueOf<S, K> | undefined
}

/** A column as Kysely sees it: what is read, inserted and set. Equal in structure to Kysely's own `ColumnType`. */
export interface InferColumnType<Read, Write, Set> {
  readonly __select__: Read
  readonly __insert__: Write
  readonly __update__: Set
}

type KyselyTable<S extends Shape> = {
  -readonly [K in keyof Columns<S>]: IsGenerated<S, K> extends true
    ? InferColumnType<ValueOf<S, K>, never, never>
    : IsFilledIn<S, K> extends true
      ? InferColumnType<ValueOf<S, K>, ValueOf<S, K> | undefined, ValueOf<S, K>>
      : ValueOf<S, K>
}

/**
 * The interface that Kysely wants, made of all the tables that a module exports.
 *
 * @example
 * import * as models from './models.ts'
 * const db = new Kysely<sa.InferDatabase<typeof models>>({ dialect })
 */
export type InferDatabase<Tables> = Flat<{
  -readonly [
    K in keyof Tables as Tables[K] extends { readonly $name: infer N extends string } ? N : never
  ]: Flat<KyselyTable<ShapeOf<Tables[K]>>>
}>
