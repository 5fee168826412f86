import { holdsDifferent, isKey, sampleOf, type Draw } from './draw.ts'
import type { EditedModel } from './edited-model.ts'
import type { IndexSpec, TableSpec } from './spec.ts'

/** One edit of the indexes, constraints and keys of a table. */
export function editKeys(draw: Draw, edited: EditedModel, table: TableSpec): void {
  switch (draw.upTo(6)) {
    case 0:
    case 1:
      return changeIndexes(draw, edited, table)
    case 2:
      return changeUniques(draw, edited, table)
    case 3:
      return changeChecks(draw, edited, table)
    case 4:
    case 5:
      return changeForeignKeys(draw, edited, table)
    default:
      return changeKey(draw, edited, table)
  }
}

function changeIndexes(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const [first, ...others] = table.indexes
  if (first === undefined || draw.oneIn(3)) {
    const index = draw.index(table.columns.filter((column) => edited.isOld(table, column)))
    const isFitting = index !== null && !isAllNull(table, index)
    if (isFitting) edited.replace(table, { indexes: [...table.indexes, index] })
    return
  }
  if (draw.oneIn(4)) return edited.replace(table, { indexes: others })
  const column = table.columns.find(({ name }) => name === first.columns[0])
  if (column === undefined) return
  const isOwn = edited.isOld(table, column) && holdsDifferent(column)
  const unique = isOwn && draw.oneIn(3) ? !first.unique : first.unique
  const form = draw.from(draw.indexForms(column, unique))
  const other = table.columns.find((one) => one !== column)
  const columns = form === 'plain' ? first.columns : first.columns.slice(0, 1)
  const included = form === 'included' ? (other?.name ?? null) : null
  const changed = { ...first, unique, form, columns, included }
  if (!isAllNull(table, changed)) edited.replace(table, { indexes: [changed, ...others] })
}

/** Rows have NULL in foreign keys, all the same for such an index. */
function isAllNull({ foreignKeys }: TableSpec, { form, columns }: IndexSpec): boolean {
  return (
    form === 'nullsNotDistinct' &&
    foreignKeys.some((key) => key.columns.some((name) => columns.includes(name)))
  )
}

function changeUniques(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const [unique] = table.uniques
  if (unique !== undefined) {
    const columns = unique.columns.toReversed()
    const isTurned = columns.length > 1 && draw.oneIn(2)
    return edited.replace(table, { uniques: isTurned ? [{ ...unique, columns }] : [] })
  }
  const choices = table.columns.filter(
    (column) => edited.isOld(table, column) && !table.key?.columns.includes(column.name),
  )
  edited.replace(table, { uniques: draw.uniques(choices) })
}

function changeChecks(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const [check] = table.checks
  if (check !== undefined) {
    const isMade = table.columns.some(
      (one) =>
        one.name === check.column &&
        (one.made !== null ||
          one.default !== null ||
          (edited.columnBefore(table, one)?.made ?? null) !== null),
    )
    const form = isMade ? check.form : draw.from(['low', 'list', 'either'] as const)
    const changed = { ...check, form, bound: draw.from([1000, 2000]) }
    return edited.replace(table, { checks: draw.oneIn(2) ? [] : [changed] })
  }
  // MariaDB checks neither what numbers itself nor what a foreign key sets.
  const taken = [table.key?.columns ?? [], ...table.foreignKeys.map((one) => one.columns)].flat()
  const number = table.columns.find((column) => {
    const { name, type, made, default: value } = column
    const wasMade = (edited.columnBefore(table, column)?.made ?? null) !== null
    return (
      sampleOf(type).isNumber &&
      !taken.includes(name) &&
      made === null &&
      value === null &&
      !wasMade
    )
  })
  if (number === undefined) return
  edited.replace(table, { checks: [draw.check(number)] })
}

function changeForeignKeys(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const [first, ...others] = table.foreignKeys
  if (first !== undefined) {
    const ondelete = first.ondelete === null ? 'CASCADE' : null
    const changed = draw.oneIn(2) ? [{ ...first, ondelete } as const] : []
    return edited.replace(table, { foreignKeys: [...others, ...changed] })
  }
  edited.replace(table, draw.foreignKey(table, draw.from(edited.model.tables)))
}

/** Foreign keys go with what they point at, and come again for what is there then. */
function changeKey(draw: Draw, edited: EditedModel, table: TableSpec): void {
  if (table.key === null) return
  const [id = '', second] = table.key.columns
  if (second !== undefined) {
    return rekey(draw, edited, table, draw.oneIn(2) ? [second, id] : [id])
  }
  const column = table.columns.find(
    (one) =>
      one.name !== id &&
      isKey(one) &&
      // A foreign key to it would need a column of the same named type.
      sampleOf(one.type).isNamed !== true &&
      !one.nullable &&
      edited.isOld(table, one),
  )
  if (column === undefined || column.made !== null) return
  rekey(draw, edited, table, [id, column.name])
}

function rekey(
  draw: Draw,
  edited: EditedModel,
  table: TableSpec,
  columns: readonly string[],
): void {
  const serial = serialOf(draw, table)
  // What numbered nothing would begin to, as the only column of a key.
  if (draw.rules.hasIdentity && table.numbered && serial === null && columns.length === 1) return
  edited.replace(table, { key: { name: table.key?.name ?? null, columns }, serial })
  const tables = edited.model.tables.map((one) => ({
    ...one,
    foreignKeys: one.foreignKeys.filter(({ target }) => target !== table.name),
  }))
  edited.model = { ...edited.model, tables }
}

/** PostgreSQL: that a column which is there becomes a SERIAL, or is one no more, is not compared, as in the reference. */
function serialOf(draw: Draw, { numbered, serial, key }: TableSpec): string | null {
  if (!draw.rules.hasIdentity || !numbered) return null
  const [id = '', second] = key?.columns ?? []
  return serial ?? (second === undefined ? id : null)
}
