import type {
  ReflectedColumn,
  ReflectedDialectOptions,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedTable,
} from '../../engine/reflected.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import type { IdentifierPreparer } from '../../sql/compile/identifier-preparer.ts'
import { TextClause } from '../../sql/elements/expression.ts'
import { isPlainObject } from '../../sql/schema/dialect-options.ts'

/** New names by old ones; what isn't in it keeps its name. */
export type NewNames = ReadonlyMap<string, string>

/** A table with its columns renamed, also where keys, indexes and expressions name them. */
export function withRenamedColumns(
  table: ReflectedTable,
  names: NewNames,
  { preparer }: Pick<Dialect, 'preparer'>,
): ReflectedTable {
  const renamed = (name: string): string => names.get(name) ?? name
  const all = (list: readonly string[]): string[] => list.map((name) => renamed(name))
  const sql = (text: string): string => renamedInSql(text, names, preparer)
  return {
    ...table,
    columns: table.columns.map((column) => renamedColumn(column, renamed, sql)),
    primaryKey: {
      ...table.primaryKey,
      constrainedColumns: all(table.primaryKey.constrainedColumns),
    },
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      constrainedColumns: all(key.constrainedColumns),
    })),
    indexes: table.indexes.map((index) => renamedIndex(index, renamed, sql)),
    uniqueConstraints: table.uniqueConstraints.map((unique) => ({
      ...unique,
      columnNames: all(unique.columnNames),
    })),
    checkConstraints: table.checkConstraints.map((check) => ({
      ...check,
      sqltext: sql(check.sqltext),
    })),
  }
}

function renamedColumn(
  column: ReflectedColumn,
  renamed: (name: string) => string,
  sql: (text: string) => string,
): ReflectedColumn {
  const { computed } = column
  const name = renamed(column.name)
  return {
    ...column,
    name,
    ...(name !== column.name && { renamedFrom: column.name }),
    ...(computed !== undefined && { computed: { ...computed, sqltext: sql(computed.sqltext) } }),
  }
}

function renamedIndex(
  index: ReflectedIndex,
  renamed: (name: string) => string,
  sql: (text: string) => string,
): ReflectedIndex {
  const { columnNames, expressions, columnSorting, includeColumns, dialectOptions } = index
  return {
    ...index,
    columnNames: columnNames.map((name) => (name === null ? null : renamed(name))),
    ...(expressions !== undefined && { expressions: expressions.map((text) => sql(text)) }),
    ...(columnSorting !== undefined && {
      columnSorting: Object.fromEntries(
        Object.entries(columnSorting).map(([key, words]) => [sql(key), words]),
      ),
    }),
    ...(includeColumns !== undefined && { includeColumns: includeColumns.map(renamed) }),
    ...(dialectOptions !== undefined && {
      dialectOptions: renamedOptions(dialectOptions, renamed, sql),
    }),
  }
}

/** Options that name columns: conditions, columns along with others, and what is said of single ones. */
function renamedOptions(
  options: ReflectedDialectOptions,
  renamed: (name: string) => string,
  sql: (text: string) => string,
): ReflectedDialectOptions {
  const value = (key: string, given: unknown): unknown => {
    if (key === 'where' && typeof given === 'string') return sql(given)
    if (given instanceof TextClause) return new TextClause(sql(given.text), given.binds)
    if (key === 'include' && Array.isArray(given)) return given.map((name) => renamed(String(name)))
    if (!['ops', 'length'].includes(key) || !isPlainObject(given)) return given
    return Object.fromEntries(Object.entries(given).map(([name, said]) => [renamed(name), said]))
  }
  return Object.fromEntries(
    Object.entries(options).map(([dialect, own]) => [
      dialect,
      Object.fromEntries(Object.entries(own).map(([key, given]) => [key, value(key, given)])),
    ]),
  )
}

/** A table with the foreign keys renamed that point at a renamed table. */
export function withRenamedTargets(
  table: ReflectedTable,
  rename: (key: ReflectedForeignKey) => Partial<ReflectedForeignKey> | undefined,
): ReflectedTable {
  const foreignKeys = table.foreignKeys.map((key) => ({ ...key, ...rename(key) }))
  return { ...table, foreignKeys }
}

const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\p{L}_][\p{L}\p{N}_$]*(?!\s*\()/gu

/** SQL as a server wrote it, with columns renamed: words and quoted names, not strings and not functions. */
export function renamedInSql(
  sql: string,
  names: NewNames,
  preparer: Pick<IdentifierPreparer, 'quote' | 'quoteAlways'>,
): string {
  return sql.replaceAll(TOKEN, (token) => {
    const [quote = ''] = token
    const isQuoted = '"`['.includes(quote)
    const name = names.get(isQuoted ? token.slice(1, -1).replaceAll(quote + quote, quote) : token)
    if (name === undefined) return token
    return isQuoted ? preparer.quoteAlways(name) : preparer.quote(name)
  })
}
