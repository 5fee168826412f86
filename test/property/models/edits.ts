import fc from 'fast-check'
import { Draw } from './draw.ts'
import { editColumns } from './edit-columns.ts'
import { editKeys } from './edit-keys.ts'
import { EditedModel } from './edited-model.ts'
import type { ModelRules } from './rules.ts'
import { SEQUENCES } from './numbering.ts'
import type { ModelSpec, SequenceSpec, TableSpec } from './spec.ts'

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
    const edited = new EditedModel(before)
    const count = 1 + draw.upTo(3)
    for (let at = 0; at < count; at += 1) edit(draw, edited)
    return { before, after: edited.model }
  })
}

function edit(draw: Draw, edited: EditedModel): void {
  const table = draw.from(edited.model.tables)
  switch (draw.upTo(11)) {
    case 0:
      return addTable(draw, edited)
    case 1:
      return dropTable(edited, table)
    case 2:
      return renameTable(draw, edited, table)
    case 3:
      return changeSequences(draw, edited)
    case 4:
      return changeComment(draw, edited, table)
    case 5:
    case 6:
    case 7:
      return editKeys(draw, edited, table)
    default:
      return editColumns(draw, edited, table)
  }
}

function addTable(draw: Draw, edited: EditedModel): void {
  const table = draw.table()
  const { tables } = edited.model
  const linked = draw.oneIn(2) ? draw.foreignKey(table, draw.from(tables)) : table
  edited.model = { ...edited.model, tables: [...tables, linked] }
}

function dropTable(edited: EditedModel, { name }: TableSpec): void {
  if (edited.model.tables.length === 1) return
  const tables = edited.model.tables
    .filter((table) => table.name !== name)
    .map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.filter(({ target }) => target !== name),
    }))
  edited.model = { ...edited.model, tables }
}

function renameTable(draw: Draw, edited: EditedModel, table: TableSpec): void {
  const old = edited.tableBefore(table)
  if (old === undefined) return
  const name = draw.name()
  const tables = edited.model.tables.map((one) => {
    const foreignKeys = one.foreignKeys.map((key) =>
      key.target === table.name ? { ...key, target: name } : key,
    )
    const named = one === table ? { name, was: old.name } : {}
    return { ...one, foreignKeys, ...named }
  })
  edited.model = { ...edited.model, tables }
}

function changeSequences(draw: Draw, edited: EditedModel): void {
  if (!draw.rules.hasSequences) return
  const { sequences } = edited.model
  const [first, ...others] = sequences
  const changed = (one: SequenceSpec): SequenceSpec => ({
    ...one,
    options: draw.upTo(SEQUENCES.length - 1),
  })
  const after = (): readonly SequenceSpec[] => {
    if (first === undefined) return [draw.sequence()]
    switch (draw.upTo(3)) {
      case 0:
        return [...sequences, draw.sequence()]
      case 1:
        return others
      default:
        return [changed(first), ...others]
    }
  }
  edited.model = { ...edited.model, sequences: after() }
}

function changeComment(draw: Draw, edited: EditedModel, table: TableSpec): void {
  if (!draw.rules.hasComments) return
  const comment = table.comment === null ? "it's new" : draw.from([null, 'changed'])
  edited.replace(table, { comment })
}
