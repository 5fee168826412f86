import type { ReflectedColumn, ReflectedTable } from '../../engine/reflected.ts'
import type { ComparisonImpl } from '../../impl/comparison.ts'
import type { Column } from '../../sql/schema/column.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { editDistance } from '../../util/closest.ts'

/** From here on two things are taken to be possibly one. */
export const LIKELY = 0.6

/** What counts how much where columns are alike; together 1. */
const COLUMN_WEIGHTS = { type: 0.35, name: 0.25, keys: 0.2, nullable: 0.1, position: 0.1 }

/** What counts how much where tables are alike; together 1. */
const TABLE_WEIGHTS = { columns: 0.6, name: 0.25, primaryKey: 0.15 }

/** A type of the same family, such as another length. */
const SAME_FAMILY = 0.6

/** What a score depends on of a column, on either side. */
export interface ColumnTraits {
  readonly column: Column
  /** From 0, the first, to 1, the last. */
  readonly position: number
  /** Its part in the primary key, in foreign keys, in unique constraints, in indexes. */
  readonly keys: readonly string[]
}

/** How alike two columns are, from 0 to 1. */
export function columnScore(
  there: ColumnTraits,
  wanted: ColumnTraits,
  comparison: ComparisonImpl,
): number {
  const [old, now] = [there.column, wanted.column]
  const isSameFamily = old.type.affinity === now.type.affinity
  const isSameType = isSameFamily && !comparison.compareType(old, now)
  const sameKeys = there.keys.filter((use, at) => use === wanted.keys[at]).length
  const parts = {
    type: isSameType ? 1 : isSameFamily ? SAME_FAMILY : 0,
    name: nameScore(old.name, now.name),
    keys: sameKeys / Math.max(there.keys.length, 1),
    nullable: old.nullable === now.nullable ? 1 : 0,
    position: 1 - Math.abs(there.position - wanted.position),
  }
  return weighted(parts, COLUMN_WEIGHTS)
}

/** What a score depends on of a table, on either side. */
export interface TableTraits {
  readonly name: string
  /** The family of each column's type. */
  readonly columns: ReadonlyMap<string, string>
  readonly primaryKey: string
}

/** How alike two tables are, from 0 to 1. */
export function tableScore(there: TableTraits, wanted: TableTraits): number {
  let shared = 0
  for (const [name, family] of there.columns) {
    const other = wanted.columns.get(name)
    if (other !== undefined) shared += other === family ? 1 : SAME_FAMILY
  }
  const parts = {
    columns: (2 * shared) / Math.max(there.columns.size + wanted.columns.size, 1),
    name: nameScore(there.name, wanted.name),
    primaryKey: there.primaryKey === wanted.primaryKey ? 1 : 0,
  }
  return weighted(parts, TABLE_WEIGHTS)
}

function weighted<Part extends string>(
  parts: Readonly<Record<Part, number>>,
  weights: Readonly<Record<NoInfer<Part>, number>>,
): number {
  const names = Object.keys(parts) as Part[]
  const sum = names.reduce((total, name) => total + parts[name] * weights[name], 0)
  return Math.round(sum * 1000) / 1000
}

/** How alike two names are, from 0 to 1: letter by letter, or by the words that both have. */
export function nameScore(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()]
  const byLetters = 1 - editDistance(a, b) / Math.max(a.length, b.length, 1)
  const [first, second] = [wordsOf(from), wordsOf(to)]
  const shared = [...first].filter((word) => second.has(word)).length
  const byWords = (2 * shared) / Math.max(first.size + second.size, 1)
  return Math.max(byLetters, byWords)
}

/** `user_name` and `userName` have the words `user` and `name`. */
function wordsOf(name: string): ReadonlySet<string> {
  const words = name.replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ').toLowerCase()
  return new Set(words.match(/[\p{L}\p{N}]+/gu))
}

export function reflectedTableTraits({ name, columns, primaryKey }: ReflectedTable): TableTraits {
  return {
    name,
    columns: new Map(columns.map((column) => [column.name, column.type.affinity])),
    primaryKey: primaryKey.constrainedColumns.join('\0'),
  }
}

export function modelTableTraits(table: TableClass): TableTraits {
  return {
    name: table.name,
    columns: new Map(table.columns.map((column) => [column.name, column.type.affinity])),
    primaryKey: table.primaryKey.columns.map((column) => column.name).join('\0'),
  }
}

/** The traits of a reflected column. `connTable` is made of `table`. */
export function reflectedColumnTraits(column: Column, table: ReflectedTable): ColumnTraits {
  const isOn = ({ columnNames }: { readonly columnNames: readonly (string | null)[] }): boolean =>
    columnNames.includes(column.name)
  const targets = table.foreignKeys.flatMap((key) => {
    const at = key.constrainedColumns.indexOf(column.name)
    return at < 0 ? [] : [`${key.referredTable}.${key.referredColumns[at] ?? ''}`]
  })
  const isUnique =
    table.uniqueConstraints.some(isOn) || table.indexes.some((i) => i.unique && isOn(i))
  const place = table.columns.findIndex((one: ReflectedColumn) => one.name === column.name)
  return {
    column,
    position: place / Math.max(table.columns.length - 1, 1),
    keys: [
      String(table.primaryKey.constrainedColumns.includes(column.name)),
      targets.toSorted().join(),
      String(isUnique),
      String(isUnique || table.indexes.some(isOn)),
    ],
  }
}

export function modelColumnTraits(column: Column, table: TableClass): ColumnTraits {
  const isOn = ({ columns }: { readonly columns: readonly { readonly name: string }[] }): boolean =>
    columns.some(({ name }) => name === column.name)
  const targets = table.foreignKeyConstraints.flatMap((key) => {
    const at = key.columns.findIndex(({ name }) => name === column.name)
    return at < 0 ? [] : [`${key.referred.table}.${key.referred.columns[at] ?? ''}`]
  })
  const uniques = table.constraints.filter((one) => one instanceof UniqueConstraint)
  const isUnique = uniques.some(isOn) || table.indexes.some((index) => index.unique && isOn(index))
  return {
    column,
    position: table.columns.indexOf(column) / Math.max(table.columns.length - 1, 1),
    keys: [
      String(table.primaryKey.columns.some(({ name }) => name === column.name)),
      targets.toSorted().join(),
      String(isUnique),
      String(isUnique || table.indexes.some(isOn)),
    ],
  }
}
