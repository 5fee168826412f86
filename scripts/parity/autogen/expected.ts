import { FinalName } from '../../../src/sql/elements/identifier.ts'
import { SqlExpression } from '../../../src/sql/elements/expression.ts'
import { ForeignKeyConstraint } from '../../../src/sql/schema/foreign-key.ts'
import type { Constraint } from '../../../src/sql/schema/constraint.ts'
import type { DialectOptions } from '../../../src/sql/schema/dialect-options.ts'
import { TableClass } from '../../../src/sql/schema/table.ts'
import { Index } from '../../../src/sql/schema/table-index.ts'
import * as sa from '../../../src/sa.ts'
import { isNode, readKeywords, readValue, type Keywords, type ValueNode } from '../values.ts'
import type { Describer } from './describe.ts'

/** What the vectors expect, as plain data in the form of `Describer`: read as objects of this project, then described. */
export function describeExpected(value: unknown, describer: Describer): unknown {
  if (Array.isArray(value)) return value.map((item) => describeExpected(item, describer))
  if (isNode(value)) return describeNode(value, describer)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === 'kw'
      ? describeKeywords(item as Keywords, describer)
      : describeExpected(item, describer),
  ])
  return Object.fromEntries(entries)
}

/** MySQL's table options have blanks in their names. */
export function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      /^(?:mysql|mariadb)_/.test(key) ? key.replaceAll(' ', '_') : key,
      withoutBlanks(item),
    ]),
  )
}

const TABLE_BOUND = new Set([
  'CheckConstraint',
  'ExcludeConstraint',
  'ForeignKeyConstraint',
  'Index',
  'PrimaryKeyConstraint',
  'UniqueConstraint',
])

function describeNode(node: ValueNode, describer: Describer): unknown {
  if (!TABLE_BOUND.has(node.$)) {
    const value = readValue(node)
    return value instanceof FinalName ? { final: value.value } : describer.describe(value)
  }
  const object = readValue(node) as Constraint | Index
  if (typeof node['table'] !== 'string') return describer.describe(object)
  // A table of the columns that it names, for it to stand on.
  const names = new Set(columnNames(object))
  const table = new TableClass(
    node['table'],
    sa.MetaData({ namingConvention: {} }),
    [...names].map((name) => sa.Column(name, sa.Integer())),
    { schema: (node['schema'] as string | undefined) ?? null },
  )
  object.table = table
  return describer.describe(object)
}

function columnNames(object: Constraint | Index): readonly string[] {
  if (object instanceof Index) {
    return object.expressions.filter((element) => typeof element === 'string')
  }
  if (object instanceof ForeignKeyConstraint) return object.columnKeys
  return (object as { readonly columnKeys?: readonly string[] }).columnKeys ?? []
}

/** Keywords of an operation: its own ones as they are, those of single databases as options. */
function describeKeywords(keywords: Keywords, describer: Describer): unknown {
  const { autoincrement, ...others } = keywords
  const read = readKeywords(others)
  const own: Record<string, unknown> = {}
  const dialects: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(read)) {
    const isOptions =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      !(value instanceof SqlExpression)
    if (isOptions) dialects[key] = value
    else own[snakeCase(key)] = value
  }
  return {
    ...own,
    ...(autoincrement === undefined ? {} : { autoincrement }),
    ...(describer.options(dialects as DialectOptions) as object),
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
