import type { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreateTableCommentOp, DropTableCommentOp } from '../../operations/table-comment.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { STOP, type ComparatorResult } from '../dispatcher.ts'
import type { Plugin } from '../plugin.ts'
import { settleComments } from '../settled/columns.ts'

const log = getLogger('alembic.autogenerate.compare.comments')

function compareColumnComments(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  const [existing, wanted] = [connColumn.comment, metadataColumn.comment]
  if (!context.dialect.traits.supportsComments) return undefined
  if (existing === null && wanted === null) return undefined
  op.existingComment = existing
  if (existing === wanted) return undefined
  op.modifyComment = wanted
  log.info(`Detected column comment '${tableName}.${columnName}'`)
  return STOP
}

function compareTableComments(
  context: AutogenContext,
  modifyTableOps: ModifyTableOps,
  schema: string | null,
  tableName: string,
  connTable: TableClass | null,
  metadataTable: TableClass | null,
): ComparatorResult {
  // A new table brings its comment along.
  if (connTable === null || metadataTable === null) return undefined
  if (!context.dialect.traits.supportsComments) return undefined
  const [existingComment, comment] = [connTable.comment, metadataTable.comment]
  if (existingComment === comment) return undefined
  const options = { existingComment, schema }
  modifyTableOps.ops.push(
    comment === null
      ? new DropTableCommentOp(tableName, options)
      : new CreateTableCommentOp(tableName, comment, options),
  )
  return STOP
}

export function setup(plugin: Plugin): void {
  const where = { subgroup: 'comments', settle: settleComments }
  plugin.addAutogenerateComparator(compareColumnComments, 'column', where)
  plugin.addAutogenerateComparator(compareTableComments, 'table', where)
}
