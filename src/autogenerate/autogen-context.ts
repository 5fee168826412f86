import type { Connection } from '../engine/connection.ts'
import type { Inspector } from '../engine/inspector.ts'
import type { ReflectedTable } from '../engine/reflected.ts'
import { CommandError } from '../errors/command-error.ts'
import { SchemaError } from '../errors/schema-error.ts'
import type { ComparisonImpl } from '../impl/comparison.ts'
import type { DialectRendering, RenderContext } from '../render/render-context.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { Dialect } from '../sql/compile/dialect.ts'
import type { MetaData } from '../sql/schema/metadata.ts'
import { sortTables } from '../sql/schema/sort-tables.ts'
import type { TableClass } from '../sql/schema/table.ts'
import type { Comparators } from './comparators.ts'
import type {
  AutogenerateOptions,
  NameFilterType,
  ObjectFilterType,
  ParentNames,
} from './options.ts'
import type { RenameSources } from './renames/rename.ts'

/** What can be asked of a live database. */
export interface LiveDatabase {
  readonly connection: Connection
  readonly inspector: Inspector
  readonly comparison: ComparisonImpl
}

/** What an autogenerate context is made of. */
export interface AutogenContextParts {
  readonly migrationContext: MigrationContextView
  readonly opts: AutogenerateOptions
  readonly metadata: readonly MetaData[]
  readonly comparators: Comparators<AutogenContext>
  readonly rendering: DialectRendering
  /** What a command was told of renames. */
  readonly renames?: RenameSources | undefined
  /** `null` where nothing is compared, and files are only written. */
  readonly database: LiveDatabase | null
}

/** What one autogenerate run knows: both sides of the comparison, the options, and the imports that files need. */
export class AutogenContext implements RenderContext {
  readonly migrationContext: MigrationContextView
  readonly opts: AutogenerateOptions
  /** The models. */
  readonly metadata: readonly MetaData[]
  readonly comparators: Comparators<AutogenContext>
  readonly rendering: DialectRendering
  readonly dialect: Dialect
  /** What a command was told of renames. */
  readonly renames: RenameSources
  /** Import statements of the file that is being written; render hooks may add to them. */
  imports: Set<string> = new Set()
  /** What was read of the tables that are compared, by `schema.name`. */
  readonly reflected: Map<string, ReflectedTable> = new Map()
  readonly #database: LiveDatabase | null
  #sortedTables: readonly TableClass[] | undefined
  #tablesByKey: ReadonlyMap<string, TableClass> | undefined

  constructor(parts: AutogenContextParts) {
    this.migrationContext = parts.migrationContext
    this.opts = parts.opts
    this.metadata = parts.metadata
    this.comparators = parts.comparators
    this.rendering = parts.rendering
    this.renames = parts.renames ?? {}
    this.dialect = parts.migrationContext.dialect
    this.#database = parts.database
  }

  get connection(): Connection {
    return this.#live().connection
  }

  get inspector(): Inspector {
    return this.#live().inspector
  }

  /** How the dialect compares. */
  get comparison(): ComparisonImpl {
    return this.#live().comparison
  }

  #live(): LiveDatabase {
    if (this.#database !== null) return this.#database
    throw new CommandError(
      "can't return inspector as this AutogenContext has no database connection",
    )
  }

  /** All tables of the models, each after those that it refers to; one `MetaData` after the other where that can be. */
  get sortedTables(): readonly TableClass[] {
    return (this.#sortedTables ??= sortedAcross(this.metadata))
  }

  /**
   * All tables of the models by key.
   *
   * @throws SchemaError where two `MetaData` have a table of the same key
   */
  get tableKeyToTable(): ReadonlyMap<string, TableClass> {
    return (this.#tablesByKey ??= this.#tablesOfAll())
  }

  #tablesOfAll(): ReadonlyMap<string, TableClass> {
    const all = new Map<string, TableClass>()
    for (const { tables } of this.metadata) {
      const twice = [...tables.keys()].filter((key) => all.has(key)).toSorted()
      if (twice.length > 0) {
        const names = twice.map((key) => `"${key}"`).join(', ')
        throw new SchemaError(`Duplicate table keys across multiple MetaData objects: ${names}`, {
          hint: 'define each of these tables in one MetaData only, or give it a schema in the other',
        })
      }
      for (const [key, table] of tables) all.set(key, table)
    }
    return all
  }

  /** Asks `includeName` whether something of the database is to be looked at. */
  runNameFilters(name: string | null, type: NameFilterType, parentNames: ParentNames): boolean {
    const { includeName } = this.opts
    if (includeName === null || includeName === undefined) return true
    const { schemaName } = parentNames
    const tableName = type === 'table' ? name : parentNames.tableName
    if (schemaName === undefined || tableName === undefined || tableName === null) {
      return includeName(name, type, parentNames)
    }
    const schemaQualifiedTableName = schemaName === null ? tableName : `${schemaName}.${tableName}`
    return includeName(name, type, { ...parentNames, schemaQualifiedTableName })
  }

  /** Asks `includeObject` whether an object of the models or of the database is to be compared. */
  runObjectFilters(
    object: unknown,
    name: string | null,
    type: ObjectFilterType,
    reflected: boolean,
    compareTo: unknown = null,
  ): boolean {
    return this.opts.includeObject?.(object, name, type, reflected, compareTo) ?? true
  }
}

function sortedAcross(metadata: readonly MetaData[]): readonly TableClass[] {
  const inTurn = metadata.flatMap(({ sortedTables }) => sortedTables)
  if (metadata.length < 2) return inTurn
  const turns = new Map<unknown, number>(metadata.map((one, at) => [one, at]))
  const refersAhead = inTurn.some((table) => {
    const own = turns.get(table.metadata) ?? 0
    return table.foreignKeyConstraints.some(
      ({ referredTable }) => (turns.get(referredTable?.metadata) ?? 0) > own,
    )
  })
  return refersAhead ? sortTables(inTurn).tables : inTurn
}
