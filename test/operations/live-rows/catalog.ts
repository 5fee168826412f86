import type { Connection } from '../../../src/engine/connection.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import type {
  ReflectedColumn,
  ReflectedIndex,
  ReflectedTable,
} from '../../../src/engine/reflected.ts'
import type { TypeEngine } from '../../../src/sql/types/type-engine.ts'
import type { DatabaseName } from '../../live/servers.ts'

/** Firebird counts constraints without a name. */
export const MADE_UP: RegExp = /\binteg_\d+/gi

/** Everything that the catalog says, a line for each thing; of the second schema too where it has a name. */
export async function catalogLines(
  connection: Connection,
  database: DatabaseName,
  second: string | null,
): Promise<readonly string[]> {
  const inspector = await inspect(connection)
  const { types } = connection.dialect
  const typeName = (type: TypeEngine): string =>
    // MariaDB tells the width in which integers are shown.
    types.compile(type).replace(/^(\w*INTEGER|\w*INT)\(\d+\)/, '$1')
  const lines: string[] = []
  const hasSecond = second !== null && database !== 'firebird'
  for (const schema of hasSecond ? [null, second] : [null]) {
    const prefix = schema === null ? '' : 'other.'
    const tables = await inspector.reflectTables({ schema })
    for (const [name, table] of [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      lines.push(...tableLines(prefix + name, table, typeName))
    }
    for (const name of await inspector.getSequenceNames(schema)) {
      lines.push(`sequence ${prefix}${name}`)
    }
    for (const { name, labels } of await inspector.getEnums(schema)) {
      lines.push(`enum ${prefix}${name} (${labels.join(', ')})`)
    }
  }
  if (!hasSecond) return lines.map(plain)
  const names = database === 'sqlite' ? [] : await inspector.getSchemaNames()
  const made = names.filter((name) => name.startsWith(`${second}_`))
  return [...lines, ...made.map((name) => `schema ${name}`)].map((line) =>
    plain(line.replaceAll(second, 'other')),
  )
}

function plain(line: string): string {
  return line.replaceAll(MADE_UP, '')
}

function tableLines(
  name: string,
  table: ReflectedTable,
  typeName: (type: TypeEngine) => string,
): readonly string[] {
  const { primaryKey } = table
  return [
    `table ${name}${said('comment', table.comment)}${said('options', unusual(table.options))}`,
    ...table.columns.map((column) => `${name}.${columnLine(column, typeName(column.type))}`),
    ...(primaryKey.constrainedColumns.length === 0
      ? []
      : [`${name}: primary key ${primaryKey.name ?? ''}(${primaryKey.constrainedColumns.join()})`]),
    ...table.uniqueConstraints
      .filter(({ duplicatesIndex }) => duplicatesIndex === undefined)
      .map(
        (unique) =>
          `${name}: unique ${unique.name ?? ''}(${unique.columnNames.join()})${said('options', unique.dialectOptions)}`,
      ),
    ...table.checkConstraints.map(
      (check) => `${name}: check ${check.name ?? ''}(${check.sqltext})`,
    ),
    ...table.foreignKeys.map((key) => {
      const target = `${key.referredSchema === null ? '' : `${key.referredSchema}.`}${key.referredTable}`
      const columns = `(${key.constrainedColumns.join()}) -> ${target}(${key.referredColumns.join()})`
      return `${name}: foreign key ${key.name ?? ''}${columns}${said('options', key.options)}`
    }),
    ...table.indexes
      .filter(({ duplicatesConstraint }) => duplicatesConstraint === undefined)
      .map((index) => `${name}: ${indexLine(index)}`),
  ]
}

function columnLine(column: ReflectedColumn, type: string): string {
  return [
    `${column.name} ${type}`,
    column.nullable ? '' : ' not null',
    column.default === null ? '' : ` default ${column.default}`,
    column.autoincrement === true ? ' autoincrement' : '',
    said('computed', column.computed),
    said('identity', column.identity),
    said('comment', column.comment),
  ].join('')
}

function indexLine(index: ReflectedIndex): string {
  const elements = index.expressions ?? index.columnNames
  return [
    `${index.unique ? 'unique ' : ''}index ${index.name ?? ''}(${elements.join()})`,
    said('sorting', index.columnSorting),
    said('include', index.includeColumns),
    said('options', index.dialectOptions),
  ].join('')
}

/** What MariaDB tells of every table is left out, and the comment, which is told by itself. */
function unusual(options: ReflectedTable['options']): unknown {
  const { comment: _, ...rest } = options['mariadb'] ?? {}
  const usual = { engine: 'InnoDB', defaultCharset: 'utf8mb4', collate: 'utf8mb4_general_ci' }
  const isUsual = ([key, value]: [string, unknown]): boolean =>
    usual[key as keyof typeof usual] === value
  const mariadb = Object.fromEntries(Object.entries(rest).filter((entry) => !isUsual(entry)))
  return { ...options, mariadb }
}

/** Nothing for what is empty. */
function said(what: string, value: unknown): string {
  const rest = withoutEmpty(value)
  if (rest === undefined) return ''
  return ` ${what} ${typeof rest === 'string' ? rest : JSON.stringify(rest)}`
}

function withoutEmpty(value: unknown): unknown {
  if (value === null || value === false || value === '') return undefined
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.length === 0 ? undefined : value
  if (typeof value !== 'object') return value
  const entries = Object.entries(value)
    .map(([key, part]) => [key, withoutEmpty(part)] as const)
    .filter(([, part]) => part !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** What is new with `+`, what is gone with `-`. */
export function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ]
}
