import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ConfigError } from '../errors/config-error.ts'
import { interpolate, substituteEnvironment } from './interpolation.ts'

/** A value of `[tool.alembic]` after substitution. */
export type TomlValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly TomlStrings[]
  | TomlStrings
type TomlStrings = Readonly<Record<string, string>>

/**
 * Returns the table `[tool.alembic]` of a `pyproject.toml`, raw; empty where the file or the table is missing.
 *
 * @throws ConfigError where the file is no TOML.
 */
export function readTomlTable(fileName: string): Readonly<Record<string, unknown>> {
  if (!existsSync(fileName)) return {}
  // Loaded here and synchronously: few projects have the file, and a Config answers without a promise.
  const { parse } = createRequire(import.meta.url)('smol-toml') as typeof import('smol-toml')
  let document: { readonly tool?: unknown }
  try {
    document = parse(readFileSync(fileName, 'utf8'))
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]
    // The package's own error quotes lines of the file, which may hold a password: it is not kept as the cause.
    throw new ConfigError(`While reading from '${fileName}': ${reason}`)
  }
  const table = (document.tool as { readonly alembic?: unknown } | undefined)?.alembic ?? {}
  if (!isTable(table)) throw new ConfigError(`[tool.alembic] in '${fileName}' is not a table`)
  return table
}

/** Substitutes `%(name)s` and `${NAME}` in a raw value: in a string, or in the strings of a list or table. */
export function substituteToml(
  raw: unknown,
  { name: key, place }: { readonly name: string; readonly place: string },
  variables: ReadonlyMap<string, string>,
): TomlValue {
  const unsupported = (): ConfigError =>
    new ConfigError(`unsupported TOML value type for key: '${key}'`)
  const text = (value: unknown): string => {
    if (typeof value !== 'string') throw unsupported()
    return substituteEnvironment(
      interpolate(value, (name) => variables.get(name), place),
      place,
    )
  }
  const strings = (table: object): TomlStrings =>
    Object.fromEntries(Object.entries(table).map(([name, value]) => [name, text(value)]))

  if (typeof raw === 'boolean' || Number.isInteger(raw)) return raw as boolean | number
  if (Array.isArray(raw))
    return raw.length > 0 && raw.every(isTable) ? raw.map(strings) : raw.map(text)
  if (isTable(raw)) return strings(raw)
  return text(raw)
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.constructor !== Date &&
    !Array.isArray(value)
  )
}
