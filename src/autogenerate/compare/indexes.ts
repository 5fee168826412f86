import type { ReflectedIndex, ReflectedUniqueConstraint } from '../../engine/reflected.ts'
import { indexFromReflection, uniqueFromReflection } from '../../engine/table-from-reflection.ts'
import { tuple, type ComparisonImpl, type IndexesAndUniques } from '../../impl/comparison.ts'
import type { ComparisonResult } from '../../impl/comparison-result.ts'
import { columnNames } from '../../impl/constraint-signature.ts'
import type { ModifyTableOps } from '../../operations/containers.ts'
import { CreateIndexOp, DropIndexOp } from '../../operations/create-index.ts'
import { CreateUniqueConstraintOp } from '../../operations/create-unique-constraint.ts'
import type { DropConstraintOp } from '../../operations/drop-constraint.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import { Index } from '../../sql/schema/table-index.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { dropOf, withName } from './constraint-names.ts'
import { foldDoubledUniques } from './doubled-uniques.ts'
import { tableLabel } from './existing-table.ts'
import {
  byFinalName,
  isSameKind,
  metadataObject,
  reflectedObject,
  type NamedObject,
} from './named-objects.ts'
import type { Plugin } from '../plugin.ts'
import { settleIndexes } from '../settled/indexes.ts'

const log = getLogger('alembic.autogenerate.compare.constraints')

/** The indexes and unique constraints of a table. A new or dropped table has its unique constraints with it. */
class IndexComparison {
  readonly #context: AutogenContext
  readonly #modifyTableOps: ModifyTableOps
  readonly #tableName: string
  /** The table is on both sides. */
  readonly #isExisting: boolean

  constructor(
    context: AutogenContext,
    modifyTableOps: ModifyTableOps,
    tableName: string,
    isExisting: boolean,
  ) {
    this.#context = context
    this.#modifyTableOps = modifyTableOps
    this.#tableName = tableName
    this.#isExisting = isExisting
  }

