import type { ColumnClass, ColumnOptions } from './column.ts'

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

type IsNotNull<O extends ColumnOptions> = O extends { readonly nullable: false }
  ? true
  : O extends { readonly nullable: true }
    ? false
    : O extends { readonly primaryKey: true }
      ? true
      : false

type ValueOf<C> =
  C extends ColumnClass<string, infer T, infer O>
    ? IsNotNull<O> extends true
      ? T
      : T | null
    : never

/** Whether the database fills the column in when an INSERT leaves it out. */
type IsFilledIn<C> =
  C extends ColumnClass<string, unknown, infer O>
    ? O extends { readonly serverDefault: {} }
      ? true
      : O extends { readonly primaryKey: true; readonly autoincrement?: true | 'auto' }
        ? C['$out'] extends string | boolean | Date
          ? false
          : true
        : IsNotNull<O> extends true
          ? false
          : true
    : false

type ColumnRecord<T> = T extends { readonly $items: infer Items extends readonly unknown[] }
  ? ColumnsByName<Items>
  : T extends { readonly $columns: infer Columns }
    ? DeclaredByName<Columns>
    : never

type Flat<T> = { [K in keyof T]: T[K] }

/** What an instance of a declarative class holds: values by property. */
export type InferModel<Columns> = { -readonly [K in keyof Columns]: ValueOf<Columns[K]> }

/**
 * The type of a row as it is read from a table.
 *
 * @example
 * type Car = sa.InferRow<typeof cars>
 */
export type InferRow<T> = Flat<{
  -readonly [K in keyof ColumnRecord<T>]: ValueOf<ColumnRecord<T>[K]>
}>

/** The type of a row to insert: what the database fills in may be left out. */
export type InferInsert<T> = Flat<
  {
    -readonly [
      K in keyof ColumnRecord<T> as IsFilledIn<ColumnRecord<T>[K]> extends true ? never : K
    ]: ValueOf<ColumnRecord<T>[K]>
  } & {
    -readonly [
      K in keyof ColumnRecord<T> as IsFilledIn<ColumnRecord<T>[K]> extends true ? K : never
    ]?: ValueOf<ColumnRecord<T>[K]> | undefined
  }
>

/** The type of the changes to a row. */
export type InferUpdate<T> = { [K in keyof InferRow<T>]?: InferRow<T>[K] | undefined }

/** A column as Kysely sees it: what is read, inserted and set. Equal in structure to Kysely's own `ColumnType`. */
export interface InferColumnType<Read, Write, Set> {
  readonly __select__: Read
  readonly __insert__: Write
  readonly __update__: Set
}

type KyselyTable<T> = Flat<{
  -readonly [K in keyof ColumnRecord<T>]: IsFilledIn<ColumnRecord<T>[K]> extends true
    ? InferColumnType<
        ValueOf<ColumnRecord<T>[K]>,
        ValueOf<ColumnRecord<T>[K]> | undefined,
        ValueOf<ColumnRecord<T>[K]>
      >
    : ValueOf<ColumnRecord<T>[K]>
}>

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
  ]: KyselyTable<Tables[K]>
}>
