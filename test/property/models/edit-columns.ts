import { sampleOf, type Draw } from './draw.ts'
import {
  isUsed,
  sameDefault,
  withColumnRenamed,
  withoutColumn,
  type EditedModel,
} from './edited-model.ts'
import { otherLabels, withLabels } from './kinds.ts'
import { IDENTITIES } from './numbering.ts'
import type { ColumnSpec, TableSpec } from './spec.ts'
import { TYPES } from './types.ts'

/** One edit of a column. */
export function editColumns(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const column = edited.someColumn(draw, table)
  const change = (by: Partial<ColumnSpec> | null): void => {
    if (column !== null && by !== null) edited.replaceColumn(table, column, by)
  }
  if (column === null) return addColumn(draw, edited, table)
  switch (draw.upTo(12)) {
    case 0:
    case 1:
      return addColumn(draw, edited, table)
    case 2:
      return dropColumn(draw, edited, table)
    case 3:
      return change(resized(draw, table, column))
    case 4:
      return change({ nullable: !column.nullable })
    case 5:
      return change(withOtherDefault(draw, column))
    case 6:
      return changeFormula(draw, edited, table)
    case 7:
      return renameColumn(draw, edited, table)
    case 8:
      return change(changedKind(draw, table, column))
    case 9:
    case 10:
      return changeLabels(draw, edited, table)
    case 11:
      return changeIdentity(draw, edited, table)
    default: {
      const { comment } = column
      const other = comment === null ? "it's new" : draw.from([null, 'changed'])
      return change(draw.rules.hasComments ? { comment: other } : null)
    }
  }
}

/** In the rows that are there it has NULL, or a value that the server makes. */
function addColumn(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const drawn = draw.columnBeside(
    table.columns
      .slice(table.key?.columns.length ?? 0)
      .filter(({ name }) => !table.foreignKeys.some(({ columns }) => columns.includes(name))),
    table.schema,
  )
  const isFilled = drawn.default !== null || drawn.made !== null || table.empty
  const column = isFilled ? drawn : { ...drawn, nullable: true }
  edited.replace(table, { columns: [...table.columns, column] })
}

/** Without what needs it; the way back must be able to fill it. */
function dropColumn(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const free = edited.freeColumns(table)
  const column = free.length === 0 ? null : draw.from(free)
  const before = edited.tableBefore(table)
  const old = column === null ? undefined : edited.columnBefore(table, column)
  if (column === null || before === undefined || old === undefined) return
  const isFilled = old.nullable || old.default !== null || old.made !== null || before.empty
  // Filled with its default again, it is the same in all rows.
  const isSame = old.default !== null && !before.empty
  const isUnique = [table, before].some((one) =>
    [...one.uniques, ...one.indexes.filter(({ unique }) => unique)].some(
      ({ columns }) => columns.includes(column.name) || columns.includes(old.name),
    ),
  )
  if (isFilled && !(isSame && isUnique)) edited.replace(table, withoutColumn(table, column))
}

/** A wider or narrower type; what is in the rows fits in both. */
function resized(draw: Draw, table: TableSpec, column: ColumnSpec): Partial<ColumnSpec> | null {
  const { wider } = sampleOf(column.type)
  const narrower = draw.rules.types.filter((type) => TYPES[type]?.wider === column.type)
  const choices = [...(wider === undefined ? [] : [wider]), ...narrower]
  if (choices.length === 0) return null
  return retyped(table, column, draw.from(choices))
}

/** The column with another type, where what is on it can be on that as well. */
function retyped(table: TableSpec, column: ColumnSpec, type: string): Partial<ColumnSpec> | null {
  // An index of a text needs a length in MariaDB.
  if (isUsed(table, column) && sampleOf(type).isKey !== true) return null
  const isSpecial = table.indexes.some(
    ({ columns, form }) =>
      columns.includes(column.name) &&
      ['expression', 'operators', 'prefix', 'longPrefix'].includes(form),
  )
  if (isSpecial && sampleOf(type).hasLabels === true) return null
  return { type, typeName: '', labels: [], default: sameDefault(column, type) }
}

