import { CommandError } from './command-error.ts'

/** The configuration is missing, unreadable or holds a value that can't be used. */
export class ConfigError extends CommandError {
  override readonly code: string = 'CONFIG_INVALID'
}
