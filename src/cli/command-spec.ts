import type { ProgressListener } from '../command/run-record.ts'
import type { Config } from '../config/config.ts'
import type { OptionSpec, ParsedOptions } from './options.ts'

/** What was given behind the command, under the options' long names in camelCase. */
export type CommandOptions = ParsedOptions & {
  /** Set where progress is shown; see `CommandSpec.reportsProgress`. */
  readonly onProgress?: ProgressListener
}

/** An example of the help: what to type, and what it does. */
export type Example = readonly [command: string, meaning: string]

/**
 * A command of the command line.
 *
 * @example
 * const tenants: CommandSpec = {
 *   name: 'tenants',
 *   summary: 'list the tenants',
 *   arguments: [],
 *   options: ['verbose', { flags: '--since <date>', description: 'only newer ones' }],
 *   run: async (config, args, options) => config.printStdout(String(options['since'])),
 * }
 */
export interface CommandSpec {
  readonly name: string
  readonly summary: string
  /** Positional arguments as the help shows them: `<revision>`, `<revisions...>`. */
  readonly arguments: readonly string[]
  /** Names of the options that other commands have, too, and options of its own. */
  readonly options: readonly (keyof ParsedOptions | OptionSpec)[]
  /** What is behind the program's name; default: none. */
  readonly examples?: readonly Example[]
  /** Whether `run` wants the project's configuration; default true. */
  readonly needsConfig?: boolean
  /** Calls `onProgress` of its options; default false. */
  readonly reportsProgress?: boolean
  /** What revisions its arguments are, for completion: symbols besides ids and labels; default: they are none. */
  readonly symbols?: readonly string[]
  /** Values of its argument, for completion. */
  readonly values?: readonly string[]
  /** Imports the command and runs it; nothing of it is loaded before. The result is what `--json` prints. */
  run(
    config: Config,
    args: readonly string[],
    options: CommandOptions & Readonly<Record<string, unknown>>,
  ): Promise<unknown>
  /** What `--json` prints, where it isn't the result itself. */
  toDocument?(result: unknown): Promise<unknown>
  /** The exit status of a command that did not fail; default 0. */
  exitStatus?(result: unknown): number
  /** The exit status of a command that failed; default: 255 for what was to be expected, else 1. */
  readonly failureStatus?: number
}
