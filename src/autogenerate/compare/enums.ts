import type { ReflectedEnumUse } from '../../engine/reflected.ts'
import { AddEnumValueOp, AddEnumValuesOp } from '../../operations/add-enum-value.ts'
import { AlterEnumOp } from '../../operations/alter-enum.ts'
import type { UpgradeOps } from '../../operations/containers.ts'
import { CreateEnumOp, DropEnumOp } from '../../operations/create-enum.ts'
import type { MigrateOperation } from '../../operations/migrate-operation.ts'
import type { EnumType } from '../../sql/types/enum.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { Plugin } from '../plugin.ts'
import { compareLabels } from './enum-labels.ts'
import { EnumUses, type EnumOwner } from './enum-uses.ts'

const log = getLogger('alembic.autogenerate.compare.types')

/** The named enumeration types of all tables, after those: what they need is put before their operations or behind them. */
async function compareEnums(context: AutogenContext, upgradeOps: UpgradeOps): Promise<void> {
  const { comparison } = context
  if (!comparison.detect.enumTypes) return
  const models = modelEnums(context)
  const hasReflected = [...context.reflected.values()].some(({ schema, columns }) =>
    columns.some(({ type }) => comparison.enumTypesOf(type, schema).length > 0),
  )
  if (models.size === 0 && !hasReflected) return
  const there = await comparison.readEnumTypes()
  const comparer = new EnumComparer(context, upgradeOps, there)
  for (const type of models.values()) comparer.compare(type)
  for (const found of there) comparer.dropUnused(found, [...models.values()])
  comparer.finish()
}

/** The types that the models' columns need, each once, however many columns are of it. */
function modelEnums(context: AutogenContext): ReadonlyMap<string, EnumType> {
  const { comparison, dialect } = context
  const types = new Map<string, EnumType>()
  for (const table of context.sortedTables) {
    const found = table.columns.flatMap((column) =>
      comparison.enumTypesOf(column.type, table.schema).map((type) => ({ column, type })),
    )
    if (found.length === 0) continue
    if (!context.runObjectFilters(table, table.name, 'table', false)) continue
    for (const { column, type } of found) {
      const key = JSON.stringify([type.schema ?? dialect.traits.defaultSchemaName, type.name])
      const known = types.get(key)
      if (known !== undefined && known.values.join('\0') !== type.values.join('\0')) {
        log.warning(
          `Enumeration type '${type.name}' has other values in column '${table.key}.${column.name}' than before; those are not compared`,
        )
      }
      // One column that leaves the type to others does not speak for all.
      if (known === undefined || (!known.createType && type.createType)) types.set(key, type)
    }
  }
  return types
}

class EnumComparer {
  readonly #context: AutogenContext
  readonly #upgradeOps: UpgradeOps
  readonly #there: readonly ReflectedEnumUse[]
  readonly #uses: EnumUses
  readonly #before: MigrateOperation<unknown>[] = []
  readonly #after: MigrateOperation<unknown>[] = []
  readonly #drops: MigrateOperation<unknown>[] = []

  constructor(context: AutogenContext, upgradeOps: UpgradeOps, there: readonly ReflectedEnumUse[]) {
    this.#context = context
    this.#upgradeOps = upgradeOps
    this.#there = there
    this.#uses = new EnumUses(context, upgradeOps)
  }

  /** A type of the models. */
  compare(type: EnumType): void {
    const found = this.#there.find((candidate) => isSameType(candidate, type))
    // What the database has by that name is not made by a new table: in a script nobody could see that it is there.
    if (found !== undefined) this.#uses.leaveCreationTo(type)
    if (!type.createType) return
    if (found !== undefined && !this.#isNamed(found)) return
    if (!this.#context.runObjectFilters(type, type.name, 'enum', false, found ?? null)) return
    if (found === undefined) this.#create(type)
    else if (this.#context.opts.compareType !== false) this.#alter(type, found)
  }

  #isNamed({ name, schema, visible }: ReflectedEnumUse): boolean {
    return this.#context.runNameFilters(name, 'enum', { schemaName: visible ? null : schema })
  }

  #create(type: EnumType): void {
    const users = this.#uses.newUsersOf(type)
    if (users === 'none') return
    const op = new CreateEnumOp(type.name ?? '', type.values, { schema: type.schema })
    op.withTable = users === 'tables'
    this.#before.push(op)
    log.info(`Detected added enumeration type '${nameOf(type)}'`)
  }

  #alter(type: EnumType, found: ReflectedEnumUse): void {
    const { added, between, isRebuilt, likelyRenames } = compareLabels(found.labels, type.values)
    const { schema } = type
    const name = type.name ?? ''
    const additions = added.map(({ value, before, after, existing }) => {
      const options = { before, after, schema, existingValues: existing }
      const op = new AddEnumValueOp(name, value, options)
      const old = likelyRenames.get(value)
      if (old !== undefined) {
        op.comments.push(
          `a new name of '${old}'? To keep it in the rows, write op.renameEnumValue() in place of this and of op.alterEnum() below`,
        )
      }
      log.info(`Detected added value '${value}' of enumeration type '${nameOf(type)}'`)
      return op
    })
    this.#before.push(...(additions.length > 1 ? [new AddEnumValuesOp(additions)] : additions))
    if (!isRebuilt) return
    this.#after.push(new AlterEnumOp(name, type.values, { schema, existingValues: between }))
    const gone = found.labels.filter((label) => !type.values.includes(label))
    const what =
      gone.length === 0 ? 'other order of values' : `removed values '${gone.join("', '")}'`
    log.info(`Detected ${what} of enumeration type '${nameOf(type)}'`)
  }

  /** A type of the database that the last column leaves. */
  dropUnused(found: ReflectedEnumUse, models: readonly EnumType[]): void {
    const type: EnumOwner = { name: found.name, schema: found.visible ? null : found.schema }
    if (models.some((model) => isSameType(found, model))) return
    const leaving = found.isUsedElsewhere ? 'none' : this.#uses.leaving(found)
    if (leaving === 'none') {
      this.#uses.leaveCreationTo(type)
      return
    }
    if (!this.#isNamed(found)) return
    if (!this.#context.runObjectFilters(found, found.name, 'enum', true, null)) return
    const op = new DropEnumOp(found.name, { schema: type.schema }, found.labels)
    op.withTable = leaving === 'tables'
    this.#drops.push(op)
    log.info(`Detected removed enumeration type '${nameOf(type)}'`)
  }

  finish(): void {
    this.#upgradeOps.ops.unshift(...this.#before)
    this.#upgradeOps.ops.push(...this.#after, ...this.#drops)
  }
}

function isSameType(found: ReflectedEnumUse, { name, schema }: EnumOwner): boolean {
  return found.name === name && (schema === null ? found.visible : found.schema === schema)
}

function nameOf({ name, schema }: EnumOwner): string {
  return schema === null ? (name ?? '') : `${schema}.${name ?? ''}`
}

export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(compareEnums, 'schema', { subgroup: 'enums', priority: 'last' })
}
