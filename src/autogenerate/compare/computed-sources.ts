import { AlterColumnOp } from '../../operations/alter-column.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'

const log = getLogger('alembic.autogenerate.compare.server_defaults')

/** Columns that get another type, and the generated columns that must be away meanwhile. */
interface Pinned {
  readonly sources: readonly MigrateOperation<unknown>[]
  /** Generated columns that stay as they are, as if they had changed. */
  readonly pinned: readonly AlterColumnOp[]
}

/** What of a table's changes the server refuses for the sake of generated columns. */
export function pinnedBySources(
  { comparison, dialect }: AutogenContext,
  { ops, tableName, schema }: ModifyTableOps,
  {
    connTable,
    metadataTable,
  }: { readonly connTable: TableClass; readonly metadataTable: TableClass },
): Pinned {
  if (!comparison.computedPinsSources || !comparison.detect.computedExpressions) {
    return { sources: [], pinned: [] }
  }
  const altered = ops.filter((op) => op instanceof AlterColumnOp)
  const computed = connTable.columns.filter((column) => column.computed !== null)
  const isSource = ({ columnName }: AlterColumnOp, column: Column): boolean => {
    const sql = column.computed === null ? '' : dialect.sql.compileForDdl(column.computed.sqltext)
    const name = columnName.toString()
    const words = new Set(sql.match(/[\p{L}\p{N}_$]+/gu))
    return (
      name !== column.name && (words.has(name) || sql.includes(dialect.preparer.quoteAlways(name)))
    )
  }
  const sources = altered.filter(
    (op) => op.modifyType !== undefined && computed.some((column) => isSource(op, column)),
  )
  const pinned = computed.flatMap((column) => {
    const wanted = metadataTable.findColumn(column.name)
    const source = sources.find((op) => isSource(op, column))
    // Another formula has it made anew anyhow.
    const isChanging = altered.some(
      (op) => String(op.columnName) === column.name && op.modifyServerDefault !== undefined,
    )
    if (source === undefined || wanted === undefined || isChanging) return []
    log.info(
      `Generated column '${connTable.name}.${column.name}' is made anew, since the type of '${source.columnName.toString()}' changes`,
    )
    return [
      new AlterColumnOp(tableName, column.name, {
        schema,
        existingServerDefault: column.serverDefault,
        modifyServerDefault: wanted.serverDefault,
      }),
    ]
  })
  return { sources, pinned }
}
