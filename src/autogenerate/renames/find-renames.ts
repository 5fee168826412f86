import type { ReflectedTable } from '../../engine/reflected.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import { resolveDetections } from '../../impl/detections.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import { getLogger } from '../../util/logging.ts'
import type { AutogenContext } from '../autogen-context.ts'
import { chooseLikely, type Choice, type Surplus } from './choose.ts'
import { RenameLedger } from './rename-ledger.ts'
import { renameLabel, type OnRename, type Rename, type RenameQuestion } from './rename.ts'
import { withRenamedColumns, withRenamedTargets, type NewNames } from './renamed-reflection.ts'
import { readRequests } from './requests.ts'
import {
  columnScore,
  modelColumnTraits,
  modelTableTraits,
  reflectedColumnTraits,
  reflectedTableTraits,
  tableScore,
} from './similarity.ts'
import { WrittenRenames, type NamesThere } from './written-renames.ts'

const log = getLogger('alembic.autogenerate.compare.tables')

/** A table of the models under the schema that the database has it in. */
interface ModelTable {
  readonly schema: string | null
  readonly table: TableClass
}

/** The renames of a table's columns. */
export interface ColumnRenames {
  readonly renames: readonly Rename[]
  /** The table as it was before them, under its new name. */
  readonly before: TableClass
}

/** What was renamed, and what may have been. */
export interface FoundRenames {
  readonly tables: readonly (readonly Rename[])[]
  readonly columns: readonly ColumnRenames[]
  readonly open: readonly RenameQuestion[]
  /** All names of tables on either side. */
  readonly tableNames: ReadonlySet<string>
}

/**
 * Finds out which tables and columns go on under another name, and renames them in `reflected`: what else differs is
 * then found as between any two of the same name.
 */
export async function findRenames(
  context: AutogenContext,
  reflected: Map<string, ReflectedTable>,
  models: ReadonlyMap<string, ModelTable>,
): Promise<FoundRenames> {
  const finder = new RenameFinder(context, reflected, models)
  const tableNames = new Set(
    [...reflected.values(), ...[...models.values()].map(({ table }) => table)].map(
      ({ name }) => name,
    ),
  )
  const tables = await finder.findTables()
  const columns = await finder.findColumns()
  finder.report()
  return { tables, columns, open: finder.open, tableNames }
}

/** What the names of one place are judged by. */
interface Judgement {
  readonly score: Surplus['score']
  /** Whether hooks let it be dropped, or added. */
  readonly isOpen: (name: string, isReflected: boolean) => boolean
}

class RenameFinder {
  readonly open: RenameQuestion[] = []
  readonly #context: AutogenContext
  readonly #reflected: Map<string, ReflectedTable>
  readonly #models: ReadonlyMap<string, ModelTable>
  readonly #written: WrittenRenames
  readonly #guesses: boolean
  readonly #askers: readonly OnRename[]

