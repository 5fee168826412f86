import type { Command } from 'commander'

const NEGATIVE_NUMBER = /^-(\d+|\d*\.\d+)$/

/**
 * Returns what is wrong with the order of a command's arguments, or null.
 *
 * The parser would take `-r -1:current`, where the value was forgotten or should be joined by `=`, and revisions to the left
 * and right of an option, where the option's value was forgotten.
 */
export function findMisplacedArgument(command: Command, args: readonly string[]): string | null {
  const isList = command.registeredArguments.some((argument) => argument.variadic)
  let hasOperand = false
  let hasOptionAfter = false
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '--') return null
    if (!isOption(arg)) {
      if (isList && hasOptionAfter)
        return `unexpected argument '${arg}': name all revisions side by side`
      hasOperand = true
      continue
    }
    hasOptionAfter = hasOperand
    const option = command.options.find(({ short, long }) => arg === short || arg === long)
    if (option?.required !== true) continue
    const value = args[++index]
    if (value !== undefined && isOption(value))
      return `option '${option.flags}' expects a value; one that begins with '-' is written ${option.long}=${value}`
  }
  return null
}

function isOption(arg: string): boolean {
  return arg.length > 1 && arg.startsWith('-') && !NEGATIVE_NUMBER.test(arg)
}
