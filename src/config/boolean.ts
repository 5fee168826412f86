import { ConfigError } from '../errors/config-error.ts'

const TRUE = new Set(['true', 'yes', 'on', 'y', 't', '1'])
const FALSE = new Set(['false', 'no', 'off', 'n', 'f', '0'])

/**
 * Reads a truth value as the configuration writes it, in words; nothing is false.
 *
 * @throws ConfigError for any other word.
 */
export function asBoolean(value: string | null | undefined): boolean {
  const word = (value ?? '').trim().toLowerCase()
  if (word === '') return false
  if (TRUE.has(word)) return true
  if (FALSE.has(word)) return false
  throw new ConfigError(`String is not true/false: '${word}'`)
}
