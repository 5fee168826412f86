import fc from 'fast-check'
import { Draw, holdsDifferent, isKey, sampleOf } from './draw.ts'
import type { ModelRules } from './rules.ts'
import type { ColumnSpec, ModelSpec, TableSpec } from './spec.ts'

/** A model, and what became of it. */
export interface Change {
  readonly before: ModelSpec
  readonly after: ModelSpec
}

/** Models with one to four edits that autogenerate claims to find and that rows survive. */
export function changes(rules: ModelRules): fc.Arbitrary<Change> {
  return fc.gen().map((generator) => {
    // SQLite keeps no name for what was given none, and what has none can't be dropped; MariaDB counts.
    const draw = new Draw(generator, rules, { namesAll: !rules.namesByRule })
    const before = draw.model()
    const edit = new Edit(draw, before)
    const count = 1 + draw.upTo(3)
    for (let at = 0; at < count; at += 1) edit.apply()
    return { before, after: edit.model }
  })
}

class Edit {
  model: ModelSpec
  readonly #draw: Draw
  readonly #before: ModelSpec

  constructor(draw: Draw, before: ModelSpec) {
    this.#draw = draw
    this.#before = before
    this.model = before
  }

  apply(): void {
    const table = this.#draw.from(this.model.tables)
    switch (this.#draw.upTo(13)) {
      case 0:
        return this.#addTable()
      case 1:
        return this.#dropTable(table)
      case 2:
      case 3:
        return this.#addColumn(table)
      case 4:
        return this.#dropColumn(table)
      case 5:
        return this.#changeColumn(table, (column) => this.#widened(column))
      case 6:
        return this.#changeColumn(table, (column) => ({ ...column, nullable: !column.nullable }))
      case 7:
        return this.#changeColumn(table, (column) => this.#otherDefault(column))
      case 8:
        return this.#changeComments(table)
      case 9:
        return this.#changeIndexes(table)
      case 10:
        return this.#changeUniques(table)
      case 11:
        return this.#changeChecks(table)
      case 12:
        return this.#changeForeignKeys(table)
      default:
        return this.#changeKey(table)
    }
  }

