import { SchemaError } from '../../errors/schema-error.ts'
import { assertKnownOptions, type OptionOwner } from './option-registry.ts'

/**
 * Options that one database alone understands, by the database's name.
 * Every dialect adds its own key with its own type: `{ postgresql: { using: 'gin' } }`.
 */
export interface DialectOptions {
  readonly [dialect: string]: Readonly<Record<string, unknown>> | undefined
}

/** A plain object, as against an instance of one of this package's classes. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value) as unknown
  return prototype === Object.prototype || prototype === null
}

/** What options are given to: its kind, which dialects know options for, and how errors call it. */
export interface OptionsTarget {
  readonly kind: OptionOwner
  readonly label: string
}

/**
 * Parts an options object into what `known` lists and what is addressed to a dialect.
 *
 * @throws SchemaError for a key that is neither, and for one that its dialect does not take there
 */
export function splitOptions<K extends string>(
  { kind, label }: OptionsTarget,
  options: object,
  known: readonly K[],
): { readonly own: { readonly [P in K]?: unknown }; readonly dialects: DialectOptions } {
  const own: Record<string, unknown> = {}
  const dialects: Record<string, Record<string, unknown>> = {}
  for (const key of Object.keys(options)) {
    const value = (options as Readonly<Record<string, unknown>>)[key]
    if (value === undefined) continue
    if ((known as readonly string[]).includes(key)) own[key] = value
    else if (isPlainObject(value)) {
      assertKnownOptions(kind, key, value)
      dialects[key] = value
    } else {
      throw new SchemaError(
        `${label} takes no option '${key}'; options of one database go under its name: { <database>: { ${key}: … } }`,
      )
    }
  }
  return { own: own as { [P in K]?: unknown }, dialects }
}

/** The options addressed to one dialect. */
export function dialectOption(options: DialectOptions, dialect: string, key: string): unknown {
  return options[dialect]?.[key]
}
