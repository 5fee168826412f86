import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import { ColumnExpression, type TableReference } from './column-expression.ts'
import { asExpression, ConditionList, SqlExpression } from './expression.ts'
import { operands } from './operands.ts'

/** A table that statements can be written against. */
export interface StatementTable extends TableReference {
  readonly columns: readonly ColumnExpression[]
}

/** What `sa.table()` and `Table` have in common: the statements on them. */
export abstract class TableExpression implements StatementTable {
  abstract readonly name: string
  abstract readonly quote: boolean | null
  abstract readonly schema: string | null
  abstract readonly columns: readonly ColumnExpression[]

  /** `sa.insert(table)`. */
  insert(): Insert {
    return new Insert(this)
  }

  /** `sa.update(table)`. */
  update(): Update {
    return new Update(this)
  }

  /** `sa.delete_(table)`. */
  delete(): Delete {
    return new Delete(this)
  }

  /** `sa.select(table)`. */
  select(): Select {
    return new Select(this.columns, this)
  }
}

interface Assignment {
  readonly column: ColumnExpression
  readonly value: SqlExpression
}

function assignments(
  table: StatementTable,
  values: Readonly<Record<string, unknown>>,
): Assignment[] {
  const known = new Set(table.columns.map(({ name }) => name))
  const unknown = Object.keys(values).find((name) => !known.has(name))
  if (unknown !== undefined) throw unknownColumn(table, unknown)
  // In the table's order, whatever the order of the keys: statements for equal rows are equal.
  return table.columns
    .filter(({ name }) => Object.hasOwn(values, name))
    .map((column) => ({ column, value: asExpression(values[column.name], column.type) }))
}

function findColumn(table: StatementTable, name: string): ColumnExpression {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column !== undefined) return column
  throw unknownColumn(table, name)
}

function unknownColumn(table: StatementTable, name: string): SchemaError {
  return new SchemaError(
    `Unconsumed column names: ${name}; table '${table.name}' has ${table.columns.map((c) => c.name).join(', ')}`,
  )
}

function both(
  current: SqlExpression | null,
  added: readonly SqlExpression[],
): SqlExpression | null {
  const all = current === null ? added : [current, ...added]
  return all.length > 1 ? new ConditionList('and', all) : (all[0] ?? null)
}

/** The rows that an INSERT takes from a SELECT, and the columns that they go into. */
export interface SelectedRows {
  readonly columns: readonly ColumnExpression[]
  readonly select: Select
}

/** `INSERT INTO`; one row per entry of `rows`, or the rows of a SELECT. */
export class Insert {
  static {
    brand(this, 'Insert')
  }

  readonly kind = 'insert'
  readonly table: StatementTable
  readonly rows: readonly (readonly Assignment[])[]
  readonly selected: SelectedRows | null

  constructor(
    table: StatementTable,
    rows: Insert['rows'] = [],
    selected: SelectedRows | null = null,
  ) {
    this.table = table
    this.rows = rows
    this.selected = selected
  }

  /** The row or rows to insert, by column name. */
  values(
    values: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[],
  ): Insert {
    const rows = [values].flat() as readonly Readonly<Record<string, unknown>>[]
    return new Insert(
      this.table,
      rows.map((row) => assignments(this.table, row)),
    )
  }

  /** Takes the rows from a SELECT: `sa.insert(t).fromSelect(['a'], sa.select(other.c.a))`. */
  fromSelect(columns: readonly (string | ColumnExpression)[], rows: Select): Insert {
    const targets = columns.map((column) =>
      typeof column === 'string' ? findColumn(this.table, column) : column,
    )
    return new Insert(this.table, [], { columns: targets, select: rows })
  }
}

/** `UPDATE`. */
export class Update {
  static {
    brand(this, 'Update')
  }

  readonly kind = 'update'
  readonly table: StatementTable
  readonly assignments: readonly Assignment[]
  readonly condition: SqlExpression | null

  constructor(
    table: StatementTable,
    assigned: readonly Assignment[] = [],
    condition: SqlExpression | null = null,
  ) {
    this.table = table
    this.assignments = assigned
    this.condition = condition
  }

  /** The columns to set, by name. */
  values(values: Readonly<Record<string, unknown>>): Update {
    return new Update(this.table, assignments(this.table, values), this.condition)
  }

  /** Only rows that meet all the conditions. */
  where(...conditions: readonly SqlExpression[]): Update {
    return new Update(this.table, this.assignments, both(this.condition, conditions))
  }
}

/** `DELETE FROM`. */
export class Delete {
  static {
    brand(this, 'Delete')
  }

  readonly kind = 'delete'
  readonly table: StatementTable
  readonly condition: SqlExpression | null

  constructor(table: StatementTable, condition: SqlExpression | null = null) {
    this.table = table
    this.condition = condition
  }

  /** Only rows that meet all the conditions. */
  where(...conditions: readonly SqlExpression[]): Delete {
    return new Delete(this.table, both(this.condition, conditions))
  }
}

/** `SELECT` of columns of some tables: enough to read what a data migration needs. */
export class Select extends SqlExpression {
  static {
    brand(this, 'Select')
  }

  override readonly kind = 'select'
  readonly columns: readonly SqlExpression[]
  readonly from: TableReference | null
  readonly condition: SqlExpression | null

  constructor(
    columns: readonly SqlExpression[],
    from: TableReference | null = null,
    condition: SqlExpression | null = null,
  ) {
    super()
    this.columns = columns
    this.from = from
    this.condition = condition
  }

  /** The tables that are read: the one that was given, then those of the columns and of the conditions. */
  get tables(): readonly TableReference[] {
    const parts = [...this.columns, ...(this.condition === null ? [] : [this.condition])]
    const found = [...(this.from === null ? [] : [this.from]), ...parts.flatMap(tablesOf)]
    const byName = new Map(
      found.map((table) => [JSON.stringify([table.schema, table.name]), table]),
    )
    return [...byName.values()]
  }

  /** A table to read from that the columns don't say. */
  selectFrom(table: TableReference): Select {
    return new Select(this.columns, table, this.condition)
  }

  /** Only rows that meet all the conditions. */
  where(...conditions: readonly SqlExpression[]): Select {
    return new Select(this.columns, this.from, both(this.condition, conditions))
  }
}

/** A statement that changes rows. */
export type DmlStatement = Insert | Update | Delete

/** Inserts rows: `sa.insert(t).values({ a: 1 })`. */
export function insert(table: StatementTable): Insert {
  return new Insert(table)
}

/** Changes rows: `sa.update(t).where(t.c.a.eq(1)).values({ b: 2 })`. */
export function update(table: StatementTable): Update {
  return new Update(table)
}

/** Removes rows: `sa.delete_(t).where(t.c.a.eq(1))`. */
export function delete_(table: StatementTable): Delete {
  return new Delete(table)
}

/** Reads columns, or all columns of a table. */
export function select(...items: readonly (SqlExpression | StatementTable)[]): Select {
  return new Select(items.flatMap((item) => (item instanceof SqlExpression ? item : item.columns)))
}

/** The tables whose columns an expression names; those of a SELECT in it are its own. */
function tablesOf(expression: SqlExpression): readonly TableReference[] {
  if (expression instanceof ColumnExpression) {
    return expression.table === null ? [] : [expression.table]
  }
  return expression instanceof Select ? [] : operands(expression).flatMap(tablesOf)
}
