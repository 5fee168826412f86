import { ConfigError } from '../errors/config-error.ts'
import { hidePasswords } from '../util/hide-passwords.ts'

/** Where a value stands, for messages: `option 'sqlalchemy.url' in section 'alembic'`. */
export type Place = string

type Lookup = (name: string) => string | undefined

// As in Python's configparser: enough for any real file, and it ends a value that refers to itself.
const MAX_DEPTH = 10

/**
 * Replaces `%(name)s` by the option `name`, whose own value is interpolated first, and `%%` by a percent sign.
 *
 * @throws ConfigError for a lone percent sign, an unknown name, or a value that refers to itself.
 */
export function interpolate(value: string, lookup: Lookup, place: Place, depth = 1): string {
  if (!value.includes('%')) return value
  if (depth > MAX_DEPTH)
    throw new ConfigError(
      `Value of ${place} refers to itself, or more than ${MAX_DEPTH} levels deep: '${hidePasswords(value)}'`,
    )
  return value.replace(/%(%|\(([^)]*)\)s|.*)/gs, (found: string, rest: string, name?: string) => {
    if (rest === '%') return '%'
    if (name !== undefined) {
      const raw = lookup(name.toLowerCase())
      if (raw === undefined)
        throw new ConfigError(
          `Bad value substitution: ${place} contains an interpolation key '${name}' which is not a valid option ` +
            `name. Raw value: '${hidePasswords(value)}'`,
        )
      return interpolate(raw, lookup, place, depth + 1)
    }
    if (rest.startsWith('('))
      throw new ConfigError(
        `Bad interpolation variable reference '${/^%\(\w*$/.test(found) ? found : '%(…'}' in ${place}`,
      )
    // The rest of the value stays out of the messages: it may be a password.
    throw new ConfigError(
      `'%' must be followed by '%' or '(' in ${place}; a percent sign is written %%`,
    )
  })
}

/** Doubles percent signs, so that `interpolate()` gives the text back. */
export function escapePercent(text: string): string {
  return text.replaceAll('%', '%%')
}

/**
 * Replaces `${NAME}` by the environment variable and `${NAME:-default}` by it or, where it is unset or empty, by the
 * default; `$${` stands for `${`.
 *
 * @throws ConfigError where a variable without a default is not set.
 */
export function substituteEnvironment(value: string, place: Place): string {
  return value.replace(
    /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (found: string, name: string, fallback?: string) => {
      if (found.startsWith('$$')) return found.slice(1)
      const set = process.env[name]
      if (fallback !== undefined) return set === undefined || set === '' ? fallback : set
      if (set !== undefined) return set
      throw new ConfigError(
        `Environment variable ${name} is not set; ${place} needs it. Set it, or give a default: \${${name}:-default}`,
      )
    },
  )
}
