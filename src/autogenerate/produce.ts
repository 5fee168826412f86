import { resolveDetections } from '../impl/detections.ts'
import { DowngradeOps, MigrationScript, UpgradeOps } from '../operations/containers.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { AutogenContext } from './autogen-context.ts'
import { noteDestructive } from './destructive.ts'
import { openAutogenContext, type TargetMetadata } from './open-context.ts'
import { warnOfUnknownTypes } from './unknown-types.ts'

/** Adds to `upgradeOps` what leads from the database to the models. */
export async function produceNetChanges(
  context: AutogenContext,
  upgradeOps: UpgradeOps,
): Promise<void> {
  await context.comparators.autogenerate.dispatch(context.dialect.name, context, upgradeOps)
  warnOfUnknownTypes(upgradeOps)
  if (resolveDetections(context.opts.detect).destructive) {
    noteDestructive(upgradeOps, context.dialect.name)
  }
}

/**
 * What leads from the database to the models, and back.
 *
 * @throws CommandError where the context writes SQL instead of being connected
 * @example
 * const context = await MigrationContext.configure({ connection })
 * const script = await produceMigrations(context, Base.metadata)
 * console.log(await renderCode(script.upgradeOps, { migrationContext: context }))
 */
export async function produceMigrations(
  context: MigrationContextView,
  metadata: TargetMetadata,
): Promise<MigrationScript> {
  const autogenContext = await openAutogenContext(context, { metadata })
  const upgradeOps = new UpgradeOps()
  await produceNetChanges(autogenContext, upgradeOps)
  const downgradeOps = upgradeOps.reverseInto(new DowngradeOps())
  return new MigrationScript(null, upgradeOps, downgradeOps)
}

/**
 * The differences between the database and the models; none where they are alike.
 *
 * @example
 * const diffs = await compareMetadata(context, Base.metadata)
 * // [['add_table', Table('cars')], ['add_column', null, 'owners', Column('email')]]
 */
export async function compareMetadata(
  context: MigrationContextView,
  metadata: TargetMetadata,
): Promise<readonly (readonly unknown[])[]> {
  const script = await produceMigrations(context, metadata)
  return script.upgradeOps?.asDiffs() ?? []
}
