import { describeDiffs } from '../autogenerate/describe-diffs.ts'
import type { RevisionContext } from '../autogenerate/revision-context.ts'
import type { Verification } from '../autogenerate/verify/verification.ts'
import { verifyMigration, verifyModels } from '../autogenerate/verify/verify-migration.ts'
import type { Config } from '../config/config.ts'
import { VerificationFailedError } from '../errors/command-error.ts'
import type { MigrationContextView } from '../runtime/context-view.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import type { Script } from '../script/script.ts'
import { runEnvironment } from './run-environment.ts'

/** Tries new revisions in a scratch place of the environment's database. */
export async function verifyRevisions(
  config: Config,
  script: ScriptDirectory,
  context: RevisionContext,
  created: readonly Script[],
): Promise<Verification> {
  const [only, ...others] = created
  const databases = context.generatedRevisions[0]?.upgradeOpsList.length ?? 0
  if (only === undefined) return { status: 'impossible', reason: 'nothing was written' }
  if (others.length > 0 || databases > 1) {
    const reason = 'only one revision of one database can be tried'
    return { status: 'impossible', reason }
  }
  return await inEnvironment(config, script, async (migrationContext) => {
    const { scriptSyntax } = migrationContext.impl
    const upgrade = await only.loadFunction('upgrade', scriptSyntax)
    const downgrade = await only.loadFunction('downgrade', scriptSyntax)
    return await verifyMigration(migrationContext, {
      scripts: context.generatedRevisions,
      upgrade: () => upgrade(),
      downgrade: () => downgrade(),
    })
  })
}

/** Creates the models in a scratch place of the environment's database, and compares. */
export async function verifyTargetModels(
  config: Config,
  script: ScriptDirectory,
): Promise<Verification> {
  return await inEnvironment(config, script, verifyModels)
}

async function inEnvironment(
  config: Config,
  script: ScriptDirectory,
  verify: (context: MigrationContextView) => Promise<Verification>,
): Promise<Verification> {
  const found: Verification[] = []
  await runEnvironment(config, script, {
    fn: async (_rows, context) => {
      found.push(await verify(context))
      return []
    },
    dontMutate: true,
    templateArgs: { config },
  })
  return (
    found.find(({ status }) => status !== 'verified') ??
    found[0] ?? { status: 'impossible', reason: 'the environment has no database' }
  )
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
