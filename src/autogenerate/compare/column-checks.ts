import type { AlterColumnOp } from '../../operations/alter-column.ts'
import type { DefinitionPair } from '../../impl/table-definitions.ts'
import type { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import type { SqlExpression } from '../../sql/elements/expression.ts'
import { verbatimText } from '../../sql/elements/placeholders.ts'
import type { Column } from '../../sql/schema/column.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import type { FactPair } from '../settled/settlement.ts'

const log = getLogger('alembic.autogenerate.compare.check_constraints')

/** The CHECK of a model's column that a server may keep with the column: the first without a name. */
export function ownCheck({ checks }: Column): CheckConstraint | null {
  return checks.find((check) => resolveName(check) === null) ?? null
}

/** CHECKs that stand with the columns on both sides. */
export function columnCheckPairs(
  connTable: TableClass,
  metadataTable: TableClass,
): DefinitionPair<CheckConstraint>[] {
  return metadataTable.columns.flatMap((column) => {
    const metadata = ownCheck(column)
    const [inspected] = connTable.findColumn(column.name)?.checks ?? []
    return metadata === null || inspected === undefined ? [] : [{ inspected, metadata }]
  })
}

/** Whether a CHECK stands with a column that the database has yet to get: then it comes along. */
export function comesWithColumn(
  check: CheckConstraint,
  connTable: TableClass,
  metadataTable: TableClass,
): boolean {
  if (!check.columnLevel) return false
  const column = metadataTable.columns.find(({ checks }) => checks.includes(check))
  return column !== undefined && connTable.findColumn(column.name) === undefined
}

/**
 * The CHECK that the server keeps with a column. Whatever changes the column restates it; what only the server has is not the
 * models' to drop.
 */
function compareColumnCheck(
  context: AutogenContext,
  op: AlterColumnOp,
  _schema: string | null,
  tableName: string,
  columnName: string,
  connColumn: Column,
  metadataColumn: Column,
): undefined {
  const [there] = connColumn.checks
  if (there === undefined) return
  const { name } = context.dialect
  const known = { existingCheck: there.sqltext }
  const say = (options: Readonly<Record<string, unknown>>): void => {
    op.options = { ...op.options, [name]: { ...options, ...op.options[name], ...known } }
  }
  say({})
  const wanted = ownCheck(metadataColumn)
  if (connColumn.renamedFrom !== null) {
    say({ check: wanted?.sqltext ?? withNewName(context, there, connColumn) })
    return
  }
  const { comparison } = context
  if (wanted === null && !comparison.detect.serverNamedChecks) return
  const result = wanted === null ? null : comparison.compareCheckConstraints(wanted, there)
  if (result !== null && result.kind !== 'different') return
  const isCompared = context.runObjectFilters(
    wanted ?? there,
    null,
    'check_constraint',
    wanted === null,
    wanted === null ? null : there,
  )
  if (!isCompared) return
  say({ check: wanted?.sqltext ?? false })
  const reasons = result === null ? '' : `: ${result.reasons.join(', ')}`
  log.info(`Detected changed check constraint of column '${tableName}.${columnName}'${reasons}`)
}

/** The server writes every name in quotes; what comes with a rename must use the new one. */
function withNewName(
  { dialect }: AutogenContext,
  { sqltext }: CheckConstraint,
  { name, renamedFrom }: Column,
): SqlExpression {
  const [old, now] = [renamedFrom ?? name, name].map((one) => dialect.preparer.quoteAlways(one))
  return verbatimText(dialect.sql.compileForDdl(sqltext).replaceAll(old ?? '', () => now ?? ''))
}

function settleColumnChecks(_context: AutogenContext, { columns }: FactPair): boolean {
  return columns.every(({ reflected }) => reflected.check === undefined)
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareColumnCheck, 'column', {
    subgroup: 'checkconstraints',
    settle: settleColumnChecks,
  })
}
