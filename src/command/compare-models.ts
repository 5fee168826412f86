import { RevisionContext } from '../autogenerate/revision-context.ts'
import type { Config } from '../config/config.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import { renameSources } from './rename-sources.ts'
import { newRevisionId } from './revision-id.ts'
import { runEnvironment } from './run-environment.ts'

/** Returns the differences that `revision --autogenerate` would write down, as `compareMetadata()` gives them. */
export async function compareModels(
  config: Config,
  script: ScriptDirectory,
): Promise<readonly unknown[]> {
  const templateArgs: Record<string, unknown> = { config }
  const args = {
    revId: newRevisionId(),
    message: null,
    head: 'head',
    splice: false,
    branchLabel: null,
    versionPath: null,
    dependsOn: null,
  }
  const context = new RevisionContext({
    script,
    args,
    templateArgs,
    renames: await renameSources(config),
  })
  await runEnvironment(config, script, {
    fn: async (rows, migrationContext) => {
      await context.runAutogenerate(rows, migrationContext)
      return []
    },
    templateArgs,
  })
  const lists = context.generatedRevisions.at(-1)?.upgradeOpsList ?? []
  return lists.flatMap((ops) => ops.asDiffs())
}
