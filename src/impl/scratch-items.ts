import type { Dialect } from '../sql/compile/dialect.ts'
import type { Column } from '../sql/schema/column.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { TypeEngine } from '../sql/types/type-engine.ts'

/** SQL, and the columns of the database that it may name: all that it takes to have the server read it. */
export interface ScratchItem<Definition> {
  readonly definition: Definition
  readonly columns: readonly Column[]
  /** Columns that are to be read as if they were of another type, by name. */
  readonly retyped?: ReadonlyMap<string, TypeEngine> | undefined
}

/** Something that is to be read as if it stood in a table of the database. */
export interface Question<Definition> {
  readonly table: TableClass
  readonly definition: Definition
  readonly retyped?: ReadonlyMap<string, TypeEngine> | undefined
}

/** SQL that names its columns, where `sql` doesn't. */
export interface WithSql {
  readonly kind: string
  readonly sql: string
  readonly mentions?: string
}

/** Scratch tables, and which of their items answers which question. */
export interface PackedQuestions<Definition> {
  readonly tables: readonly (readonly ScratchItem<Definition>[])[]
  /** By question: the table and the place in it. */
  readonly places: readonly (readonly [table: number, at: number])[]
}

// A table is looked at for room only among the last ones: where all columns are at odds, that would be quadratic.
const OPEN_TABLES = 32

/**
 * Puts questions about many tables into few scratch tables. What reads the same over columns of the same names and types is
 * asked once; others share a table unless their columns are at odds, or it has as many of the kind as `limitOf` says.
 */
export function packQuestions<Definition extends WithSql>(
  { types }: Dialect,
  questions: readonly Question<Definition>[],
  limitOf: (kind: Definition['kind']) => number,
): PackedQuestions<Definition> {
  const tables: PackedTable<Definition>[] = []
  const known = new Map<string, readonly [number, number]>()
  const places = questions.map(({ table, definition, retyped }) => {
    const columns = namedColumns(table, definition.mentions ?? definition.sql)
    const signatures = columns.map((column) => {
      const type = retyped?.get(column.name)
      const own = signatureOf(column, types)
      return type === undefined ? own : `${own} as ${types.compile(type)}`
    })
    const key = JSON.stringify([definition, columns.map(({ name }) => name), signatures])
    const place =
      known.get(key) ?? placeOf(tables, { definition, columns, retyped }, signatures, limitOf)
    known.set(key, place)
    return place
  })
  return { tables: tables.map(({ items }) => items), places }
}

interface PackedTable<Definition> {
  readonly items: ScratchItem<Definition>[]
  /** How many items there are of each kind. */
  readonly kinds: Map<string, number>
  /** Names as they are written and signatures, by folded name. */
  readonly columns: Map<string, string>
}

function placeOf<Definition extends WithSql>(
  tables: PackedTable<Definition>[],
  item: ScratchItem<Definition>,
  signatures: readonly string[],
  limitOf: (kind: Definition['kind']) => number,
): readonly [number, number] {
  const { kind } = item.definition
  const columns = item.columns.map(
    ({ name }, at) => [name.toLowerCase(), `${name} ${signatures[at] ?? ''}`] as const,
  )
  const fits = (table: PackedTable<Definition>): boolean =>
    (table.kinds.get(kind) ?? 0) < limitOf(kind) &&
    columns.every(([name, text]) => (table.columns.get(name) ?? text) === text)
  const first = Math.max(0, tables.length - OPEN_TABLES)
  const found = tables.findIndex((table, at) => at >= first && fits(table))
  const at = found === -1 ? tables.length : found
  const empty = (): PackedTable<Definition> => ({ items: [], kinds: new Map(), columns: new Map() })
  const table = tables[at] ?? empty()
  if (found === -1) tables.push(table)
  for (const [name, text] of columns) table.columns.set(name, text)
  table.kinds.set(kind, (table.kinds.get(kind) ?? 0) + 1)
  return [at, table.items.push(item) - 1]
}

/** The columns that SQL may name; one whose name is more than a word can be written in many ways. */
function namedColumns({ columns }: TableClass, sql: string): readonly Column[] {
  const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_$]+/gu))
  return columns.filter(
    ({ name }) => !/^[\p{L}\p{N}_$]+$/u.test(name) || words.has(name.toLowerCase()),
  )
}

/** What two columns of one name must have in common for one to stand for the other. */
function signatureOf({ type, table }: Column, types: Dialect['types']): string {
  return type.affinity === 'Null' ? `of ${JSON.stringify(table?.key)}` : types.compile(type)
}

/** All columns that items name, each once. */
export function columnsOfItems(items: readonly ScratchItem<unknown>[]): readonly Column[] {
  const columns = items.flatMap((item) => item.columns)
  return [...new Map(columns.map((column) => [column.name, column])).values()]
}

/** The types that columns of items are to be read as, by name. */
export function typesOfItems(
  items: readonly ScratchItem<unknown>[],
): ReadonlyMap<string, TypeEngine> {
  return new Map(
    items.flatMap(({ columns, retyped }) =>
      columns.flatMap(({ name }) => {
        const type = retyped?.get(name)
        return type === undefined ? [] : [[name, type] as const]
      }),
    ),
  )
}
