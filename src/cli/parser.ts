import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { closest } from '../util/closest.ts'
import type { ColorMode } from '../util/color.ts'
import { findMisplacedArgument } from './check-order.ts'
import type { CommandSpec } from './command-spec.ts'
import { COMMAND_OPTIONS, GLOBAL_OPTIONS, type OptionSpec, type ParsedOptions } from './options.ts'
import { readVersion } from './version.ts'

/** A command line that was understood. */
export interface Invocation {
  readonly command: CommandSpec
  readonly args: readonly string[]
  readonly options: ParsedOptions & Readonly<Record<string, unknown>>
  readonly global: GlobalOptions
}

export interface GlobalOptions {
  readonly config?: readonly string[]
  readonly name?: string
  readonly x?: readonly string[]
  readonly raiseerr?: boolean
  readonly quiet?: boolean
  readonly color?: ColorMode
}

/** Printed all there was to print (help, version, what is wrong with the arguments); the process ends with `exitCode`. */
export interface Finished {
  readonly exitCode: 0 | 2
}

/** What a command line may say. */
export interface Grammar {
  readonly prog: string
  readonly commands: readonly CommandSpec[]
  /** Is given what is wrong with the arguments, in place of standard error. */
  readonly onUsageError?: (message: string) => void
}

/** Reads a command line; prints help and usage errors itself. */
export function parseCommandLine(argv: readonly string[], grammar: Grammar): Invocation | Finished {
  let invocation: Invocation | Finished = { exitCode: 2 }
  const program = makeProgram(grammar, (spec, command) => {
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
    const word = findCommandWord(argv)
    const isKnown = program.commands.some(
      (command) => command.name() === word || command.aliases().includes(word ?? ''),
    )
    // Else its options would be called unknown.
    if (word !== undefined && !isKnown)
      program.error(`error: invalid choice: '${word}'; ${meant(word, grammar)}`)
    program.parse(withBareValues(argv), { from: 'user' })
    return invocation
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : 2 }
  }
}

/** Gives options that may stand alone their value, so that they do not take the argument behind them for it. */
function withBareValues(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((arg, index) => {
    if (end >= 0 && index > end) return arg
    const option = Object.values(COMMAND_OPTIONS).find(
      ({ flags, bare }) => bare !== undefined && flags.startsWith(`${arg} [`),
    )
    return option === undefined ? arg : `${arg}=${option.bare}`
  })
}

/** The first word that is no global option, nor the value of one. */
function findCommandWord(argv: readonly string[]): string | undefined {
  for (let index = 0; index < argv.length; index++) {
    const arg = argv[index] ?? ''
    if (!arg.startsWith('-') || arg === '-') return arg
    const takesNext = GLOBAL_OPTIONS.some(
      ({ flags }) => flags.includes('<') && flags.split(/,? /).includes(arg),
    )
    if (takesNext) index++
  }
  return undefined
}

function meant(name: string, { prog, commands }: Grammar): string {
  const [best] = closest(
    name,
    commands.map((command) => command.name),
  )
  return best === undefined ? `'${prog} --help' lists the commands` : `did you mean '${best}'?`
}

type OnCommand = (spec: CommandSpec, command: Command) => void

function makeProgram(grammar: Grammar, onCommand: OnCommand): Command {
  const { prog, commands } = grammar
  const program = new Command(prog)
    .description('Database migrations: a revision graph, autogenerate, offline SQL.')
    .usage('[global options] <command> [options] [arguments]')
    .enablePositionalOptions()
    .helpCommand(false)
    .option('--version', 'print the version')
    .on('option:version', () => {
      process.stdout.write(`${prog} ${readVersion()}\n`)
      throw new CommanderError(0, 'alembic.version', 'version')
    })
    // Options of the program alone would do nothing; the parser reports the missing command.
    .action((_options, command: Command) => {
      command.error(`error: too few arguments; '${prog} --help' lists the commands`)
    })
    .allowExcessArguments()
    .addHelpText(
      'after',
      `\n'${prog} <command> --help' has the options of a command, and examples.`,
    )
  settle(program, grammar)
  addOptions(program, GLOBAL_OPTIONS)
  for (const spec of commands) program.addCommand(makeCommand(spec, grammar, onCommand))
  return program
}

function makeCommand(spec: CommandSpec, grammar: Grammar, onCommand: OnCommand): Command {
  const command = new Command(spec.name)
    .summary(spec.summary)
    .description(`${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`)
    .allowExcessArguments(false)
  const dashed = spec.name.replaceAll('_', '-')
  if (dashed !== spec.name) command.alias(dashed)
  settle(command, grammar)
  for (const argument of spec.arguments) command.argument(argument)
  addOptions(
    command,
    spec.options.map((option) => (typeof option === 'string' ? COMMAND_OPTIONS[option] : option)),
  )
  const { examples = [] } = spec
  if (examples.length > 0) command.addHelpText('after', () => examplesText(grammar.prog, examples))
  return command.action(() => onCommand(spec, command))
}

function examplesText(prog: string, examples: NonNullable<CommandSpec['examples']>): string {
  const lines = examples.map(([command, meaning]) => `  ${prog} ${command}\n      ${meaning}\n`)
  return `\nExamples:\n${lines.join('')}`.trimEnd()
}

function settle(command: Command, { prog, onUsageError }: Grammar): void {
  command.exitOverride().configureOutput({
    outputError: (raw, write) => {
      const text = withPlaceOfGlobal(raw, command, prog)
      if (onUsageError === undefined)
        write(`${command.helpInformation().split('\n')[0]}\n${prog}: ${text}`)
      else onUsageError(text.replace(/^error: /, '').trim())
    },
  })
}

/** An option of the program that is given to a command is not unknown, only late. */
function withPlaceOfGlobal(text: string, command: Command, prog: string): string {
  const [unknown, flag = ''] = /unknown option '([^'=]+)[^']*'/.exec(text) ?? []
  const isGlobal = GLOBAL_OPTIONS.some(({ flags }) => flags.split(/,? /).includes(flag))
  return unknown === undefined || !isGlobal
    ? text
    : `error: ${unknown}; it stands before the command: ${prog} ${flag} … ${command.name()}\n`
}

function readNumber(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new InvalidArgumentError('A number is needed, 0 or more.')
}

function addOptions(command: Command, specs: readonly OptionSpec[]): void {
  for (const { flags, description, repeatable, choices, isNumber } of specs) {
    const option = new Option(flags, description)
    if (choices !== undefined) option.choices(choices)
    if (isNumber === true) option.argParser(readNumber)
    if (repeatable === true)
      option.argParser((value: string, previous?: readonly string[]) => [
        ...(previous ?? []),
        value,
      ])
    command.addOption(option)
  }
}