  compare(sides: IndexesAndUniques): void {
    const wanted = [...sides.metadataUniques, ...sides.metadataIndexes].map((object) =>
      metadataObject(object, this.#context),
    )
    const wantedByName = byFinalName(wanted)
    const there = (object: Index | UniqueConstraint): NamedObject =>
      reflectedObject(object, this.#context)
    const uniques = [...sides.reflectedUniques].map((object) => there(object))
    const indexes = [...sides.reflectedIndexes].map((object) => there(object))
    const uniquesByName = byFinalName(uniques)
    const indexesByName = byFinalName(indexes)
    const thereByName = new Map([...indexesByName, ...uniquesByName])
    const signatures = new Set(wanted.map(({ signature }) => signature))
    const unnamed = wanted.filter(({ finalName }) => finalName === null)
    const unnamedSignatures = new Set(unnamed.map(({ signature }) => signature))

    for (const name of sorted(thereByName)) {
      if (wantedByName.has(name)) continue
      const [unique, index] = [uniquesByName.get(name), indexesByName.get(name)]
      if (unique !== undefined && unnamedSignatures.has(unique.signature)) continue
      if (unique === undefined || index === undefined) this.#remove(unique ?? index)
      else if (!signatures.has(unique.signature) && !signatures.has(index.signature)) {
        this.#remove(unique)
        this.#remove(index)
      }
    }
    for (const unique of uniques) {
      if (unique.finalName !== null || !this.#context.comparison.detect.unnamedConstraints) continue
      if (!signatures.has(unique.signature)) this.#remove(unique)
    }
    for (const name of sorted(wantedByName)) {
      const object = wantedByName.get(name)
      const alike =
        object?.object instanceof Index ? indexesByName.get(name) : uniquesByName.get(name)
      const existing = alike ?? thereByName.get(name)
      if (object !== undefined && existing !== undefined) this.#change(existing, object)
    }
    for (const name of sorted(wantedByName)) {
      if (!thereByName.has(name)) this.#add(wantedByName.get(name))
    }
    const thereSignatures = new Set(uniques.map(({ signature }) => signature))
    const added = unnamed.filter(({ signature }) => !thereSignatures.has(signature))
    for (const object of added.toSorted((a, b) => (a.signature < b.signature ? -1 : 1))) {
      this.#add(object)
    }
  }

  #change(old: NamedObject, now: NamedObject): void {
    if (!isSameKind(old, now)) {
      this.#remove(old)
      this.#add(now)
      return
    }
    const result = this.#compareAlike(old, now)
    const kind = kindOf(now)
    if (result.kind === 'skip') {
      log.info(
        `Cannot compare ${kind} '${old.name}', assuming equal and skipping. ${result.reasons.join(', ')}`,
      )
    }
    if (result.kind !== 'different' || !this.#isIncluded(now, false, old)) return
    log.info(
      `Detected changed ${kind} '${old.name}' on '${this.#tableName}': ${result.reasons.join(', ')}`,
    )
    this.#modifyTableOps.ops.push(dropOp(this.#context, old), createOp(this.#context, now))
  }

  #compareAlike({ object: old }: NamedObject, { object: now }: NamedObject): ComparisonResult {
    const { comparison } = this.#context
    if (now instanceof UniqueConstraint && old instanceof UniqueConstraint) {
      return comparison.compareUniqueConstraints(now, old)
    }
    return comparison.compareIndexes(now as Index, old as Index)
  }

  #add(named: NamedObject | undefined): void {
    if (named === undefined || this.#comesWithTable(named)) return
    if (!this.#isIncluded(named, false, null)) return
    this.#modifyTableOps.ops.push(createOp(this.#context, named))
    log.info(
      `Detected added ${kindOf(named)} '${named.name}' on '${tuple(columnNames(named.object))}'`,
    )
  }

  #remove(named: NamedObject | undefined): void {
    if (named === undefined || this.#comesWithTable(named)) return
    if (!this.#isIncluded(named, true, null)) return
    this.#modifyTableOps.ops.push(dropOp(this.#context, named))
    log.info(`Detected removed ${kindOf(named)} '${named.name}' on '${this.#tableName}'`)
  }

  #comesWithTable({ object }: NamedObject): boolean {
    return object instanceof UniqueConstraint && !this.#isExisting
  }

  #isIncluded(named: NamedObject, reflected: boolean, compareTo: NamedObject | null): boolean {
    const type = named.object instanceof UniqueConstraint ? 'unique_constraint' : 'index'
    const other = compareTo?.object ?? null
    return this.#context.runObjectFilters(named.object, named.name, type, reflected, other)
  }
}

function kindOf({ object }: NamedObject): string {
  return object instanceof UniqueConstraint ? 'unique constraint' : 'index'
}

function createOp(
  context: AutogenContext,
  { object }: NamedObject,
): CreateIndexOp | CreateUniqueConstraintOp {
  return object instanceof UniqueConstraint
    ? withName(context, CreateUniqueConstraintOp.fromConstraint(object))
    : CreateIndexOp.fromIndex(object)
}

function dropOp(context: AutogenContext, { object }: NamedObject): DropIndexOp | DropConstraintOp {
  return object instanceof UniqueConstraint
    ? dropOf(context, object)
    : DropIndexOp.fromIndex(object)
}

function sorted(byName: ReadonlyMap<string, unknown>): string[] {
  return [...byName.keys()].toSorted()
}

/** By what was reflected of them: they are asked for before the comparison, and in it. */
const indexOf = new WeakMap<ReflectedIndex, Index>()

/** An index of the database. It is told where it belongs, but not appended: the table was made with its own. */
export function reflectedIndex(
  context: AutogenContext,
  reflected: ReflectedIndex,
  table: TableClass,
): Index {
  const known = indexOf.get(reflected)
  if (known?.table === table) return known
  const index = indexFromReflection(corrected(reflected, context.comparison))
  index.table = table
  indexOf.set(reflected, index)
  return index
}

/** What was reflected, with its options corrected to what a model would say. */
function corrected<R extends ReflectedIndex | ReflectedUniqueConstraint>(
  reflected: R,
  comparison: ComparisonImpl,
): R {
  return { ...reflected, dialectOptions: comparison.adjustReflectedDialectOptions(reflected) }
}

/** What the database has of a table, as objects; and the names of those that come as index and constraint. */
function reflectedSide(
  context: AutogenContext,
  schema: string | null,
  table: TableClass,
): Pick<IndexesAndUniques, 'reflectedIndexes' | 'reflectedUniques'> & {
  readonly doubled: ReadonlySet<string>
} {
  const found = context.reflected.get(tableLabel(schema, table.name))
  const where = { tableName: table.name, schemaName: schema }
  const uniques = (found?.uniqueConstraints ?? []).filter(({ name }) =>
    context.runNameFilters(name, 'unique_constraint', where),
  )
  const indexes = (found?.indexes ?? []).filter(({ name }) =>
    context.runNameFilters(name, 'index', where),
  )
  const reflectedUniques = uniques.map((unique) =>
    uniqueFromReflection(corrected(unique, context.comparison)),
  )
  const reflectedIndexes = indexes
    .filter(({ duplicatesConstraint }) => duplicatesConstraint === undefined)
    .map((index) => reflectedIndex(context, index, table))
  for (const unique of reflectedUniques) unique.table = table
  const doubled = uniques.flatMap(({ name, duplicatesIndex }) =>
    duplicatesIndex === undefined || name === null ? [] : [name],
  )
  return {
    reflectedUniques: new Set(reflectedUniques),
    reflectedIndexes: new Set(reflectedIndexes),
    doubled: new Set(doubled),
  }
}

function compareIndexesAndUniques(
  context: AutogenContext,
  modifyTableOps: ModifyTableOps,
  schema: string | null,
  tableName: string,
  connTable: TableClass | null,
  metadataTable: TableClass | null,
): void {
  const there =
    connTable === null
      ? { reflectedIndexes: new Set<Index>(), reflectedUniques: new Set<UniqueConstraint>() }
      : reflectedSide(context, schema, connTable)
  const constraints = metadataTable?.constraints ?? []
  const sides: IndexesAndUniques = {
    reflectedIndexes: there.reflectedIndexes,
    // A dropped table takes its unique constraints along.
    reflectedUniques: metadataTable === null ? new Set() : there.reflectedUniques,
    metadataUniques: new Set(constraints.filter((one) => one instanceof UniqueConstraint)),
    metadataIndexes: new Set(metadataTable?.indexes),
    metadataTable,
  }
  if ('doubled' in there && there.doubled.size > 0) {
    foldDoubledUniques(sides, there.doubled, context.dialect)
  }
  context.comparison.correctForAutogenConstraints(sides)
  const isExisting = connTable !== null && metadataTable !== null
  new IndexComparison(context, modifyTableOps, tableName, isExisting).compare(sides)
}

export function setup(plugin: Plugin): void {
  const options = { subgroup: 'indexes', settle: settleIndexes }
  plugin.addAutogenerateComparator(compareIndexesAndUniques, 'table', options)
}
