import { foreignKeyFromReflection } from '../../engine/table-from-reflection.ts'
import { foreignKeySignature } from '../../impl/constraint-signature.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreateForeignKeyOp } from '../../operations/create-foreign-key.ts'
import type { ForeignKeyConstraint } from '../../sql/schema/foreign-key.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { settleForeignKeys } from '../settled/keys.ts'
import { dropOf, withName } from './constraint-names.ts'
import { tableLabel } from './existing-table.ts'
import { isNamedAnew } from './foreign-key-names.ts'

const log = getLogger('alembic.autogenerate.compare.constraints')

/**
 * A foreign key is the same where its columns, its target and its actions are. Its name counts only where a table or column goes on
 * under another name: a naming convention may have made it of that.
 */
function compareForeignKeys(
  context: AutogenContext,
  modifyTableOps: ModifyTableOps,
  schema: string | null,
  tableName: string,
  connTable: TableClass | null,
  metadataTable: TableClass | null,
): void {
  // A new table brings its foreign keys along.
  if (connTable === null || metadataTable === null) return
  const wanted = metadataTable.foreignKeyConstraints
  const reflected = reflectedForeignKeys(context, schema, tableName, connTable)
  const there = context.comparison.correctForAutogenForeignKeys(reflected, wanted)
  const { defaultSchemaName = null } = context.dialect.traits
  const thereBySignature = bySignature(there, defaultSchemaName)
  const wantedBySignature = bySignature(wanted, defaultSchemaName)
  const isSame = (old: ForeignKeyConstraint | undefined, now: ForeignKeyConstraint | undefined) =>
    old !== undefined && now !== undefined && !isNamedAnew(context, connTable, old, now)
  for (const [signature, constraint] of thereBySignature) {
    if (isSame(constraint, wantedBySignature.get(signature))) continue
    const name = nameOf(constraint)
    const compareTo = sameName(wanted, name)
    if (!context.runObjectFilters(constraint, name, 'foreign_key_constraint', true, compareTo)) {
      continue
    }
    modifyTableOps.ops.push(dropOf(context, constraint))
    log.info(`Detected removed foreign key ${described(constraint)}`)
  }
  for (const [signature, constraint] of wantedBySignature) {
    if (isSame(thereBySignature.get(signature), constraint)) continue
    const name = nameOf(constraint)
    const compareTo = sameName(there, name)
    if (!context.runObjectFilters(constraint, name, 'foreign_key_constraint', false, compareTo)) {
      continue
    }
    modifyTableOps.ops.push(withName(context, CreateForeignKeyOp.fromConstraint(constraint)))
    log.info(`Detected added foreign key ${described(constraint)}`)
  }
}

function reflectedForeignKeys(
  context: AutogenContext,
  schema: string | null,
  tableName: string,
  table: TableClass,
): ForeignKeyConstraint[] {
  const found = context.reflected.get(tableLabel(schema, tableName))?.foreignKeys ?? []
  return found
    .filter(({ name }) =>
      context.runNameFilters(name, 'foreign_key_constraint', { tableName, schemaName: schema }),
    )
    .map((foreignKey) => Object.assign(foreignKeyFromReflection(foreignKey), { table }))
}

/** The foreign keys by what they say, sorted by their columns. */
function bySignature(
  constraints: readonly ForeignKeyConstraint[],
  defaultSchema: string | null,
): ReadonlyMap<string, ForeignKeyConstraint> {
  const columns = (constraint: ForeignKeyConstraint): string =>
    constraint.columns.map((column) => column.name).join('\0')
  return new Map(
    constraints
      .toSorted((a, b) => (columns(a) < columns(b) ? -1 : 1))
      .map((constraint) => [foreignKeySignature(constraint, defaultSchema), constraint]),
  )
}

function nameOf(constraint: ForeignKeyConstraint): string | null {
  return resolveName(constraint)?.text ?? null
}

function sameName(
  constraints: readonly ForeignKeyConstraint[],
  name: string | null,
): ForeignKeyConstraint | null {
  if (name === null) return null
  return constraints.find((constraint) => nameOf(constraint) === name) ?? null
}

/** `(owner_id)(id) on table posts`. */
function described(constraint: ForeignKeyConstraint): string {
  const columns = constraint.columns.map((column) => column.name).join(', ')
  const { table } = constraint
  const label = tableLabel(table?.schema ?? null, table?.name ?? '')
  return `(${columns})(${constraint.referred.columns.join(', ')}) on table ${label}`
}

export function setup(plugin: Plugin): void {
  const options = { subgroup: 'foreignkeys', settle: settleForeignKeys }
  plugin.addAutogenerateComparator(compareForeignKeys, 'table', options)
}
