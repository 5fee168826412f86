import type { NamedSchema } from '../../engine/scratch-place.ts'
import type { OpContainer } from '../../operations/containers.ts'
import type { MigrationContextView } from '../../runtime/context-view.ts'
import { createTogether } from '../../runtime/create-all.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { TableClass } from '../../sql/schema/table.ts'
import { Index } from '../../sql/schema/table-index.ts'
import { describeDiffs } from '../describe-diffs.ts'
import type { AutogenerateOptions } from '../options.ts'
import { namedSchemas } from './named-schemas.ts'
import { inScratchPlace, type ScratchContext } from './scratch-context.ts'
import { readStructure, type Structure } from './structure.ts'
import { impossible, messageOf, type Verification } from './verification.ts'

/** A migration that is to be tried. */
export interface TriedMigration {
  /** What its functions were written from, as far as they are for this database. */
  readonly operations: readonly OpContainer[]
  readonly upgrade: () => unknown
  readonly downgrade: () => unknown
}

/**
 * Tries a migration on a copy of the database's structure: its upgrade must lead to the models, its downgrade back to the
 * structure before.
 */
export async function verifyMigration(
  context: MigrationContextView,
  { operations, upgrade, downgrade }: TriedMigration,
): Promise<Verification> {
  const models = modelsOf(context)
  const unseen = whatIsNotCompared(context, models)
  if (unseen !== null) return impossible(unseen)
  const named = otherSchemas(context, namedSchemas(models, operations))
  const structure = await readStructure(context, named)
  const schemas = [...named, ...structure.schemas]
  return await inScratchPlace(context, schemas, async (scratch) => {
    const noCopy = await whyNoCopy(scratch, structure)
    if (noCopy !== null) return impossible(noCopy)
    const after = {
      upgrade: () => scratch.differences(models),
      downgrade: () => structureDifferences(scratch, structure),
    }
    return (
      (await step(scratch, 'upgrade', upgrade, after.upgrade, 'models')) ??
      (await step(scratch, 'downgrade', downgrade, after.downgrade, 'structure before')) ??
      verified(scratch)
    )
  })
}

/** Creates the models in an empty scratch place: a comparison must find nothing then. */
export async function verifyModels(context: MigrationContextView): Promise<Verification> {
  const models = modelsOf(context)
  const unseen = whatIsNotCompared(context, models)
  if (unseen !== null) return impossible(unseen)
  const schemas = otherSchemas(context, namedSchemas(models))
  return await inScratchPlace(context, schemas, async (scratch) => {
    try {
      await createTogether(models, scratch.connection)
    } catch (error) {
      return impossible(scratch.trespass ?? `the models could not be created: ${messageOf(error)}`)
    }
    const differences = await scratch.differences(models)
    if (differences.length === 0) return verified(scratch)
    const problem = 'right after the models were created, differences are found'
    return { status: 'failed', place: scratch.place, problem, differences }
  })
}

function verified({ place, lacks }: ScratchContext): Verification {
  return { status: 'verified', place, ...(lacks.length > 0 && { lacks }) }
}

function modelsOf({ opts }: MigrationContextView): readonly MetaData[] {
  const given = opts['targetMetadata']
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.filter((one) => one instanceof MetaData)
}

/** Tables of the models that a comparison looks for in vain, whatever a migration did. */
function whatIsNotCompared(
  { opts, dialect }: MigrationContextView,
  models: readonly MetaData[],
): string | null {
  const { includeSchemas = false }: AutogenerateOptions = opts
  if (includeSchemas) return null
  const { defaultSchemaName = null } = dialect.traits
  const tables = models.flatMap((metadata) => [...metadata.tables.values()])
  const unseen = tables.find(({ schema }) => schema !== null && schema !== defaultSchemaName)
  if (unseen === undefined) return null
  return `table '${unseen.name}' names the schema '${String(unseen.schema)}', and without includeSchemas: true only the default one is compared`
}

function otherSchemas(
  { dialect }: MigrationContextView,
  named: readonly NamedSchema[],
): readonly NamedSchema[] {
  return named.filter(({ name }) => name !== dialect.traits.defaultSchemaName)
}

async function whyNoCopy(scratch: ScratchContext, structure: Structure): Promise<string | null> {
  try {
    await scratch.copy(structure.metadata)
  } catch (error) {
    return `the database's structure could not be copied: ${messageOf(error)}`
  }
  const differences = await structureDifferences(scratch, structure)
  return differences.length === 0
    ? null
    : `the copy of the database's structure differs from it: ${describeDiffs(differences)}`
}

/** All schemas that were copied are looked at, also where only their foreign keys made them necessary. */
async function structureDifferences(
  scratch: ScratchContext,
  { metadata, schemas, foreignKeysNeedIndexes }: Structure,
): Promise<readonly unknown[]> {
  const { includeName, includeObject } = scratch.opts
  const objects: AutogenerateOptions = foreignKeysNeedIndexes
    ? { includeObject: exceptNamesOfImpliedIndexes(includeObject) }
    : {}
  if (schemas.length === 0) return await scratch.differences([metadata], objects)
  const copied = new Set<string | null>([null, ...schemas.map(({ name }) => name)])
  return await scratch.differences([metadata], {
    ...objects,
    includeSchemas: true,
    includeName: (name, type, parents) =>
      type === 'schema' ? copied.has(name) : (includeName?.(name, type, parents) ?? true),
  })
}

/**
 * A table that is dropped and made again has its foreign keys' indexes again, but under the keys' names where it was the
 * columns' (MariaDB 10.11). As long as the key is there, an index is.
 */
function exceptNamesOfImpliedIndexes(
  includeObject: AutogenerateOptions['includeObject'],
): NonNullable<AutogenerateOptions['includeObject']> {
  return (object, name, type, reflected, compareTo) => {
    const isMissing = type === 'index' && !reflected && compareTo === null
    if (isMissing && object instanceof Index && isForForeignKey(object)) return false
    return includeObject?.(object, name, type, reflected, compareTo) ?? true
  }
}

function isForForeignKey({ table, columns, unique }: Index): boolean {
  if (unique || !(table instanceof TableClass)) return false
  const names = columns.map((column) => column.name).join('\0')
  return table.foreignKeyConstraints.some(
    (key) => key.columns.map((column) => column.name).join('\0') === names,
  )
}

/** Runs one direction; null where it led where it should. */
async function step(
  scratch: ScratchContext,
  direction: 'upgrade' | 'downgrade',
  body: () => unknown,
  findDifferences: () => Promise<readonly unknown[]>,
  what: string,
): Promise<Verification | null> {
  const { place } = scratch
  try {
    await scratch.run(body)
  } catch (error) {
    if (scratch.trespass !== null) return impossible(scratch.trespass)
    const problem = `${direction}() failed in ${place}: ${messageOf(error)}`
    return { status: 'failed', place, problem, differences: [] }
  }
  const differences = await findDifferences()
  if (differences.length === 0) return null
  const problem = `after ${direction}() there are differences to the ${what}`
  return { status: 'failed', place, problem, differences }
}
