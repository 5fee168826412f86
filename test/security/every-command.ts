// Command lines for every command there is: a new one is covered as soon as it is registered.
import type { CommandSpec } from '../../src/cli/command-spec.ts'
import { COMMANDS } from '../../src/cli/commands.ts'

const VARIANTS = {
  verbose: '--verbose',
  json: '--json',
  sql: '--sql',
  autogenerate: '--autogenerate',
  indicateCurrent: '--indicate-current',
  checkHeads: '--check-heads',
  verify: '--verify',
  check: '--check',
} as const

/** Words for what a command takes; throws for a kind of argument that nobody thought of here. */
function wordsFor({ name, arguments: wanted, values = [], symbols = [] }: CommandSpec): string[] {
  return wanted.map((argument) => {
    switch (argument) {
      case '<revision>':
        return symbols.includes('base') && name === 'downgrade' ? 'base' : 'head'
      case '<revisions...>':
        return 'heads'
      case '<directory>':
        return 'new-folder'
      default: {
        const [value] = values
        if (value !== undefined) return value
        throw new TypeError(`${name} takes ${argument}: say in every-command.ts what to give it`)
      }
    }
  })
}

/**
 * Each command by itself, and with each of the options above that it has; those that make a configuration come last.
 */
export function everyCommandLine(): string[][] {
  const order = (command: CommandSpec): number =>
    command.arguments.includes('<directory>') ? 1 : 0
  return COMMANDS.toSorted((a, b) => order(a) - order(b)).flatMap((command) => {
    const words = [command.name, ...wordsFor(command)]
    const options = Object.entries(VARIANTS)
      .filter(([option]) => (command.options as readonly string[]).includes(option))
      .map(([, flag]) => flag)
    // A way through the history that --sql can write without a database.
    const offline = command.name === 'downgrade' ? ['downgrade', 'head:base'] : words
    return [
      words,
      ['--raiseerr', ...words],
      ['-x', 'tenant=one', ...words],
      ...options.map((flag) => [...(flag === '--sql' ? offline : words), flag]),
    ]
  })
}
