import { Command, CommanderError } from 'commander'
import { closest } from '../util/closest.ts'
import { type CommandSpec, COMMANDS } from './commands.ts'
import { findMisplacedArgument } from './check-order.ts'
import { COMMAND_OPTIONS, GLOBAL_OPTIONS, type OptionSpec, type ParsedOptions } from './options.ts'
import { readVersion } from './version.ts'

/** A command line that was understood. */
export interface Invocation {
  readonly command: CommandSpec
  readonly args: readonly string[]
  readonly options: ParsedOptions
  readonly global: GlobalOptions
}

export interface GlobalOptions {
  readonly config?: readonly string[]
  readonly name?: string
  readonly x?: readonly string[]
  readonly raiseerr?: boolean
  readonly quiet?: boolean
}

/** Printed all there was to print (help, version, what is wrong with the arguments); the process ends with `exitCode`. */
export interface Finished {
  readonly exitCode: 0 | 2
}

/** Reads a command line; prints help and usage errors itself. */
export function parseCommandLine(argv: readonly string[]): Invocation | Finished {
  let invocation: Invocation | Finished = { exitCode: 2 }
  const program = makeProgram((spec, command) => {
    const args = argv.slice(argv.indexOf(command.name()) + 1)
    const problem = findMisplacedArgument(command, args)
    if (problem !== null) command.error(`error: ${problem}`)
    invocation = {
      command: spec,
      args: command.args,
      options: command.opts(),
      global: program.opts(),
    }
  })
  try {
    program.parse(argv, { from: 'user' })
    return invocation
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : 2 }
  }
}

function meant(name: string): string {
  const [best] = closest(
    name,
    COMMANDS.map((command) => command.name),
  )
  return best === undefined ? "'alembic --help' lists the commands" : `did you mean '${best}'?`
}

type OnCommand = (spec: CommandSpec, command: Command) => void

function makeProgram(onCommand: OnCommand): Command {
  const program = new Command('alembic')
    .description('Database migrations: a revision graph, autogenerate, offline SQL.')
    .usage('[global options] <command> [options] [arguments]')
    .enablePositionalOptions()
    .helpCommand(false)
    .option('--version', 'print the version')
    .on('option:version', () => {
      process.stdout.write(`alembic ${readVersion()}\n`)
      throw new CommanderError(0, 'alembic.version', 'version')
    })
    // Options of the program alone would do nothing; the parser reports the missing command.
    .action((_options: unknown, command: Command) => {
      const [name] = command.args
      command.error(
        name === undefined
          ? "error: too few arguments; 'alembic --help' lists the commands"
          : `error: invalid choice: '${name}'; ${meant(name)}`,
      )
    })
    .allowExcessArguments()
  settle(program)
  addOptions(program, GLOBAL_OPTIONS)
  for (const spec of COMMANDS) program.addCommand(makeCommand(spec, onCommand))
  return program
}

function makeCommand(spec: CommandSpec, onCommand: OnCommand): Command {
  const command = new Command(spec.name)
    .summary(spec.summary)
    .description(`${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`)
    .allowExcessArguments(false)
  const dashed = spec.name.replaceAll('_', '-')
  if (dashed !== spec.name) command.alias(dashed)
  settle(command)
  for (const argument of spec.arguments) command.argument(argument)
  addOptions(
    command,
    spec.options.map((name) => COMMAND_OPTIONS[name]),
  )
  return command.action(() => onCommand(spec, command))
}

function settle(command: Command): void {
  command.exitOverride().configureOutput({
    outputError: (text, write) =>
      write(`${command.helpInformation().split('\n')[0]}\nalembic: ${text}`),
  })
}

function addOptions(command: Command, specs: readonly OptionSpec[]): void {
  for (const { flags, description, repeatable } of specs)
    if (repeatable === true)
      command.option(flags, description, (value: string, previous?: readonly string[]) => [
        ...(previous ?? []),
        value,
      ])
    else command.option(flags, description)
}
