import { delimiter } from 'node:path'
import { ConfigError } from '../errors/config-error.ts'

/** Returns the text that separates paths for a value of `path_separator`. */
export function separatorNamed(value: string, option: string): string {
  switch (value) {
    case 'space':
      return ' '
    case 'newline':
      return '\n'
    case 'os':
      return delimiter
    case ':':
    case ';':
      return value
    default:
      throw new ConfigError(
        `'${value}' is not a valid value for ${option}; expected 'space', 'newline', 'os', ':', ';'`,
      )
  }
}

/** Splits a list of paths at `separator`; empty entries are left out. */
export function splitPaths(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((path) => path.trim())
    .filter((path) => path !== '')
}

/**
 * Says that a form of old files is out of date: where Node was asked to tell of such, because Python too keeps it to itself
 * unless it is asked.
 */
export function warnOfOldForm(message: string): void {
  const isAsked =
    process.env['NODE_PENDING_DEPRECATION'] === '1' ||
    process.execArgv.includes('--pending-deprecation')
  if (isAsked) process.emitWarning(message, 'DeprecationWarning')
}

/** What splits lists of paths in files older than `path_separator`. */
export type LegacySplit = 'spaces/commas' | 'spaces, commas, and colons'

/** Splits as files older than `path_separator` are meant, with the warning that Alembic gives. */
export function splitLegacy(text: string, option: string, legacy: LegacySplit): string[] {
  warnOfOldForm(
    `No path_separator found in configuration; falling back to legacy splitting on ${legacy} for ${option}.  Consider ` +
      'adding path_separator=os to Alembic config.',
  )
  return splitWords(legacy === 'spaces/commas' ? text : text.replaceAll(':', ' '))
}

/** Splits at commas and spaces, as names of hooks are listed. */
export function splitWords(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}