  #replace(table: TableSpec, by: Partial<TableSpec>): void {
    const tables = this.model.tables.map((one) =>
      one.name === table.name ? { ...table, ...by } : one,
    )
    this.model = { ...this.model, tables }
  }

  #addTable(): void {
    const table = this.#draw.table()
    const target = this.#target()
    const isLinked = target !== null && this.#draw.oneIn(2)
    const linked = isLinked ? this.#draw.foreignKey(table, target) : table
    this.model = { ...this.model, tables: [...this.model.tables, linked] }
  }

  #dropTable({ name }: TableSpec): void {
    if (this.model.tables.length === 1) return
    const tables = this.model.tables
      .filter((table) => table.name !== name)
      .map((table) => ({
        ...table,
        foreignKeys: table.foreignKeys.filter(({ target }) => target !== name),
      }))
    this.model = { ...this.model, tables }
  }

  /** In the rows that are there it has NULL, or a value that the server makes. */
  #addColumn(table: TableSpec): void {
    const drawn = this.#draw.columnBeside(
      table.columns
        .slice(table.key?.columns.length ?? 0)
        .filter(({ name }) => !table.foreignKeys.some(({ columns }) => columns.includes(name))),
    )
    const isFilled = drawn.default !== null || drawn.made !== null
    const column = isFilled ? drawn : { ...drawn, nullable: true }
    this.#replace(table, { columns: [...table.columns, column] })
  }

  /** Without what needs it; the way back must be able to fill it. */
  #dropColumn(table: TableSpec): void {
    const column = this.#someColumn(table)
    if (column === null || (!column.nullable && column.default === null)) return
    const { name } = column
    if (table.checks.some((check) => check.name === null && check.column === name)) return
    // Filled with its default again, it is the same in all rows.
    const isUnique = [table, this.#tableBefore(table)].some((one) =>
      [...(one?.uniques ?? []), ...(one?.indexes ?? []).filter(({ unique }) => unique)].some(
        ({ columns }) => columns.includes(name),
      ),
    )
    if (isUnique && column.default !== null) return
    this.#replace(table, {
      columns: table.columns.filter((one) => one.name !== name),
      uniques: table.uniques.filter(({ columns }) => !columns.includes(name)),
      indexes: table.indexes.filter(({ columns }) => !columns.includes(name)),
      checks: table.checks.filter((check) => check.column !== name),
    })
  }

  /** A column that was there before and that neither keys nor generated columns are made of. */
  #someColumn(table: TableSpec): ColumnSpec | null {
    const before = this.#tableBefore(table)
    const needed = new Set([
      ...(table.key?.columns ?? []),
      ...table.foreignKeys.flatMap(({ columns }) => columns),
      ...table.columns.map(({ source }) => source),
    ])
    const keys = before?.foreignKeys.flatMap(({ columns }) => columns) ?? []
    const free = table.columns.filter(
      ({ name, made }) =>
        made === null &&
        !needed.has(name) &&
        !keys.includes(name) &&
        before?.columns.some((column) => column.name === name),
    )
    return free.length === 0 ? null : this.#draw.from(free)
  }

  #tableBefore({ name }: TableSpec): TableSpec | undefined {
    return this.#before.tables.find((table) => table.name === name)
  }

  #changeColumn(table: TableSpec, change: (column: ColumnSpec) => ColumnSpec): void {
    const column = this.#someColumn(table)
    if (column === null) return
    const changed = change(column)
    this.#replace(table, {
      columns: table.columns.map((one) => (one === column ? changed : one)),
    })
  }

  #widened(column: ColumnSpec): ColumnSpec {
    const { wider } = sampleOf(column.type)
    const isIndexed = this.model.tables.some((table) =>
      [...table.indexes, ...table.uniques].some(({ columns }) => columns.includes(column.name)),
    )
    // An index of a text needs a length in MariaDB.
    if (wider === undefined || (isIndexed && !sampleOf(wider).isKey)) return column
    const { length } = sampleOf(wider).defaults ?? []
    const serverDefault = column.default !== null && column.default < length ? column.default : null
    return { ...column, type: wider, default: serverDefault }
  }

  #otherDefault(column: ColumnSpec): ColumnSpec {
    const { length } = sampleOf(column.type).defaults ?? []
    const choices = [null, ...Array.from({ length }, (_, at) => at)]
    return { ...column, default: this.#draw.from(choices) }
  }

  #changeComments(table: TableSpec): void {
    if (!this.#draw.rules.hasComments) return
    if (this.#draw.oneIn(2)) this.#replace(table, { comment: this.#otherComment(table.comment) })
    else {
      this.#changeColumn(table, (column) => ({
        ...column,
        comment: this.#otherComment(column.comment),
      }))
    }
  }

  #otherComment(comment: string | null): string | null {
    return comment === null ? "it's new" : this.#draw.from([null, 'changed'])
  }

  #changeIndexes(table: TableSpec): void {
    const [first, ...others] = table.indexes
    if (first !== undefined && this.#draw.oneIn(2)) {
      const column = table.columns.find(({ name }) => name === first.columns[0])
      const isOld = column !== undefined && this.#isOld(table, column)
      const changed = { ...first, unique: isOld && !first.unique }
      this.#replace(table, { indexes: this.#draw.oneIn(2) ? others : [changed, ...others] })
      return
    }
    const index = this.#draw.index(this.#indexable(table))
    if (index !== null) this.#replace(table, { indexes: [...table.indexes, index] })
  }

  /** Whether the rows have a value of their own in it. */
  #isOld(table: TableSpec, column: ColumnSpec): boolean {
    const before = this.#tableBefore(table)
    return before?.columns.some(({ name }) => name === column.name) ?? true
  }

  /** MariaDB drops its own index of a foreign key for another one, which can't be dropped then. */
  #indexable(table: TableSpec): readonly ColumnSpec[] {
    const taken = this.#draw.rules.indexesForeignKeys
      ? [table, this.#tableBefore(table)].flatMap((one) => one?.foreignKeys ?? [])
      : []
    return table.columns.filter(
      (column) =>
        this.#isOld(table, column) && !taken.some(({ columns }) => columns.includes(column.name)),
    )
  }

  #changeUniques(table: TableSpec): void {
    if (table.uniques.length > 0) return this.#replace(table, { uniques: [] })
    const choices = this.#indexable(table).filter(
      (column) =>
        isKey(column) && holdsDifferent(column) && !table.key?.columns.includes(column.name),
    )
    if (choices.length === 0) return
    const columns = [this.#draw.from(choices).name]
    this.#replace(table, { uniques: [{ name: this.#draw.name(), columns }] })
  }

  #changeChecks(table: TableSpec): void {
    const [check] = table.checks
    if (check !== undefined) {
      if (check.name !== null || this.model.convention) this.#replace(table, { checks: [] })
      return
    }
    // MariaDB checks neither what numbers itself nor what a foreign key sets.
    const taken = [table.key?.columns ?? [], ...table.foreignKeys.map((one) => one.columns)].flat()
    const number = table.columns.find(
      ({ name, type }) => sampleOf(type).isNumber && !taken.includes(name),
    )
    if (number === undefined) return
    this.#replace(table, { checks: [{ name: this.#draw.name(), column: number.name }] })
  }

  #changeForeignKeys(table: TableSpec): void {
    const [first, ...others] = table.foreignKeys
    if (first !== undefined) {
      const ondelete = first.ondelete === null ? 'CASCADE' : null
      const stays = this.#draw.rules.indexesForeignKeys || this.#draw.oneIn(2)
      const changed = stays ? [{ ...first, ondelete } as const] : []
      this.#replace(table, { foreignKeys: [...others, ...changed] })
      return
    }
    const target = this.#target()
    if (target !== null) this.#replace(table, this.#draw.foreignKey(table, target))
  }

  /** A new foreign key and another primary key of what it points at come in the wrong order in one file. */
  #target(): TableSpec | null {
    const choices = this.model.tables.filter((table) => {
      const before = this.#tableBefore(table)
      return before === undefined || before.key?.columns.length === table.key?.columns.length
    })
    return choices.length === 0 ? null : this.#draw.from(choices)
  }

  #changeKey(table: TableSpec): void {
    const isReferred = [...this.model.tables, ...this.#before.tables].some(({ foreignKeys }) =>
      foreignKeys.some(({ target }) => target === table.name),
    )
    if (table.key === null || table.numbered || isReferred) return
    const [id = '', second] = table.key.columns
    if (second !== undefined) {
      this.#replace(table, { key: { ...table.key, columns: [id] } })
      return
    }
    const column = table.columns.find(
      (one) => one.name !== id && isKey(one) && !one.nullable && this.#isOld(table, one),
    )
    if (column === undefined || column.made !== null) return
    this.#replace(table, { key: { ...table.key, columns: [id, column.name] } })
  }
}
