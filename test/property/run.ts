import { runWith } from '../../src/operations/current.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import { MigrationQueue, runMigrationBody } from '../../src/runtime/queue.ts'

/** Runs `body` as a migration, without a revision around it. */
export async function migrate(
  options: MigrationContextOptions,
  body: () => unknown,
): Promise<void> {
  const context = await MigrationContext.configure({ lock: 'off', ...options })
  const queue = new MigrationQueue()
  await runWith(context.createOperationContext(queue), () => runMigrationBody(queue, body))
}

/** The script that `body` writes. */
export async function scriptOf(
  options: MigrationContextOptions,
  body: () => unknown,
): Promise<string> {
  let script = ''
  const outputBuffer = { write: (text: string) => (script += text) }
  await migrate({ asSql: true, outputBuffer, ...options }, body)
  return script
}

/** Runs of a property, as many as `ALEMBIC_TEST_RUNS` says, else `usual`; failures print the seed. */
export function propertyOptions(usual: number): {
  numRuns: number
  interruptAfterTimeLimit: number
} {
  const numRuns = Number(process.env['ALEMBIC_TEST_RUNS'] ?? usual)
  return { numRuns, interruptAfterTimeLimit: Math.max(25_000, numRuns * 250) }
}