function withOtherDefault(draw: Draw, column: ColumnSpec): Partial<ColumnSpec> {
  const { length } = sampleOf(column.type).defaults ?? []
  const choices = [null, ...Array.from({ length }, (_, at) => at)]
  return { default: draw.from(choices) }
}

/** A text that becomes an enumeration with all that rows have, or the other way round. */
function changedKind(draw: Draw, table: TableSpec, column: ColumnSpec): Partial<ColumnSpec> | null {
  if (sampleOf(column.type).hasLabels === true) return retyped(table, column, 'string')
  if (!['string', 'longString', 'text'].includes(column.type)) return null
  const type = draw.from(draw.rules.enumerations)
  const by = retyped(table, column, type)
  const typeName = sampleOf(type).isNamed === true ? draw.name() : ''
  return by && { ...by, typeName, labels: withLabels(draw, ['a', 'b', "b's"]) }
}

/** Other values of an enumeration, in all columns that have it. */
function changeLabels(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const subject = table.columns.find(({ labels }) => labels.length > 0)
  if (subject === undefined) return
  const { typeName } = subject
  const labels = otherLabels(draw, subject.labels)
  const isSame = (column: ColumnSpec): boolean =>
    column === subject || (typeName !== '' && column.typeName === typeName)
  draw.kinds.relabel(typeName, labels)
  const tables = edited.model.tables.map((one) => ({
    ...one,
    columns: one.columns.map((column) => (isSame(column) ? { ...column, labels } : column)),
  }))
  edited.model = { ...edited.model, tables }
}

function renameColumn(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const old = table.columns.filter((column) => edited.columnBefore(table, column) !== undefined)
  if (old.length === 0) return
  const column = draw.from(old)
  const was = edited.columnBefore(table, column)?.name ?? column.name
  edited.replace(table, withColumnRenamed(table, column, { name: draw.name(), was }))
}

/** Other numbering, or none any more, or one from now on. */
function changeIdentity(draw: Draw, edited: EditedModel, table: TableSpec): void {
  if (!draw.rules.hasIdentity) return
  const free = edited.freeColumns(table)
  const identity = draw.upTo(IDENTITIES.length - 1)
  const numbered = free.find(({ made }) => made === 'identity')
  if (numbered !== undefined) {
    const by = draw.oneIn(2) ? ({ made: null, nullable: draw.oneIn(2) } as const) : { identity }
    return edited.replaceColumn(table, numbered, by)
  }
  const column = free.find(({ made, type }) => made === null && type === 'integer')
  if (column === undefined) return
  edited.replaceColumn(table, column, {
    made: 'identity',
    identity,
    default: null,
    nullable: false,
  })
}

/** Another formula, or none any more, or one from now on. Rows keep the rest. */
function changeFormula(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const computed = table.columns.find(({ made }) => made === 'computed')
  if (computed !== undefined) {
    const by = draw.oneIn(3)
      ? ({ made: null, source: null, nullable: true } as const)
      : { term: computed.term + 1 }
    return edited.replaceColumn(table, computed, by)
  }
  const column = edited.someColumn(draw, table)
  // MariaDB computes nothing of what a foreign key may set.
  const taken = [...(table.key?.columns ?? []), ...table.foreignKeys.flatMap((key) => key.columns)]
  const source = table.columns.find(
    (one) =>
      one !== column &&
      one.made === null &&
      sampleOf(one.type).isNumber &&
      !taken.includes(one.name),
  )
  if (column === null || source === undefined || !column.nullable) return
  const { isNumber } = sampleOf(column.type)
  const isIndexed = [...table.indexes, ...table.uniques].some(({ columns }) =>
    columns.includes(column.name),
  )
  if (!isNumber || isIndexed) return
  edited.replaceColumn(table, column, { made: 'computed', source: source.name, default: null })
}
