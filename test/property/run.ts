import fc from 'fast-check'
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

/** Milliseconds that a model may take on the average of a long run, on a busy machine. */
const MODEL_TIME = 2_000

/** Milliseconds after which a test of models gives up. */
export const MODEL_TIMEOUT: number = Math.max(
  3_600_000,
  Number(process.env['ALEMBIC_TEST_RUNS'] ?? 0) * MODEL_TIME,
)

/** Tries a property on models, all of them or none: says how many there were, and from which seed. */
export async function tryModels<T>(
  title: string,
  property: fc.IAsyncProperty<[T]>,
  usual: number,
): Promise<void> {
  const { numRuns } = propertyOptions(usual)
  // Models are small as they are: what shrinking would take is better spent on the file in the message.
  const details = await fc.check(property, { numRuns, endOnFailure: true })
  console.info(`${title}: ${details.numRuns} models, seed ${details.seed}`)
  if (details.failed)
    throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance })
}

/** Runs of a property, as many as `ALEMBIC_TEST_RUNS` says, else `usual`; failures print the seed. */
export function propertyOptions(usual: number): {
  numRuns: number
  interruptAfterTimeLimit: number
} {
  const numRuns = Number(process.env['ALEMBIC_TEST_RUNS'] ?? usual)
  return { numRuns, interruptAfterTimeLimit: Math.max(25_000, numRuns * 250) }
}
