import { ConfigError } from '../errors/config-error.ts'

/**
 * Reads a number without fraction or sign.
 *
 * @throws ConfigError that names the option, for anything else.
 */
export function asWholeNumber(text: string, option: string): number {
  if (/^\d+$/.test(text.trim())) return Number(text)
  throw new ConfigError(`${option} must be a whole number, not '${text}'`)
}
