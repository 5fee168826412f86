import { describeDiffs } from '../autogenerate/describe-diffs.ts'
import type { RevisionContext } from '../autogenerate/revision-context.ts'
import {
  impossible,
  togetherVerified,
  type DatabaseVerification,
  type Verification,
} from '../autogenerate/verify/verification.ts'
import { verifyMigration, verifyModels } from '../autogenerate/verify/verify-migration.ts'
import type { Config } from '../config/config.ts'
import { VerificationFailedError } from '../errors/command-error.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import { runEnvironment } from './run-environment.ts'

/** Tries a new revision in a scratch place of each of the environment's databases. */
export async function verifyRevisions(
  config: Config,
  script: ScriptDirectory,
  { generatedRevisions: [generated] }: RevisionContext,
  created: readonly Script[],
): Promise<Verification> {
  const [only, ...others] = created
  if (only === undefined || generated === undefined) return impossible('nothing was written')
  if (others.length > 0) return impossible('only one revision can be tried')
  const { upgradeOpsList, downgradeOpsList } = generated
  return await inEnvironment(config, script, async (context, { runArgs, position }) => {
    const { scriptSyntax } = context.impl
    const upgrade = await only.loadFunction('upgrade', scriptSyntax)
    const downgrade = await only.loadFunction('downgrade', scriptSyntax)
    return await verifyMigration(context, {
      operations: [upgradeOpsList[position], downgradeOpsList[position]].filter(
        (ops) => ops !== undefined,
      ),
      upgrade: () => upgrade(runArgs),
      downgrade: () => downgrade(runArgs),
    })
  })
}

/** Creates the models in a scratch place of each of the environment's databases, and compares. */
export async function verifyTargetModels(
  config: Config,
  script: ScriptDirectory,
): Promise<Verification> {
  return await inEnvironment(config, script, verifyModels)
}

/** One of the environment's databases. */
interface DatabaseTurn {
  readonly position: number
  /** What the environment hands to every `upgrade()` and `downgrade()`. */
  readonly runArgs: Readonly<Record<string, unknown>>
}

async function inEnvironment(
  config: Config,
  script: ScriptDirectory,
  verify: (context: MigrationContextView, turn: DatabaseTurn) => Promise<Verification>,
): Promise<Verification> {
  const found: DatabaseVerification[] = []
  await runEnvironment(config, script, {
    fn: async (_rows, context, runArgs) => {
      const verification = await verify(context, { position: found.length, runArgs })
      found.push({ database: context.displayUrl, verification })
      return []
    },
    dontMutate: true,
    templateArgs: { config },
  })
  return togetherVerified(found)
}

/** What a line can hold of what had no copy. */
const MOST_NAMED = 5

function notCopied({ lacks = [] }: { readonly lacks?: readonly string[] }): string {
  if (lacks.length === 0) return ''
  const named = lacks.slice(0, MOST_NAMED).join(', ')
  const more = lacks.length > MOST_NAMED ? `, and ${lacks.length - MOST_NAMED} more` : ''
  return ` Not in the copy: ${named}${more}.`
}

/**
 * Prints what came of it, in one line.
 *
 * @throws VerificationFailedError where it failed; `kept` is said of the file that stays
 */
export function reportVerification(
  config: Config,
  verification: Verification,
  { proven, kept = '' }: { readonly proven: string; readonly kept?: string },
): void {
  switch (verification.status) {
    case 'verified':
      config.printStdout(`Verified in ${verification.place}: ${proven}.${notCopied(verification)}`)
      return
    case 'impossible':
      config.printStdout(`Not verified: ${verification.reason}.`)
      return
    case 'failed': {
      const { problem, differences } = verification
      const list = differences.length === 0 ? '' : `: ${describeDiffs(differences)}`
      throw new VerificationFailedError(
        `Verification failed: ${problem}${list}${kept}`,
        differences,
      )
    }
  }
}
