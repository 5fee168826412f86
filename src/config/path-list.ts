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

/** Splits at commas and spaces: names of hooks, and lists of paths in files older than `path_separator`. */
export function splitWords(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}
