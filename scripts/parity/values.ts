import { ExcludeConstraint } from '../../src/sql/schema/exclude-constraint.ts'
import {
  FinalName,
  nameParts,
  QuotedName,
  type NameLike,
} from '../../src/sql/elements/identifier.ts'
import {
  asExpression,
  LiteralColumn,
  type SqlExpression,
} from '../../src/sql/elements/expression.ts'
import { ColumnClass, type ColumnItem } from '../../src/sql/schema/column.ts'
import { ForeignKeyConstraint } from '../../src/sql/schema/foreign-key.ts'
import type { IndexElement } from '../../src/sql/schema/table-index.ts'
import { TableClass, type TableItem } from '../../src/sql/schema/table.ts'
import { TableClause, type ColumnClause } from '../../src/sql/elements/table-clause.ts'
import * as sa from '../../src/sa.ts'
import { camelCase, readTypeNode, type TypeNode } from './nodes/types.ts'

/** A value of the vectors with a `$` key. */
export interface ValueNode {
  readonly $: string
  readonly [key: string]: unknown
}

/** A keyword mapping of the vectors. */
export type Keywords = Readonly<Record<string, unknown>>

/** Prefixes of options that one dialect alone understands, and the dialect that they go to. */
const DIALECT_PREFIXES =
  /^(postgresql|mysql|mariadb|sqlite|mssql|oracle|firebird|sybase|informix|ibm_db_sa|foodb|not)_(.+)$/

/** Makes this project's value of one of `FORMAT.md`. */
export function readValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readValue)
  if (typeof value !== 'object' || value === null) return value
  if (!isNode(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readValue(item)]))
  }
  const read = readers[value.$]
  if (read === undefined) throw new TypeError(`there is no value of kind ${value.$}`)
  return read(value)
}

/** Keyword arguments as an options object: camelCase, options of one dialect under its name. */
export function readKeywords(keywords: Keywords): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  const dialects: Record<string, Record<string, unknown>> = {}
  for (const [key, value] of Object.entries(keywords)) {
    const [, dialect, name] = DIALECT_PREFIXES.exec(key) ?? []
    if (dialect === undefined || name === undefined) options[optionName(key)] = readValue(value)
    else (dialects[dialectName(dialect)] ??= {})[camelCase(name)] = readValue(value)
  }
  return { ...options, ...dialects }
}

export function isNode(value: unknown): value is ValueNode {
  return typeof value === 'object' && value !== null && '$' in value
}

/** `server_default` → `serverDefault`, `type_` → `type`. */
function optionName(key: string): string {
  return camelCase(key.replace(/_$/, ''))
}

function dialectName(prefix: string): string {
  return prefix === 'ibm_db_sa' ? 'db2' : prefix
}

const readers: Readonly<Record<string, (node: ValueNode) => unknown>> = {
  type: (node) => readTypeNode(node as unknown as TypeNode),
  Column: readColumn,
  ForeignKey: (node) => sa.ForeignKey(String(node['target']), options(node)),
  Table: readTable,
  MetaData: readMetaData,
  PrimaryKeyConstraint: (node) => sa.PrimaryKeyConstraint(...columnKeys(node), options(node)),
  UniqueConstraint: (node) => sa.UniqueConstraint(...columnKeys(node), options(node)),
  ForeignKeyConstraint: (node) =>
    new ForeignKeyConstraint(
      columnKeys(node),
      node['refcolumns'] as readonly string[],
      options(node),
    ),
  CheckConstraint: (node) => sa.CheckConstraint(sqlText(node['sql']), options(node)),
  ExcludeConstraint: (node) =>
    new ExcludeConstraint(
      ...(readValue(node['elements']) as readonly [string | SqlExpression, string][]),
      options(node),
    ),
  Index: (node) =>
    sa.Index(
      readValue(node['name']) as NameLike | null,
      ...(readValue(node['expressions']) as IndexElement[]),
      options(node),
    ),
  text: (node) => sa.text(String(node['sql'])),
  expr: (node) => new LiteralColumn(String(node['sql'])),
  func: (node) => {
    const make = sa.func[String(node['name'])] as (...args: readonly unknown[]) => SqlExpression
    return make(...(readValue(node['args'] ?? []) as readonly unknown[]))
  },
  column: readLightColumn,
  table: (node) =>
    new TableClause(
      readValue(node['name']) as NameLike,
      (node['columns'] as ValueNode[]).map((column) => readLightColumn(column)),
      ((node['kw'] as Keywords)['schema'] as string | undefined) ?? null,
    ),
  desc: (node) => withNulls(sa.desc(expression(node['of'])), node['nulls']),
  asc: (node) => withNulls(sa.asc(expression(node['of'])), node['nulls']),
  nulls_first: (node) => sa.nullsFirst(expression(node['of'])),
  nulls_last: (node) => sa.nullsLast(expression(node['of'])),
  cast: (node) => sa.cast(readValue(node['of']), readType(node['type'])),
  binary: (node) => (node['op'] === '[]' ? subscript(node) : binaryOf(node)),
  true: () => sa.true_(),
  false: () => sa.false_(),
  null: () => sa.null_(),
  inline_literal: (node) =>
    node['type'] === undefined || node['type'] === null
      ? sa.inlineLiteral(readValue(node['value']))
      : sa.inlineLiteral(readValue(node['value']), readType(node['type'])),
  FetchedValue: () => sa.FetchedValue(),
  Computed: (node) => sa.Computed(sqlText(node['sql']), options(node)),
  Identity: (node) => sa.Identity(options(node)),
  Sequence: (node) => sa.Sequence(readValue(node['name']) as NameLike, options(node)),
  BLANK_SCHEMA: () => sa.BLANK_SCHEMA,
  f: (node) => new FinalName(String(node['name'])),
  quoted_name: (node) => new QuotedName(String(node['name']), node['quote'] as boolean | null),
  date: (node) => String(node['value']),
  // As Python writes it, with six digits where there is a fraction.
  datetime: (node) =>
    String(node['value'])
      .replace('T', ' ')
      .replace(/\.\d+$/, (fraction) => fraction.padEnd(7, '0')),
  time: (node) => String(node['value']),
  decimal: (node) => String(node['value']),
  uuid: (node) => String(node['value']),
  float: (node) => String(node['value']),
  int: (node) => BigInt(String(node['value'])),
  bytes: (node) => new Uint8Array(Buffer.from(String(node['value']), 'base64')),
  interval: (node) => node['value'],
}

