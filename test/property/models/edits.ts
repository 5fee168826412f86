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
    const draw = new Draw(generator, rules)
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
    switch (this.#draw.upTo(14)) {
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
      case 13:
        return this.#changeFormula(table)
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
    const linked = this.#draw.oneIn(2) ? this.#draw.foreignKey(table, target) : table
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
    const old = this.#tableBefore(table)?.columns.find(({ name }) => name === column?.name)
    if (column === null || old === undefined || (!old.nullable && old.default === null)) return
    const { name } = column
    // Filled with its default again, it is the same in all rows.
    const isUnique = [table, this.#tableBefore(table)].some((one) =>
      [...(one?.uniques ?? []), ...(one?.indexes ?? []).filter(({ unique }) => unique)].some(
        ({ columns }) => columns.includes(name),
      ),
    )
    if (isUnique && old.default !== null) return
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

  /** Another formula, or none any more, or one from now on. Rows keep the rest. */
  #changeFormula(table: TableSpec): void {
    const computed = table.columns.find(({ made }) => made === 'computed')
    if (computed !== undefined) {
      const changed = this.#draw.oneIn(3)
        ? { ...computed, made: null, source: null, nullable: true }
        : { ...computed, term: computed.term + 1 }
      this.#replace(table, {
        columns: table.columns.map((one) => (one === computed ? changed : one)),
      })
      return
    }
    const isFree = ({ name }: ColumnSpec): boolean =>
      ![...table.indexes, ...table.uniques].some(({ columns }) => columns.includes(name))
    // MariaDB computes nothing of what a foreign key may set.
    const taken = [
      ...(table.key?.columns ?? []),
      ...table.foreignKeys.flatMap((key) => key.columns),
    ]
    this.#changeColumn(table, (column) => {
      const source = table.columns.find(
        (one) =>
          one !== column &&
          one.made === null &&
          sampleOf(one.type).isNumber &&
          !taken.includes(one.name),
      )
      const { isNumber } = sampleOf(column.type)
      if (!isNumber || source === undefined || !column.nullable || !isFree(column)) return column
      return { ...column, made: 'computed', source: source.name, default: null }
    })
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

  #indexable(table: TableSpec): readonly ColumnSpec[] {
    return table.columns.filter((column) => this.#isOld(table, column))
  }

  #changeUniques(table: TableSpec): void {
    if (table.uniques.length > 0) return this.#replace(table, { uniques: [] })
    const choices = this.#indexable(table).filter(
      (column) =>
        isKey(column) && holdsDifferent(column) && !table.key?.columns.includes(column.name),
    )
    if (choices.length === 0) return
    const columns = [this.#draw.from(choices).name]
    this.#replace(table, { uniques: [{ name: this.#draw.optionalName(), columns }] })
  }

  #changeChecks(table: TableSpec): void {
    const [check] = table.checks
    if (check !== undefined) {
      return this.#replace(table, { checks: [] })
    }
    // MariaDB checks neither what numbers itself nor what a foreign key sets.
    const taken = [table.key?.columns ?? [], ...table.foreignKeys.map((one) => one.columns)].flat()
    const number = table.columns.find(
      ({ name, type }) => sampleOf(type).isNumber && !taken.includes(name),
    )
    if (number === undefined) return
    this.#replace(table, { checks: [this.#draw.check(number.name)] })
  }

  #changeForeignKeys(table: TableSpec): void {
    const [first, ...others] = table.foreignKeys
    if (first !== undefined) {
      const ondelete = first.ondelete === null ? 'CASCADE' : null
      const stays = this.#draw.oneIn(2)
      const changed = stays ? [{ ...first, ondelete } as const] : []
      this.#replace(table, { foreignKeys: [...others, ...changed] })
      return
    }
    this.#replace(table, this.#draw.foreignKey(table, this.#target()))
  }

  #target(): TableSpec {
    return this.#draw.from(this.model.tables)
  }

  /** Foreign keys go with what they point at, and come again for what is there then. */
  #changeKey(table: TableSpec): void {
    if (table.key === null) return
    // PostgreSQL: that a column which is there becomes a SERIAL, or is one no more, is not compared, as in the reference.
    if (table.numbered && this.#draw.rules.hasIdentity) return
    const [id = '', second] = table.key.columns
    if (second !== undefined) return this.#rekey(table, this.#draw.oneIn(2) ? [second, id] : [id])
    const column = table.columns.find(
      (one) =>
        one.name !== id &&
        isKey(one) &&
        // A foreign key to it would need a column of the same named type.
        sampleOf(one.type).isNamed !== true &&
        !one.nullable &&
        this.#isOld(table, one),
    )
    if (column === undefined || column.made !== null) return
    this.#rekey(table, [id, column.name])
  }

  #rekey(table: TableSpec, columns: readonly string[]): void {
    this.#replace(table, { key: { name: table.key?.name ?? null, columns } })
    const tables = this.model.tables.map((one) => ({
      ...one,
      foreignKeys: one.foreignKeys.filter(({ target }) => target !== table.name),
    }))
    this.model = { ...this.model, tables }
  }
}
