import { readFileSync } from 'node:fs'
import type { Config } from '../config/config.ts'
import { CommandError } from '../errors/command-error.ts'

const SHELLS = ['bash', 'zsh', 'fish']

/** Prints the completion script of a shell, which asks the command itself: that knows its options and the revisions. */
export async function printCompletionScript(config: Config, shell: string): Promise<void> {
  if (!SHELLS.includes(shell))
    throw new CommandError(
      `There is no completion for '${shell}'; there is for ${SHELLS.join(', ')}`,
    )
  const file = new URL(`../../completions/alembic.${shell}`, import.meta.url)
  config.printStdout(readFileSync(file, 'utf8').trimEnd())
}
