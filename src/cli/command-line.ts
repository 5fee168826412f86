import type { ProgressListener } from '../command/run-record.ts'
import { Config } from '../config/config.ts'
import { loadConfig } from '../config/load-config.ts'
import { wantsColor } from '../util/color.ts'
import type { CommandSpec } from './command-spec.ts'
import { COMMANDS } from './commands.ts'
import { type Grammar, type Invocation, parseCommandLine } from './parser.ts'
import { reportError } from './report-error.ts'

/**
 * The command line, to which a program may add commands of its own.
 *
 * @example
 * const commandLine = new CommandLine({ prog: 'shop-db' })
 * commandLine.registerCommand({
 *   name: 'tenants',
 *   summary: 'list the tenants',
 *   arguments: [],
 *   options: ['verbose'],
 *   run: async (config) => config.printStdout('acme'),
 * })
 * process.exitCode = await commandLine.main(process.argv.slice(2))
 */
export class CommandLine {
  readonly prog: string
  readonly #commands: CommandSpec[] = [...COMMANDS]

  constructor({ prog = 'alembic' }: { readonly prog?: string } = {}) {
    this.prog = prog
  }

  /** Adds a command, or replaces that of the same name. */
  registerCommand(command: CommandSpec): this {
    const index = this.#commands.findIndex(({ name }) => name === command.name)
    if (index < 0) this.#commands.push(command)
    else this.#commands[index] = command
    return this
  }

  /** Runs a command line in this process and returns its exit status; ends no process, and asks only on a terminal. */
  async main(argv: readonly string[]): Promise<number> {
    const grammar: Grammar = { prog: this.prog, commands: this.#commands }
    if (argv[0] === '__complete') {
      const { printCompletions } = await import('./complete.ts')
      return await printCompletions(argv.slice(1), this.#commands)
    }
    if (argv.includes('--json')) {
      const { runForJson } = await import('./json.ts')
      return await runForJson(argv, grammar)
    }
    const parsed = parseCommandLine(argv, grammar)
    return 'exitCode' in parsed ? parsed.exitCode : await run(parsed)
  }
}

async function run(invocation: Invocation): Promise<number> {
  const { command, args, options, global } = invocation
  const { quiet = false, raiseerr = false } = global
  const progress = await startProgress(invocation)
  try {
    const config = await configOf(invocation)
    const result = await command.run(config, args, {
      ...options,
      ...(progress !== null && { onProgress: progress.listener }),
    })
    return command.exitStatus?.(result) ?? 0
  } catch (error) {
    progress?.close()
    const color = wantsColor(global.color ?? 'auto', process.stdout)
    const status = reportError(error, { quiet, raiseerr, color })
    return command.failureStatus ?? status
  } finally {
    progress?.close()
  }
}

async function configOf({ command, options, global }: Invocation): Promise<Config> {
  const { config: files = [], name, x = [], quiet = false, raiseerr = false, color } = global
  const cmdOpts = {
    x,
    quiet,
    raiseerr,
    verbose: options.verbose === true,
    color: wantsColor(color ?? 'auto', process.stdout),
  }
  if (command.needsConfig === false) return new Config({ cmdOpts })
  return await loadConfig({ files, ...(name !== undefined && { section: name }), cmdOpts })
}

interface RunningProgress {
  readonly listener: ProgressListener
  close(): void
}

/** On a terminal only, and not where SQL is what is printed. */
async function startProgress({
  command,
  options,
  global,
}: Invocation): Promise<RunningProgress | null> {
  const isTerminal = process.stderr.isTTY && process.env['TERM'] !== 'dumb'
  if (command.reportsProgress !== true || !isTerminal) return null
  if (options.sql === true || global.quiet === true) return null
  const { ProgressDisplay } = await import('./progress.ts')
  const display = new ProgressDisplay(wantsColor(global.color ?? 'auto', process.stderr))
  return { listener: (progress) => display.show(progress), close: () => display.close() }
}
