import { withAdopted } from '../engine/adopt-connection.ts'
import type { Connection } from '../engine/connection.ts'
import { inspect } from '../engine/inspect.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import { createImpl } from '../impl/registry.ts'
import { LiveSink } from '../impl/statement-sink.ts'
import type { MetaData } from '../sql/schema/metadata.ts'
import { sortTables } from '../sql/schema/sort-tables.ts'
import type { Table } from '../sql/schema/table.ts'

/** Options of `createAll()` and `dropAll()`. */
export interface CreateAllOptions {
  /** Only these tables; all unless given. */
  readonly tables?: readonly Table[]
  /** Leaves tables alone that are there already (`createAll`), or are not there (`dropAll`). Default `true`. */
  readonly checkfirst?: boolean
}

/**
 * Creates the tables of a `MetaData` as they are now, without migrations: for tests and prototypes. Each table comes after
 * those that its foreign keys point at; keys that form a circle follow at the end.
 *
 * `connection` is one of `engine.connect()`, or a client of a supported package. Begins no transaction.
 *
 * @example
 * await createAll(metadata, await createEngine('sqlite:///test.db').connect())
 */
export async function createAll(
  metadata: MetaData,
  connection: unknown,
  options: CreateAllOptions = {},
): Promise<void> {
  await withAdopted(connection, (adopted) => createOn(adopted, metadata, options))
}

async function createOn(
  connection: Connection,
  metadata: MetaData,
  options: CreateAllOptions,
): Promise<void> {
  const { impl, tables, isThere } = await prepare(metadata, connection, options)
  const missing = tables.filter((table) => !isThere(table))
  const { supportsAlter, supportsSequences } = impl.dialect.traits
  const { tables: sorted, cyclic } = sortTables(missing)
  for (const foreignKey of cyclic) foreignKey.useAlter = true
  if (supportsSequences && options.tables === undefined) {
    for (const sequence of metadata.sequences.values()) {
      const ifNotExists = options.checkfirst ?? true
      await impl.execute({ kind: 'createSequence', sequence, ifNotExists })
    }
  }
  for (const table of sorted) await impl.createTable(table)
  if (!supportsAlter) return
  for (const foreignKey of missing.flatMap((table) => table.foreignKeyConstraints)) {
    if (foreignKey.useAlter) await impl.addConstraint(foreignKey)
  }
}

/**
 * Drops the tables of a `MetaData`, each before those that its foreign keys point at. Foreign keys that form a circle are
 * dropped first, and must have names for that.
 *
 * @example
 * await dropAll(metadata, connection)
 */
export async function dropAll(
  metadata: MetaData,
  connection: unknown,
  options: CreateAllOptions = {},
): Promise<void> {
  await withAdopted(connection, (adopted) => dropOn(adopted, metadata, options))
}

async function dropOn(
  connection: Connection,
  metadata: MetaData,
  options: CreateAllOptions,
): Promise<void> {
  const { impl, tables, isThere, checkfirst } = await prepare(metadata, connection, options)
  const present = tables.filter((table) => !checkfirst || isThere(table))
  const { supportsAlter, supportsSequences } = impl.dialect.traits
  const { tables: sorted, cyclic } = sortTables(present)
  if (supportsAlter) {
    const postponed = present.flatMap((table) => table.foreignKeyConstraints)
    const first = new Set([...cyclic, ...postponed.filter((foreignKey) => foreignKey.useAlter)])
    for (const foreignKey of first) await impl.dropConstraint(foreignKey)
  }
  for (const table of sorted.toReversed()) await impl.dropTable(table)
  if (supportsSequences && options.tables === undefined) {
    for (const sequence of metadata.sequences.values()) {
      await impl.execute({ kind: 'dropSequence', sequence, ifExists: checkfirst })
    }
  }
}

interface Preparation {
  readonly impl: MigrationImpl
  readonly tables: readonly Table[]
  readonly checkfirst: boolean
  /** Always false where nothing is checked first. */
  readonly isThere: (table: Table) => boolean
}

async function prepare(
  metadata: MetaData,
  connection: Connection,
  { tables = [...metadata.tables.values()], checkfirst = true }: CreateAllOptions,
): Promise<Preparation> {
  const impl = createImpl(connection.dialect, new LiveSink(connection))
  const present = checkfirst ? await readTables(connection, tables) : new Set<string>()
  return { impl, tables, checkfirst, isThere: (table) => present.has(table.key) }
}

/** The keys of those tables' namesakes in the database: one question for each schema. */
async function readTables(
  connection: Connection,
  tables: readonly Table[],
): Promise<ReadonlySet<string>> {
  const inspector = await inspect(connection)
  const keys = new Set<string>()
  for (const schema of new Set(tables.map((table) => table.schema))) {
    for (const name of await inspector.getTableNames(schema)) {
      keys.add(schema === null ? name : `${schema}.${name}`)
    }
  }
  return keys
}
