import type { DefaultPair } from '../../impl/comparison.ts'
import type { AlterColumnOp } from '../../operations/alter-column.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import type { Column } from '../../sql/schema/column.ts'
import type { DefaultClause } from '../../sql/schema/server-default.ts'
import { getLogger } from '../../util/logging.ts'
import { warn } from '../../util/warnings.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { STOP, type ComparatorResult } from '../dispatcher.ts'
import type { Plugin } from '../plugin.ts'
import { settleDefaults } from '../settled/columns.ts'

const log = getLogger('alembic.autogenerate.compare.server_defaults')

/** The defaults of two columns as texts; `null` where one of them is generated, or both have none. */
export function defaultPair(
  { sql }: Dialect,
  inspected: Column,
  metadata: Column,
): DefaultPair | null {
  const [there, wanted] = [inspected.serverDefault, metadata.serverDefault]
  if (there === null && wanted === null) return null
  if (there !== null && there.kind !== 'default') return null
  if (wanted !== null && wanted.kind !== 'default') return null
  const text = ({ arg }: DefaultClause): string =>
    typeof arg === 'string' ? arg : sql.compileForDdl(arg)
  return {
    inspected,
    metadata,
    inspectedDefault: there === null ? null : text(there),
    metadataDefault: wanted === null ? null : text(wanted),
  }
}

/** Asks the user's `compareServerDefault`, and ends it all where it is switched off. */
function compareDefaultsByUser(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  if (connColumn.serverDefault === null && metadataColumn.serverDefault === null) return undefined
  op.existingServerDefault = connColumn.serverDefault
  const { compareServerDefault = false } = context.opts
  if (compareServerDefault === false) return STOP
  if (typeof compareServerDefault !== 'function') return undefined
  const pair = defaultPair(context.dialect, connColumn, metadataColumn)
  const differs = compareServerDefault(
    context.migrationContext,
    connColumn,
    metadataColumn,
    pair?.inspectedDefault ?? null,
    metadataColumn.serverDefault,
    pair?.metadataDefault ?? null,
  )
  if (differs !== true) return differs === false ? STOP : undefined
  op.modifyServerDefault = metadataColumn.serverDefault
  log.info(
    `User defined function ${compareServerDefault.name} detected server default on column '${tableName}.${columnName}'`,
  )
  return STOP
}

/** Generated columns can't be changed in place: they are made anew (`computed-columns.ts`), or it is said that they differ. */
function compareComputed(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  const [there, wanted] = [connColumn.computed, metadataColumn.computed]
  if (there === null && wanted === null) return undefined
  const pair = { inspected: connColumn, metadata: metadataColumn }
  if (!context.comparison.compareComputed(pair)) return STOP
  const { detect } = context.comparison
  const isKey = connColumn.primaryKey || metadataColumn.primaryKey
  if (!detect.computedExpressions || (isKey && !detect.primaryKeys)) {
    warn(`Computed default on ${tableName}.${columnName} cannot be modified`)
    return STOP
  }
  op.modifyServerDefault = metadataColumn.serverDefault
  log.info(`Detected changed generated column '${tableName}.${columnName}'`)
  return STOP
}

function compareIdentity(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  const [there, wanted] = [connColumn.identity, metadataColumn.identity]
  if (there === null && wanted === null) return undefined
  const found = context.comparison.compareIdentity(wanted, there, connColumn)
  const { isDifferent, options } = found
  if (!isDifferent) return undefined
  op.modifyServerDefault = found.wanted ?? metadataColumn.serverDefault
  if (options.length === 0) return undefined
  const names = options.map((option) => `'${option}'`).join(', ')
  log.info(
    `Detected server default on column '${tableName}.${columnName}': identity options attributes [${names}]`,
  )
  return STOP
}

/** Asks the dialect. */
function compareDefaults(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): ComparatorResult {
  const pair = defaultPair(context.dialect, connColumn, metadataColumn)
  if (pair === null || !context.comparison.compareServerDefault(pair)) return undefined
  op.modifyServerDefault = metadataColumn.serverDefault
  log.info(
    `Dialect impl ${context.migrationContext.impl.constructor.name} detected server default on column '${tableName}.${columnName}'`,
  )
  return STOP
}

export function setup(plugin: Plugin): void {
  const where = { subgroup: 'server_default', settle: settleDefaults }
  plugin.addAutogenerateComparator(compareDefaultsByUser, 'column', { ...where, priority: 'first' })
  plugin.addAutogenerateComparator(compareComputed, 'column', where)
  plugin.addAutogenerateComparator(compareIdentity, 'column', where)
  plugin.addAutogenerateComparator(compareDefaults, 'column', { ...where, priority: 'last' })
}
