import '../../src/dialects/builtin.ts'
import { runWith } from '../../src/operations/current.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { MigrationQueue, runMigrationBody } from '../../src/runtime/queue.ts'
import type { OutputStream } from '../../src/util/messaging.ts'

const NOWHERE: OutputStream = { write: () => undefined }

/** A migration context that writes a script. */
export function openScript(outputBuffer: OutputStream = NOWHERE): Promise<MigrationContext> {
  return MigrationContext.configure({ dialectName: 'postgresql', asSql: true, outputBuffer })
}

/** Runs what a migration would do as `--sql` does, the script thrown away unless `outputBuffer` takes it. */
export async function writeScript(
  migration: () => Promise<void>,
  outputBuffer: OutputStream = NOWHERE,
): Promise<void> {
  const context = await openScript(outputBuffer)
  const queue = new MigrationQueue()
  await runWith(context.createOperationContext(queue), () => runMigrationBody(queue, migration))
}

/** CPU milliseconds of this process that `work` takes. */
export async function ownCpu(work: () => Promise<void> | void): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
