import type { Config } from '../config/config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'
import { runEnvironment } from './run-environment.ts'

export interface EnsureVersionResult {
  /** One, unless the environment has several; each with the rows of its version table. */
  readonly databases: readonly { readonly url: string; readonly rows: readonly string[] }[]
}

/** Creates the version table if it is not there; with `sql` writes its CREATE TABLE. */
export async function ensureVersion(
  config: Config,
  { sql = false }: { readonly sql?: boolean } = {},
): Promise<EnsureVersionResult> {
  const databases: { url: string; rows: readonly string[] }[] = []
  const script = ScriptDirectory.fromConfig(config)
  await runEnvironment(config, script, {
    fn: async (rows, context) => {
      await context.ensureVersionTable()
      databases.push({ url: context.displayUrl, rows: rows.toSorted() })
      return []
    },
    asSql: sql,
  })
  return { databases }
}
