import { inspect } from '../../engine/inspect.ts'
import type { Inspector } from '../../engine/inspector.ts'
import type { ReflectedTable } from '../../engine/reflected.ts'
import type { NamedSchema } from '../../engine/scratch-place.ts'
import { tableFromReflection } from '../../engine/table-from-reflection.ts'
import { createComparison } from '../../impl/comparison-registry.ts'
import { leaseTableName } from '../../impl/lease-table.ts'
import type { MigrationContextView } from '../../runtime/context-view.ts'
import { journalTableName } from '../../runtime/journal/journal-table.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { Sequence } from '../../sql/schema/sequence.ts'
import { sequenceDefinition } from '../compare/sequences.ts'
import type { AutogenerateOptions } from '../options.ts'

/** The tables and sequences of a database as they are now. */
export interface Structure {
  readonly metadata: MetaData
  /** The schemas that they stand in, beside the default one. */
  readonly schemas: readonly NamedSchema[]
  /** Whether the server makes an index of a name of its own for a foreign key that has none. */
  readonly foreignKeysNeedIndexes: boolean
}

/**
 * Reads the default schema, those that are named, with `includeSchemas` all others that are compared, and what their foreign
 * keys refer to; the version table is left out, so are those beside it.
 */
export async function readStructure(
  context: MigrationContextView,
  named: readonly NamedSchema[],
): Promise<Structure> {
  const { connection } = context
  const metadata = new MetaData()
  if (connection === null) {
    return { metadata, schemas: [], foreignKeysNeedIndexes: false }
  }
  const inspector = await inspect(connection)
  const defaultSchema = connection.dialect.traits.defaultSchemaName ?? null
  const known = new Set(await inspector.getSchemaNames())
  const found = new Map<string, NamedSchema>()
  const open: (string | null)[] = [null]
  const add = (schema: NamedSchema): void => {
    const { name } = schema
    if (name === defaultSchema || found.has(name) || !known.has(name)) return
    found.set(name, schema)
    open.push(name)
  }
  for (const schema of [...named, ...comparedSchemas(context, known)]) add(schema)
  const tables: ReflectedTable[] = []
  // Grows while it is gone through: tables refer to tables of further schemas.
  for (const schema of open) {
    const here = await tablesOf(inspector, context, schema)
    tables.push(...here)
    for (const { name, foreignKeys } of here) {
      for (const { referredSchema } of foreignKeys) {
        if (referredSchema !== null)
          add({ name: referredSchema, namedBy: `a foreign key of '${name}'` })
      }
    }
  }
  const crosses = found.size > 0 && connection.dialect.traits.supportsCrossSchemaForeignKeys
  for (const table of tables) {
    tableFromReflection(crosses ? inNamedSchema(table, defaultSchema) : table, metadata)
  }
  const comparison = await createComparison({ dialect: connection.dialect, connection })
  for (const schema of open) {
    for (const sequence of (await comparison.readSequences(schema)) ?? []) {
      metadata.addSequence(Sequence(sequence.name, { ...sequenceDefinition(sequence), schema }))
    }
  }
  const { foreignKeysNeedIndexes } = comparison
  return { metadata, schemas: [...found.values()], foreignKeysNeedIndexes }
}

function comparedSchemas(
  { opts }: MigrationContextView,
  known: ReadonlySet<string>,
): NamedSchema[] {
  const { includeSchemas = false, includeName }: AutogenerateOptions = opts
  if (!includeSchemas) return []
  return [...known]
    .filter((name) => name !== 'information_schema')
    .filter((name) => includeName?.(name, 'schema', {}) ?? true)
    .map((name) => ({ name, namedBy: 'includeSchemas' }))
}

async function tablesOf(
  inspector: Inspector,
  { opts }: MigrationContextView,
  schema: string | null,
): Promise<readonly ReflectedTable[]> {
  const { versionTable = 'alembic_version', versionTableSchema = null } = opts
  const table = String(versionTable)
  const own = [table, journalTableName(table), leaseTableName(table)]
  const all = [...(await inspector.reflectTables({ schema })).values()]
  return all.filter(({ name }) => !own.includes(name) || schema !== versionTableSchema)
}

/** Where tables of several schemas refer to each other, all say theirs: a key without one means another in each of them. */
function inNamedSchema(table: ReflectedTable, defaultSchema: string | null): ReflectedTable {
  const schema = table.schema ?? defaultSchema
  return {
    ...table,
    schema,
    foreignKeys: table.foreignKeys.map((foreignKey) => ({
      ...foreignKey,
      referredSchema: foreignKey.referredSchema ?? defaultSchema,
    })),
  }
}
