import type { AlterColumnOp } from '../../operations/alter-column.ts'
import type { Column } from '../../sql/schema/column.ts'
import { TypeDecorator, UserDefinedType } from '../../sql/types/custom.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { STOP, type ComparatorResult } from '../dispatcher.ts'
import type { Plugin } from '../plugin.ts'
import { settleTypes } from '../settled/columns.ts'

const log = getLogger('alembic.autogenerate.compare.types')

/** Notes the existing type; `false` where one side has no type that could be compared. */
function isComparable(
  op: AlterColumnOp,
  tableName: string,
  columnName: string,
  { type }: Column,
  metadataColumn: Column,
): boolean {
  // Noted even where types are not compared: MySQL and SQL Server need it for whatever else changes.
  op.existingType = type
  if (type.affinity === 'Null') {
    log.info(`Couldn't determine database type for column '${tableName}.${columnName}'`)
    return false
  }
  if (metadataColumn.type.affinity === 'Null') {
    log.info(`Column '${tableName}.${columnName}' has no type within the model; can't compare`)
    return false
  }
  return true
}

function noteTypeChange(
  op: AlterColumnOp,
  tableName: string,
  columnName: string,
  connColumn: Column,
  { type }: Column,
): typeof STOP {
  op.modifyType = type
  log.info(
    `Detected type change from ${connColumn.type.toString()} to ${type.toString()} on '${tableName}.${columnName}'`,
  )
  return STOP
}

/** Asks the user's `compareType`. */
function compareTypesByUser(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  const { compareType = true } = context.opts
  const comparable = isComparable(op, tableName, columnName, connColumn, metadataColumn)
  if (compareType === false || !comparable) return STOP
  if (typeof compareType !== 'function') return undefined
  const differs = compareType(
    context.migrationContext,
    connColumn,
    metadataColumn,
    connColumn.type,
    metadataColumn.type,
  )
  if (differs === true) {
    return noteTypeChange(op, tableName, columnName, connColumn, metadataColumn)
  }
  return differs === false ? STOP : undefined
}

/** Asks the model's type itself, where it is the user's own. */
function compareTypesByType(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  const { name } = context.dialect
  const type = metadataColumn.type.forDialect(name)
  if (!(type instanceof TypeDecorator) && !(type instanceof UserDefinedType)) return undefined
  const isSame = type.compareAgainstBackend?.(name, connColumn.type)
  if (isSame === false) {
    return noteTypeChange(op, tableName, columnName, connColumn, metadataColumn)
  }
  return isSame === true ? STOP : undefined
}

/** Asks the dialect. */
function compareTypes(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  if (!context.comparison.compareType(connColumn, metadataColumn)) return undefined
  return noteTypeChange(op, tableName, columnName, connColumn, metadataColumn)
}

export function setup(plugin: Plugin): void {
  const where = { subgroup: 'types', settle: settleTypes }
  plugin.addAutogenerateComparator(compareTypesByUser, 'column', { ...where, priority: 'first' })
  plugin.addAutogenerateComparator(compareTypesByType, 'column', where)
  plugin.addAutogenerateComparator(compareTypes, 'column', { ...where, priority: 'last' })
}
