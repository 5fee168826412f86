import { existsSync } from 'node:fs'
import '../dialects/builtin.ts'
import type { Config } from '../config/config.ts'
import { defaultLoggingConfig } from '../config/logging-config.ts'
import { CommandError, UnknownRowError } from '../errors/command-error.ts'
import { ResolutionError } from '../errors/revision-error.ts'
import { ScriptFileError } from '../errors/script-error.ts'
import { runDefaultEnvironment } from '../runtime/default-environment.ts'
import { EnvironmentContext, type EnvironmentOptions } from '../runtime/environment-context.ts'
import type { PlanFunction } from '../runtime/plan-function.ts'
import type { ScriptDirectory } from '../script/script-directory.ts'
import { withLogger } from '../util/logging.ts'
import { namePlaceOfUrl } from './place-of-url.ts'

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
    observe: (event) => {
      if (event.kind === 'skip') hasBegun = true
      options.observe?.(event)
    },
    fn: async (heads, context, runArgs) => {
      hasBegun = true
      try {
        return await options.fn(heads, context, runArgs)
      } catch (error) {
        throw nameUnknownRow(error, heads)
      }
    },
  })
  const run = (): Promise<void> =>
    environment.run(async () => {
      const { settings } = config
      if (settings === null || existsSync(script.envLocation)) {
        await script.runEnv({ hasBegun: () => hasBegun })
        return
      }
      // An env file sets up logging; in its place the command line does. A program that calls commands has its own.
      if (config.cmdOpts !== null && config.logger === null) defaultLoggingConfig()
      await runDefaultEnvironment(environment, settings)
    })
  try {
    await (config.logger === null ? run() : withLogger(config.logger, run))
  } catch (error) {
    throw namePlaceOfUrl(error, config)
  }
  // A command that did nothing must not look like one that had nothing to do.
  if (!hasBegun)
    throw new ScriptFileError(
      `${script.envLocation} ended without context.runMigrations(): is an 'await' missing in front of what leads to it?`,
      script.envLocation,
    )
}

/** A program may want to tell the database's unknown revision from one that the user mistyped. */
function nameUnknownRow(error: unknown, rows: readonly string[]): unknown {
  if (!(error instanceof CommandError && error.cause instanceof ResolutionError)) return error
  const { cause } = error
  return rows.includes(cause.argument)
    ? new UnknownRowError(error.message, cause.argument, { cause })
    : error
}
