import { sampleOf, type Draw } from './draw.ts'
import type { ColumnSpec, ModelSpec, TableSpec } from './spec.ts'

/** A model while it is edited, beside what it was. */
export class EditedModel {
  model: ModelSpec
  readonly #before: ModelSpec

  constructor(before: ModelSpec) {
    this.model = before
    this.#before = before
  }

  replace(table: TableSpec, by: Partial<TableSpec>): void {
    const tables = this.model.tables.map((one) =>
      one.name === table.name ? { ...table, ...by } : one,
    )
    this.model = { ...this.model, tables }
  }

  replaceColumn(table: TableSpec, column: ColumnSpec, by: Partial<ColumnSpec>): void {
    const columns = table.columns.map((one) => (one === column ? { ...one, ...by } : one))
    this.replace(table, { columns })
  }

  tableBefore({ name, was }: TableSpec): TableSpec | undefined {
    return this.#before.tables.find((table) => table.name === (was ?? name))
  }

  columnBefore(table: TableSpec, { name, was }: ColumnSpec): ColumnSpec | undefined {
    return this.tableBefore(table)?.columns.find((column) => column.name === (was ?? name))
  }

  /** Whether the rows have a value of their own in it. */
  isOld(table: TableSpec, column: ColumnSpec): boolean {
    return this.tableBefore(table) === undefined || this.columnBefore(table, column) !== undefined
  }

  /** Columns that were there before and that neither keys nor generated columns are made of. */
  freeColumns(table: TableSpec): readonly ColumnSpec[] {
    const keys = this.tableBefore(table)?.foreignKeys.flatMap(({ columns }) => columns) ?? []
    const needed = new Set([
      ...(table.key?.columns ?? []),
      ...table.foreignKeys.flatMap(({ columns }) => columns),
      ...table.columns.map(({ source }) => source),
    ])
    return table.columns.filter((column) => {
      const before = this.columnBefore(table, column)
      return before !== undefined && !needed.has(column.name) && !keys.includes(before.name)
    })
  }

  /** One of those whose values are the rows' own. */
  someColumn(draw: Draw, table: TableSpec): ColumnSpec | null {
    const free = this.freeColumns(table).filter(({ made }) => made === null)
    return free.length === 0 ? null : draw.from(free)
  }
}

/** Whether an index, a unique constraint or a CHECK is on the column. */
export function isUsed({ indexes, uniques, checks }: TableSpec, { name }: ColumnSpec): boolean {
  return (
    [...indexes, ...uniques].some(({ columns }) => columns.includes(name)) ||
    indexes.some(({ included }) => included === name) ||
    checks.some(({ column }) => column === name)
  )
}

/** A table without a column, and without what needs that. */
export function withoutColumn(table: TableSpec, { name }: ColumnSpec): Partial<TableSpec> {
  return {
    columns: table.columns.filter((one) => one.name !== name),
    uniques: table.uniques.filter(({ columns }) => !columns.includes(name)),
    indexes: table.indexes.filter(
      ({ columns, included }) => !columns.includes(name) && included !== name,
    ),
    checks: table.checks.filter((check) => check.column !== name),
  }
}

/** A table with another name for one of its columns. */
export function withColumnRenamed(
  table: TableSpec,
  column: ColumnSpec,
  by: { readonly name: string; readonly was: string },
): Partial<TableSpec> {
  const renamed = <Name extends string | null>(name: Name): Name | string =>
    name === column.name ? by.name : name
  const inColumns = <One extends { readonly columns: readonly string[] }>(one: One): One => ({
    ...one,
    columns: one.columns.map((name) => renamed(name)),
  })
  return {
    serial: renamed(table.serial),
    columns: table.columns.map((one) => ({
      ...one,
      source: renamed(one.source),
      ...(one === column ? by : {}),
    })),
    key: table.key === null ? null : inColumns(table.key),
    uniques: table.uniques.map((one) => inColumns(one)),
    indexes: table.indexes.map((one) => ({ ...inColumns(one), included: renamed(one.included) })),
    checks: table.checks.map((one) => ({ ...one, column: renamed(one.column) })),
    foreignKeys: table.foreignKeys.map((one) => inColumns(one)),
  }
}

/** What a default of the same text is in a column of another type; null where it has none. */
export function sameDefault({ type, default: at }: ColumnSpec, other: string): number | null {
  const { defaults: there = [] } = sampleOf(type)
  const { defaults: wanted = [] } = sampleOf(other)
  const given = at === null ? undefined : there[at]?.()
  const found = wanted.findIndex((make) => typeof given === 'string' && make() === given)
  return found === -1 ? null : found
}