  constructor(
    context: AutogenContext,
    reflected: Map<string, ReflectedTable>,
    models: ReadonlyMap<string, ModelTable>,
  ) {
    const { opts, renames } = context
    this.#context = context
    this.#reflected = reflected
    this.#models = models
    this.#written = new WrittenRenames(readRequests(renames, { hints: opts.renames ?? [] }))
    this.#guesses = resolveDetections(opts.detect).renames
    this.#askers = [opts.onRename, renames.onRename].filter(
      (asker) => asker !== null && asker !== undefined,
    )
  }

  /** The renames of tables, by schema. */
  async findTables(): Promise<Rename[][]> {
    const schemas = new Set([...this.#models.values()].map(({ schema }) => schema))
    const found: Rename[][] = []
    for (const schema of schemas) {
      const renames = await this.#findTablesOf(schema)
      if (renames.length === 0) continue
      this.#renameTables(schema, renames)
      found.push(renames)
    }
    return found
  }

  async #findTablesOf(schema: string | null): Promise<Rename[]> {
    const there = new Map(
      [...this.#reflected.values()]
        .filter((table) => this.#schemaOf(table) === schema)
        .map((table) => [table.name, table]),
    )
    const wanted = new Map(
      [...this.#models.values()]
        .filter((model) => model.schema === schema)
        .map(({ table }) => [table.name, table]),
    )
    const names: NamesThere = {
      kind: 'table',
      schema,
      table: null,
      there: new Set(there.keys()),
      wanted: new Map([...wanted].map(([name, { renamedFrom }]) => [name, renamedFrom])),
    }
    const traitsThere = remembered(reflectedTableTraits)
    const traitsWanted = remembered(modelTableTraits)
    return await this.#decide(names, {
      score: (from, to) => {
        const [a, b] = [there.get(from), wanted.get(to)]
        return a === undefined || b === undefined ? 0 : tableScore(traitsThere(a), traitsWanted(b))
      },
      isOpen: (name, isReflected) => {
        if (!isReflected) return this.#isIncluded(wanted.get(name), name, 'table', false)
        const table = there.get(name)
        return table !== undefined && this.#isIncluded(this.#connTable(table), name, 'table', true)
      },
    })
  }

  /** The renames of columns, in the tables that both sides have. */
  async findColumns(): Promise<ColumnRenames[]> {
    const pairs = [...this.#models].flatMap(([label, { schema, table }]) => {
      const there = this.#reflected.get(label)
      return there === undefined ? [] : [{ label, schema, there, table }]
    })
    this.#written.placeColumns(
      pairs.map(({ schema, there, table }) => this.#columnNames(schema, there, table)),
    )
    const found: ColumnRenames[] = []
    for (const { label, schema, table } of pairs) {
      // Looked up anew: its foreign keys may point at columns that were renamed meanwhile.
      const there = this.#reflected.get(label)
      if (there === undefined) continue
      const names = this.#columnNames(schema, there, table)
      if (isSame(names) && !this.#written.hasOpenRequests) continue
      const before = this.#connTable(there)
      const renames = await this.#findColumnsOf(names, there, before, table)
      if (renames.length === 0) continue
      await this.#renameColumns(label, renames)
      found.push({ renames, before })
    }
    return found
  }

  #columnNames(schema: string | null, there: ReflectedTable, table: TableClass): NamesThere {
    return {
      kind: 'column',
      schema,
      table: table.name,
      there: new Set(there.columns.map(({ name }) => name)),
      wanted: new Map(
        table.columns.filter((one) => !one.system).map((one) => [one.name, one.renamedFrom]),
      ),
    }
  }

  async #findColumnsOf(
    names: NamesThere,
    there: ReflectedTable,
    before: TableClass,
    table: TableClass,
  ): Promise<Rename[]> {
    const old = new Map(before.columns.map((column) => [column.name, column]))
    const now = new Map(table.columns.map((column) => [column.name, column]))
    return await this.#decide(names, {
      score: (from, to) => {
        const [a, b] = [old.get(from), now.get(to)]
        if (a === undefined || b === undefined) return 0
        return columnScore(
          reflectedColumnTraits(a, there),
          modelColumnTraits(b, table),
          this.#context.comparison,
        )
      },
      isOpen: (name, isReflected) => {
        const place = { schemaName: names.schema, tableName: there.name }
        if (isReflected && !this.#context.runNameFilters(name, 'column', place)) return false
        return this.#isIncluded((isReflected ? old : now).get(name), name, 'column', isReflected)
      },
    })
  }

  /** What was said of the names first, then what is likely of those that are left. */
  async #decide(names: NamesThere, { score, isOpen }: Judgement): Promise<Rename[]> {
    const written = this.#written.of(names)
    const { there, wanted, kind, schema } = names
    const from = [...there].filter(
      (name) => !wanted.has(name) && !written.some((one) => one.from === name),
    )
    const to = [...wanted.keys()].filter(
      (name) => !there.has(name) && !written.some((one) => one.to === name),
    )
    let choice: Choice = { renamed: [], open: [] }
    if (this.#guesses && from.length > 0 && to.length > 0) {
      const place = { kind, schema, table: names.table ?? '' }
      // Where nobody is asked, what is written in the end tells what hooks let through.
      const isAsked = this.#askers.length > 0
      const surplus = {
        place,
        from: isAsked ? from.filter((name) => isOpen(name, true)) : from,
        to: isAsked ? to.filter((name) => isOpen(name, false)) : to,
        score,
      }
      choice = await chooseLikely(surplus, this.#askers)
    }
    this.open.push(...choice.open)
    const renames = [...written, ...choice.renamed]
    for (const rename of renames) {
      log.info(`Detected renamed ${kind} '${renameLabel(rename)}' to '${rename.to}'`)
    }
    return renames
  }

  #isIncluded(
    object: unknown,
    name: string,
    type: 'table' | 'column',
    isReflected: boolean,
  ): boolean {
    return this.#context.runObjectFilters(object, name, type, isReflected)
  }

  #schemaOf({ schema }: ReflectedTable): string | null {
    return schema === this.#context.dialect.traits.defaultSchemaName ? null : schema
  }

  #connTable(table: ReflectedTable): TableClass {
    return tableFromReflection(this.#corrected(table), new MetaData())
  }

  /** The columns as a model would say them; what that depends on is known of them under their old names only. */
  #corrected(table: ReflectedTable): ReflectedTable {
    const { comparison } = this.#context
    const columns = table.columns.map((column) => comparison.autogenColumnReflect(table, column))
    return { ...table, columns }
  }

  /** A table with what the server names anew together with it. */
  #underNewName(table: ReflectedTable, name: string): ReflectedTable {
    const { comparison } = this.#context
    const foreignKeys = table.foreignKeys.map((key) => ({
      ...key,
      name: key.name && comparison.foreignKeyNameAfter(key.name, { from: table.name, to: name }),
    }))
    return { ...this.#corrected(table), foreignKeys }
  }

  #renameTables(schema: string | null, renames: readonly Rename[]): void {
    const names: NewNames = new Map(renames.map(({ from, to }) => [from, to]))
    const all = [...this.#reflected.values()]
    this.#reflected.clear()
    for (const table of all) {
      const isHere = this.#schemaOf(table) === schema
      const name = isHere ? (names.get(table.name) ?? table.name) : table.name
      const renamed =
        name === table.name
          ? table
          : { ...this.#underNewName(table, name), name, renamedFrom: table.name }
      const { defaultSchemaName = null } = this.#context.dialect.traits
      const withTargets = withRenamedTargets(renamed, (key) => {
        const at = key.referredSchema === defaultSchemaName ? null : key.referredSchema
        const referredTable = at === schema ? names.get(key.referredTable) : undefined
        return referredTable === undefined ? undefined : { referredTable }
      })
      const place = this.#schemaOf(table)
      this.#reflected.set(place === null ? name : `${place}.${name}`, withTargets)
    }
  }

  async #renameColumns(label: string, renames: readonly Rename[]): Promise<void> {
    const names: NewNames = new Map(renames.map(({ from, to }) => [from, to]))
    const table = this.#reflected.get(label)
    if (table === undefined) return
    const renamed = withRenamedColumns(this.#corrected(table), names, this.#context.dialect)
    await this.#context.comparison.prepareReflected([renamed])
    this.#reflected.set(label, renamed)
    const schema = this.#schemaOf(table)
    const { defaultSchemaName = null } = this.#context.dialect.traits
    for (const [key, other] of this.#reflected) {
      const withTargets = withRenamedTargets(
        other,
        ({ referredSchema, referredTable, referredColumns }) => {
          const at = referredSchema === defaultSchemaName ? null : referredSchema
          if (at !== schema || referredTable !== table.name) return undefined
          return { referredColumns: referredColumns.map((name) => names.get(name) ?? name) }
        },
      )
      this.#reflected.set(key, withTargets)
    }
  }

  /** Tells which requests were followed; without a ledger, throws CommandError where one was not. */
  report(): void {
    const { ledger } = this.#context.renames
    const own = ledger ?? new RenameLedger()
    this.#written.report(own)
    if (ledger === undefined) own.assertAllUsed()
  }
}

/** Whether there is nothing that was renamed, unless names were exchanged. */
function isSame({ there, wanted }: NamesThere): boolean {
  return there.size === wanted.size && [...wanted.keys()].every((name) => there.has(name))
}

/** Few of many tables are ever asked about. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
