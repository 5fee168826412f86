import { DropColumnOp } from '../operations/add-column.ts'
import type { OpContainer } from '../operations/containers.ts'
import { DropTableOp } from '../operations/create-table.ts'
import type { NameLike } from '../sql/elements/identifier.ts'
import { ColumnClass, type Column } from '../sql/schema/column.ts'
import { nativeSql } from '../sql/types/native-type.ts'
import { TypeEngine } from '../sql/types/type-engine.ts'
import { getLogger } from '../util/logging.ts'
import { flatOperations } from './flat-operations.ts'

const log = getLogger('alembic.autogenerate')

/** Warns of columns that a downgrade has to make again, of types that there is no class for. */
export function warnOfUnknownTypes(upgradeOps: OpContainer): void {
  for (const operation of flatOperations(upgradeOps)) {
    if (operation instanceof DropTableOp) {
      const columns = operation.original?.columns ?? []
      for (const column of columns) {
        if (column instanceof ColumnClass) warnOf(column, operation.tableName)
      }
    } else if (operation instanceof DropColumnOp && operation.original !== null) {
      warnOf(operation.original, operation.tableName)
    }
  }
}

function warnOf({ name, type }: Column, tableName: NameLike): void {
  const sql = nativeSql(
    'itemType' in type && type.itemType instanceof TypeEngine ? type.itemType : type,
  )
  const place = `'${tableName.toString()}.${name}'`
  if (sql !== null) {
    log.warning(
      `Type ${sql} of column ${place} has no class here; downgrade() makes it by that text`,
    )
  } else if (type.affinity === 'Null') {
    log.warning(`The type of column ${place} can't be read; say in downgrade() what it is`)
  }
}
