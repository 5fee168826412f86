import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { runEnvironment } from './run-environment.ts'

/** Creates the version table if it is not there; with `sql` writes its CREATE TABLE. */
export async function ensureVersion(
  config: Config,
  { sql = false }: { readonly sql?: boolean } = {},
): Promise<void> {
  const script = ScriptDirectory.fromConfig(config)
  await runEnvironment(config, script, {
    fn: async (_current, context) => {
      await context.ensureVersionTable()
      return []
    },
    asSql: sql,
  })
}