function readColumn(node: ValueNode): ColumnClass {
  const items = ((node['items'] as unknown[] | undefined) ?? []).map(readValue) as ColumnItem[]
  return new ColumnClass(
    readValue(node['name']) as NameLike,
    readTypeNode(node['type'] as TypeNode | null),
    items,
    options(node),
  )
}

function binaryOf(node: ValueNode): SqlExpression {
  return sa.binary(readValue(node['left']), String(node['op']), readValue(node['right']))
}

/** `jb['key']`; in an index it stands in parentheses. */
function subscript(node: ValueNode): SqlExpression {
  const { name } = node['left'] as { readonly name: string }
  return sa.text(`(${name}['${String(node['right'])}'])`)
}

function readLightColumn(node: ValueNode): ColumnClause {
  const name = readValue(node['name']) as NameLike
  const type = node['type'] as TypeNode | null | undefined
  return type === undefined || type === null ? sa.column(name) : sa.column(name, readType(type))
}

/** A table; in the `MetaData` that its keywords name, or in one of its own. */
function readTable(node: ValueNode): TableClass {
  const { metadata, ...keywords } = (node['kw'] ?? {}) as Keywords
  const owner = metadata === undefined ? sa.MetaData() : (readValue(metadata) as sa.MetaData)
  return readTableInto(owner, { ...node, kw: keywords })
}

function readTableInto(metadata: sa.MetaData, node: ValueNode): TableClass {
  const items = (node['items'] as unknown[]).map(readValue) as TableItem[]
  return new TableClass(readValue(node['name']) as NameLike, metadata, items, options(node))
}

function readMetaData(node: ValueNode): sa.MetaData {
  const { naming_convention: namingConvention, ...keywords } = (node['kw'] ?? {}) as Keywords
  const metadata = sa.MetaData({
    ...readKeywords(keywords),
    ...(namingConvention === undefined || namingConvention === null
      ? {}
      : { namingConvention: namingConvention as Keywords }),
  })
  for (const table of (node['tables'] as ValueNode[] | undefined) ?? []) {
    readTableInto(metadata, table)
  }
  return metadata
}

function readType(node: unknown): sa.TypeEngine {
  const type = readTypeNode(node as TypeNode | null)
  if (type === null) throw new TypeError('a type is missing')
  return type
}

function options(node: ValueNode): Record<string, never> {
  return readKeywords((node['kw'] ?? {}) as Keywords) as Record<string, never>
}

function columnKeys(node: ValueNode): string[] {
  return (node['columns'] as readonly unknown[]).map(
    (column) => nameParts(readValue(column) as NameLike).text,
  )
}

function sqlText(sql: unknown): string | SqlExpression {
  return readValue(sql) as string | SqlExpression
}

/** What an ordering is of: a string is a column's name. */
function expression(of: unknown): SqlExpression {
  return typeof of === 'string' ? sa.column(of) : asExpression(readValue(of))
}

function withNulls(of: SqlExpression, nulls: unknown): SqlExpression {
  if (nulls === 'first') return sa.nullsFirst(of)
  return nulls === 'last' ? sa.nullsLast(of) : of
}
