import type { CommandSpec } from './command-spec.ts'
import { COMMAND_OPTIONS, GLOBAL_OPTIONS, type OptionSpec } from './options.ts'
import { type Candidate, listRevisionNames, type RevisionNames } from './revision-names.ts'

/** What the shell is to offer for the word under the cursor: these, or the names of files. */
export type Completion = readonly Candidate[] | 'files'

/** Prints what the scripts of `alembic completion` ask for: a line for each candidate, or `:files`. */
export async function printCompletions(
  words: readonly string[],
  commands: readonly CommandSpec[],
): Promise<number> {
  const completion = await complete(words, commands)
  const lines =
    completion === 'files'
      ? [':files']
      : completion.map(({ value, description }) =>
          description === '' ? value : `${value}\t${description}`,
        )
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  return 0
}

/** Completes the last of `words`, which are those behind the program's name. */
export async function complete(
  words: readonly string[],
  commands: readonly CommandSpec[],
): Promise<Completion> {
  const line = new Line(words, commands)
  const { current, command, valueOf } = line
  if (valueOf !== null) {
    const [, prefix = '', text = current] = /^(--[\w-]+=)(.*)$/s.exec(current) ?? []
    const values = await valuesOf(valueOf, text, line)
    return values === 'files' ? values : startingWith(current, values, prefix)
  }
  if (current.startsWith('-') && current !== '-1') {
    const own = startingWith(current, line.options.map(candidateOf))
    if (own.length > 0 || current.startsWith('--')) return own
  }
  if (command === null)
    return startingWith(
      current,
      commands.map(({ name, summary }) => ({ value: name, description: summary })),
    )
  if (command.values !== undefined) return startingWith(current, plain(command.values))
  if (command.symbols !== undefined) return await revisions(current, command.symbols, line)
  return command.arguments.length > 0 ? 'files' : []
}

/** What was typed so far. */
class Line {
  readonly current: string
  readonly command: CommandSpec | null
  /** The option whose value is being typed. */
  readonly valueOf: OptionSpec | null
  /** The options that may be given here. */
  readonly options: readonly OptionSpec[]
  readonly config: readonly string[]
  readonly section: string | undefined

  constructor(words: readonly string[], commands: readonly CommandSpec[]) {
    this.current = words.at(-1) ?? ''
    const config: string[] = []
    let section: string | undefined
    let command: CommandSpec | null = null
    let options = GLOBAL_OPTIONS
    let valueOf: OptionSpec | null = null
    for (const word of words.slice(0, -1)) {
      if (valueOf !== null) {
        if (valueOf.flags.startsWith('-c, --config')) config.push(word)
        if (valueOf.flags.startsWith('-n, --name')) section = word
        valueOf = null
      } else if (word.startsWith('-')) valueOf = optionWithValue(options, word)
      else if (command === null) {
        command =
          commands.find(({ name }) => name === word || name.replaceAll('_', '-') === word) ?? null
        options = command === null ? options : optionsOf(command)
      }
    }
    const [, joined] = /^(--[\w-]+)=/.exec(this.current) ?? []
    this.command = command
    this.options = options
    this.valueOf = valueOf ?? (joined === undefined ? null : (optionNamed(options, joined) ?? null))
    this.config = config
    this.section = section
  }
}

function optionsOf(command: CommandSpec): OptionSpec[] {
  return command.options.map((option) =>
    typeof option === 'string' ? COMMAND_OPTIONS[option] : option,
  )
}

function optionWithValue(options: readonly OptionSpec[], word: string): OptionSpec | null {
  const found = optionNamed(options, word)
  return found?.flags.includes('<') === true ? found : null
}

function optionNamed(options: readonly OptionSpec[], word: string): OptionSpec | undefined {
  return options.find(({ flags }) => flags.split(/,? /).includes(word))
}

/** An option in its long form, where it has one. */
function candidateOf({ flags, description }: OptionSpec): Candidate {
  return { value: /--[\w-]+/.exec(flags)?.[0] ?? flags.slice(0, 2), description }
}

async function valuesOf(option: OptionSpec, text: string, line: Line): Promise<Completion> {
  if (option.choices !== undefined) return plain(option.choices)
  switch (/<(.*)>/.exec(option.flags)?.[1] ?? '') {
    case 'revision':
      return await revisions(text, ['head', 'base'], line)
    case 'range':
      return await revisions(text, ['base', 'head', 'heads', 'current'], line)
    case 'file':
    case 'path':
      return 'files'
    case 'name':
      return await templates(option)
    default:
      return []
  }
}

async function templates(option: OptionSpec): Promise<readonly Candidate[]> {
  if (option !== COMMAND_OPTIONS.template) return []
  const { Config } = await import('../config/config.ts')
  const { listTemplates } = await import('../command/list-templates.ts')
  const { templates: found } = await listTemplates(new Config({ stdout: null }))
  return found.map(({ name, description }) => ({ value: name, description }))
}

/** Symbols, ids and labels; behind a colon the other end of a range, behind `@` what is on a branch. */
async function revisions(
  text: string,
  symbols: readonly string[],
  line: Line,
): Promise<readonly Candidate[]> {
  const { ids, labels } = await revisionNames(line)
  const start = text.slice(0, text.lastIndexOf(':') + 1)
  const end = text.slice(start.length)
  const at = end.indexOf('@')
  if (at >= 0) {
    const branch = end.slice(0, at + 1)
    return startingWith(text, [...plain(['head', 'base']), ...ids], start + branch)
  }
  const branches = labels.map(({ value, description }) => ({ value: `${value}@head`, description }))
  return startingWith(text, [...plain(symbols), ...branches, ...labels, ...ids], start)
}

async function revisionNames({ config, section }: Line): Promise<RevisionNames> {
  try {
    return await listRevisionNames(config, section)
  } catch {
    // Whatever is wrong with the project, the command itself will say so.
    return { ids: [], labels: [] }
  }
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value, description: '' }))
}

function startingWith(
  text: string,
  candidates: readonly Candidate[],
  prefix: string = '',
): Candidate[] {
  return candidates
    .map(({ value, description }) => ({ value: prefix + value, description }))
    .filter(({ value }) => value.startsWith(text))
}
