import type { MigrationScript } from '../../operations/containers.ts'
import type { MigrationContextView } from '../../runtime/context-view.ts'
import { createAll } from '../../runtime/create-all.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { describeDiffs } from '../describe-diffs.ts'
import { whatNamesSchema } from './one-schema.ts'
import { inScratchPlace, reflectStructure, type ScratchContext } from './scratch-context.ts'
import { impossible, messageOf, type Verification } from './verification.ts'

/** A migration that is to be tried. */
export interface TriedMigration {
  /** What its functions were written from. */
  readonly scripts: readonly MigrationScript[]
  readonly upgrade: () => unknown
  readonly downgrade: () => unknown
}

/**
 * Tries a migration on a copy of the database's structure: its upgrade must lead to the models, its downgrade back to the
 * structure before.
 */
export async function verifyMigration(
  context: MigrationContextView,
  { scripts, upgrade, downgrade }: TriedMigration,
): Promise<Verification> {
  const models = modelsOf(context)
  const structure = await reflectStructure(context)
  const reason = whatNamesSchema([...models, structure], scripts)
  if (reason !== null) return impossible(reason)
  return await inScratchPlace(context, async (scratch) => {
    const noCopy = await whyNoCopy(scratch, structure)
    if (noCopy !== null) return impossible(noCopy)
    return (
      (await step(scratch, 'upgrade', upgrade, models, 'models')) ??
      (await step(scratch, 'downgrade', downgrade, [structure], 'structure before')) ?? {
        status: 'verified',
        place: scratch.place,
      }
    )
  })
}

/** Creates the models in an empty scratch place: a comparison must find nothing then. */
export async function verifyModels(context: MigrationContextView): Promise<Verification> {
  const models = modelsOf(context)
  const reason = whatNamesSchema(models, [])
  if (reason !== null) return impossible(reason)
  return await inScratchPlace(context, async (scratch) => {
    try {
      for (const metadata of models) await createAll(metadata, scratch.connection)
    } catch (error) {
      return impossible(`the models could not be created: ${messageOf(error)}`)
    }
    const differences = await scratch.differences(models)
    const { place } = scratch
    if (differences.length === 0) return { status: 'verified', place }
    const problem = 'right after the models were created, differences are found'
    return { status: 'failed', place, problem, differences }
  })
}

function modelsOf({ opts }: MigrationContextView): readonly MetaData[] {
  const given = opts['targetMetadata']
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.filter((one) => one instanceof MetaData)
}

async function whyNoCopy(scratch: ScratchContext, structure: MetaData): Promise<string | null> {
  try {
    await createAll(structure, scratch.connection)
  } catch (error) {
    return `the database's structure could not be copied: ${messageOf(error)}`
  }
  const differences = await scratch.differences([structure])
  return differences.length === 0
    ? null
    : `the copy of the database's structure differs from it: ${describeDiffs(differences)}`
}

/** Runs one direction; null where it led where it should. */
async function step(
  scratch: ScratchContext,
  direction: 'upgrade' | 'downgrade',
  body: () => unknown,
  wanted: readonly MetaData[],
  what: string,
): Promise<Verification | null> {
  const { place } = scratch
  try {
    await scratch.run(body)
  } catch (error) {
    const problem = `${direction}() failed in ${place}: ${messageOf(error)}`
    return { status: 'failed', place, problem, differences: [] }
  }
  const differences = await scratch.differences(wanted)
  if (differences.length === 0) return null
  const problem = `after ${direction}() there are differences to the ${what}`
  return { status: 'failed', place, problem, differences }
}
