import { existsSync } from 'node:fs'
import '../dialects/builtin.ts'
import type { Config } from '../config/config.ts'
import { defaultLoggingConfig } from '../config/logging-config.ts'
import { ScriptFileError } from '../errors/script-error.ts'
import { runDefaultEnvironment } from '../runtime/default-environment.ts'
import { EnvironmentContext, type EnvironmentOptions } from '../runtime/environment-context.ts'
import type { PlanFunction } from '../runtime/plan-function.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'

/**
 * Runs the environment for a command, whose `options.fn` says which steps are to be run: the env file, or, where the project
 * has one configuration object and no env file, what that says.
 */
export async function runEnvironment(
  config: Config,
  script: ScriptDirectory,
  options: EnvironmentOptions & { readonly fn: PlanFunction },
): Promise<void> {
  let hasBegun = false
  const environment = new EnvironmentContext(config, script, {
    ...options,
    fn: (heads, context) => {
      hasBegun = true
      return options.fn(heads, context)
    },
  })
  await environment.run(async () => {
    const { settings } = config
    if (settings === null || existsSync(script.envLocation)) {
      await script.runEnv({ hasBegun: () => hasBegun })
      return
    }
    // An env file sets up logging; in its place the command line does. A program that calls commands has its own.
    if (config.cmdOpts !== null) defaultLoggingConfig()
    await runDefaultEnvironment(environment, settings)
  })
  // A command that did nothing must not look like one that had nothing to do.
  if (!hasBegun)
    throw new ScriptFileError(
      `${script.envLocation} ended without context.runMigrations(): is an 'await' missing in front of what leads to it?`,
      script.envLocation,
    )
}
