import { flatten } from '../render/layout.ts'
import { stringLiteral } from '../render/literal.ts'
import { call } from '../render/source.ts'
import type { SourceWriter } from '../render/source-writer.ts'
import { nameParts, type NameLike } from '../sql/elements/identifier.ts'
import { AddColumnOp, DropColumnOp } from './add-column.ts'
import { AlterColumnOp } from './alter-column.ts'
import type { MigrateOperation } from './migrate-operation.ts'

type Operation = MigrateOperation<unknown>

/** The operations of a table around the place where new NOT NULL columns are filled. */
export interface BackfillParts {
  readonly before: readonly Operation[]
  readonly added: readonly AddColumnOp[]
  readonly after: readonly Operation[]
}

/**
 * Cuts operations in two: columns that need it are added such that NULL may be in them, and become NOT NULL behind. What else there
 * is stays together: without its primary key, say, a table can't be left in between.
 */
export function splitForBackfill(ops: readonly Operation[]): BackfillParts | null {
  const added = ops.filter((op) => needsBackfill(op))
  const end = ops.findLastIndex((op) => needsBackfill(op)) + 1
  if (end === 0) return null
  const early = ops.slice(0, end)
  const isFirst = added.some((op) => isMadeAnew(op, early))
    ? () => true
    : (op: Operation) => needsBackfill(op) || isPlainAddition(op)
  return {
    before: early.filter((op) => isFirst(op)).map((op) => (needsBackfill(op) ? nullable(op) : op)),
    added,
    after: [
      ...added.map((op) => notNull(op)),
      ...early.filter((op) => !isFirst(op)),
      ...ops.slice(end),
    ],
  }
}

/** Whether a column of that name is dropped before. */
function isMadeAnew({ column }: AddColumnOp, ops: readonly Operation[]): boolean {
  return ops.some((op) => op instanceof DropColumnOp && String(op.columnName) === column.name)
}

function isPlainAddition(op: Operation): boolean {
  return op instanceof AddColumnOp && !op.column.primaryKey && op.column.computed === null
}

function needsBackfill(op: Operation): op is AddColumnOp {
  return op instanceof AddColumnOp && op.needsBackfill
}

function nullable(op: AddColumnOp): AddColumnOp {
  const column = Object.assign(op.column.copy(), { nullable: true })
  const { schema, ifNotExists, inlineReferences, inlinePrimaryKey, position } = op
  const options = { schema, ifNotExists, inlineReferences, inlinePrimaryKey }
  return new AddColumnOp(op.tableName, column, options, position)
}

function notNull({ tableName, column, schema }: AddColumnOp): AlterColumnOp {
  return new AlterColumnOp(tableName, column.name, {
    schema,
    existingType: column.type,
    existingComment: column.comment,
    existingNullable: true,
    modifyNullable: false,
  })
}

/** The place: a comment with a statement to fill in. */
export function renderBackfill(
  { tableName, column, schema }: AddColumnOp,
  writer: SourceWriter,
): void {
  const { preparer } = writer.context.dialect
  const table = preparer.formatTable({ ...named(tableName), schema: schema?.toString() ?? null })
  const name = preparer.quote(column.name, column.quote)
  const sql = `UPDATE ${table} SET ${name} = … WHERE ${name} IS NULL`
  const statement = flatten(call(writer.directive('execute'), stringLiteral(sql))) ?? ''
  writer.text(
    `// TODO: '${column.name}' becomes NOT NULL. Fill it in the rows that '${tableName.toString()}' has:\n// await ${statement}`,
  )
}

function named(name: NameLike): { readonly name: string; readonly quote: boolean | null } {
  const { text, quote } = nameParts(name)
  return { name: text, quote }
}
