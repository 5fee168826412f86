import { withAdopted } from '../engine/adopt-connection.ts'
import type { Connection } from '../engine/connection.ts'
import { inspect } from '../engine/inspect.ts'
import type { Inspector } from '../engine/inspector.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import { createImpl } from '../impl/registry.ts'
import { LiveSink } from '../impl/statement-sink.ts'
import type { MetaData } from '../sql/schema/metadata.ts'
import type { Sequence } from '../sql/schema/sequence.ts'
import { sortTables } from '../sql/schema/sort-tables.ts'
import type { Table } from '../sql/schema/table.ts'

/** Options of `createAll()` and `dropAll()`. */
export interface CreateAllOptions {
  /** Only these tables; all unless given. */
  readonly tables?: readonly Table[]
  /** Leaves tables and sequences alone that are there already (`createAll`), or are not there (`dropAll`). Default `true`. */
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
  await withAdopted(connection, (adopted) => createOn(adopted, [metadata], options))
}

/** Creates the tables of several `MetaData`, which may refer to each other. */
export async function createTogether(
  metadata: readonly MetaData[],
  connection: Connection,
): Promise<void> {
  await createOn(connection, metadata, {})
}

async function createOn(
  connection: Connection,
  metadata: readonly MetaData[],
  options: CreateAllOptions,
): Promise<void> {
  const { impl, tables, sequences, isThere } = await prepare(metadata, connection, options)
  const missing = tables.filter((table) => !isThere(table))
  const { supportsAlter } = impl.dialect.traits
  const { tables: sorted, cyclic } = sortTables(missing)
  for (const foreignKey of cyclic) foreignKey.useAlter = true
  for (const sequence of sequences) {
    if (isThere(sequence)) continue
    await impl.execute({ kind: 'createSequence', sequence, ifNotExists: false })
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
  const { impl, tables, sequences, isThere, checkfirst } = await prepare(
    [metadata],
    connection,
    options,
  )
  const present = tables.filter((table) => !checkfirst || isThere(table))
  const { supportsAlter } = impl.dialect.traits
  const { tables: sorted, cyclic } = sortTables(present)
  if (supportsAlter) {
    const postponed = present.flatMap((table) => table.foreignKeyConstraints)
    const first = new Set([...cyclic, ...postponed.filter((foreignKey) => foreignKey.useAlter)])
    for (const foreignKey of first) await impl.dropConstraint(foreignKey)
  }
  for (const table of sorted.toReversed()) await impl.dropTable(table)
  for (const sequence of sequences) {
    if (checkfirst && !isThere(sequence)) continue
    await impl.execute({ kind: 'dropSequence', sequence, ifExists: false })
  }
}

interface Preparation {
  readonly impl: MigrationImpl
  readonly tables: readonly Table[]
  /** None where only some of the tables are meant. */
  readonly sequences: readonly Sequence[]
  readonly checkfirst: boolean
  /** Always false where nothing is checked first. */
  readonly isThere: (named: Table | Sequence) => boolean
}

async function prepare(
  metadata: readonly MetaData[],
  connection: Connection,
  { tables, checkfirst = true }: CreateAllOptions,
): Promise<Preparation> {
  const { dialect } = connection
  const impl = createImpl(dialect, new LiveSink(connection))
  const all = tables ?? metadata.flatMap((one) => [...one.tables.values()])
  const hasSequences = tables === undefined && dialect.traits.supportsSequences
  const sequences = hasSequences ? metadata.flatMap((one) => [...one.sequences.values()]) : []
  const present = checkfirst
    ? await readNames(await inspect(connection), all, sequences)
    : new Set<string>()
  const isThere = (named: Table | Sequence): boolean => present.has(keyOf(named))
  return { impl, tables: all, sequences, checkfirst, isThere }
}

/** Which tables and sequences of those schemas the database has: one question for each schema and kind. */
async function readNames(
  inspector: Inspector,
  tables: readonly Table[],
  sequences: readonly Sequence[],
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for (const schema of new Set(tables.map((table) => table.schema))) {
    for (const name of await inspector.getTableNames(schema)) {
      keys.add(keyOf({ kind: 'table', schema, name }))
    }
  }
  for (const schema of new Set(sequences.map((sequence) => sequence.schema))) {
    for (const name of await inspector.getSequenceNames(schema)) {
      keys.add(keyOf({ kind: 'sequence', schema, name }))
    }
  }
  return keys
}

function keyOf({ kind, schema, name }: Pick<Table | Sequence, 'kind' | 'schema' | 'name'>): string {
  return JSON.stringify([kind, schema, name])
}
