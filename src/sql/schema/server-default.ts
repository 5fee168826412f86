import { brand } from '../../util/brand.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import { SqlExpression, TextClause } from '../elements/expression.ts'
import { callable, type Callable } from '../types/callable.ts'
import { splitOptions, type DialectOptions } from './dialect-options.ts'

class FetchedValueClass {
  static {
    brand(this, 'FetchedValue')
  }

  readonly kind = 'fetchedValue'
}

class DefaultClauseClass {
  static {
    brand(this, 'DefaultClause')
  }

  readonly kind = 'default'
  readonly arg: string | SqlExpression
  /** Whether the text came from the database's catalog. */
  readonly reflected: boolean

  constructor(arg: string | SqlExpression, reflected = false) {
    this.arg = arg
    this.reflected = reflected
  }
}

class ComputedClass {
  static {
    brand(this, 'Computed')
  }

  readonly kind = 'computed'
  readonly sqltext: SqlExpression
  /** Stored, not made anew at each read; `null` leaves it to the database. */
  readonly persisted: boolean | null

  constructor(
    sqltext: string | SqlExpression,
    options: { readonly persisted?: boolean | null } = {},
  ) {
    this.sqltext = typeof sqltext === 'string' ? new TextClause(sqltext) : sqltext
    this.persisted = options.persisted ?? null
  }
}

/** What sequences and identity columns have in common. */
export interface SequenceOptions {
  readonly start?: number | bigint | null
  readonly increment?: number | bigint | null
  readonly minvalue?: number | bigint | null
  readonly maxvalue?: number | bigint | null
  readonly nominvalue?: boolean | null
  readonly nomaxvalue?: boolean | null
  readonly cycle?: boolean | null
  readonly cache?: number | bigint | null
  readonly order?: boolean | null
}

/** Options of `Identity`. */
export interface IdentityOptions extends SequenceOptions {
  /** `GENERATED ALWAYS` instead of `BY DEFAULT`; `false` unless given. */
  readonly always?: boolean | null
  /** `ON NULL`, where the database has it. */
  readonly onNull?: boolean | null
}

const IDENTITY_KEYS = [
  'always',
  'onNull',
  'start',
  'increment',
  'minvalue',
  'maxvalue',
  'nominvalue',
  'nomaxvalue',
  'cycle',
  'cache',
  'order',
] as const

class IdentityClass<Always extends boolean = boolean> {
  static {
    brand(this, 'Identity')
  }

  declare readonly $always: Always
  readonly kind = 'identity'
  readonly always: boolean | null
  readonly onNull: boolean | null
  readonly options: SequenceOptions
  readonly dialectOptions: DialectOptions

  constructor(options: IdentityOptions & DialectIdentityOptions = {}) {
    const { own, dialects } = splitOptions(
      { kind: 'identity', label: 'Identity' },
      options,
      IDENTITY_KEYS,
    )
    const { always, onNull, ...sequence } = own
    this.always = (always as boolean | null | undefined) ?? false
    this.onNull = (onNull as boolean | null | undefined) ?? null
    this.options = sequence as SequenceOptions
    this.dialectOptions = dialects
  }
}

/** Identity options of single dialects; each dialect adds its own. */
// oxlint-disable-next-line no-empty-interface -- filled by declaration merging
export interface DialectIdentityOptions {}

/** Keeps the type of what says whether an INSERT may give a value. */
interface IdentityFactory {
  (
    options: IdentityOptions & DialectIdentityOptions & { readonly always: true },
  ): IdentityClass<true>
  (options?: IdentityOptions & DialectIdentityOptions): IdentityClass
}

/** A default that the database makes without any DDL of ours (a trigger, say). */
export const FetchedValue: Callable<typeof FetchedValueClass> = callable(FetchedValueClass)
export type FetchedValue = FetchedValueClass

/** `DEFAULT …`: a string is a quoted literal, an expression is SQL. */
export const DefaultClause: Callable<typeof DefaultClauseClass> = callable(DefaultClauseClass)
export type DefaultClause = DefaultClauseClass

/** `GENERATED ALWAYS AS (…)`: `sa.Computed('a + 1', { persisted: true })`. */
export const Computed: Callable<typeof ComputedClass> = callable(ComputedClass)
export type Computed = ComputedClass

/** `GENERATED … AS IDENTITY`: `sa.Identity({ start: 100 })`. */
export const Identity: IdentityFactory & Callable<typeof IdentityClass> = callable(
  IdentityClass,
) as IdentityFactory & Callable<typeof IdentityClass>
// oxlint-disable-next-line no-redeclare -- a value and a type of one name
export type Identity<Always extends boolean = boolean> = IdentityClass<Always>

/** Anything that can stand behind a column as its server-side default. */
export type ServerDefault = DefaultClause | FetchedValue | Computed | Identity

/** What can be given as `serverDefault`. */
export type ServerDefaultLike = string | SqlExpression | ServerDefault

/**
 * Makes a server default of what was given.
 *
 * @throws SchemaError for a number, boolean or date: their SQL text is for the caller to write
 */
export function toServerDefault(value: ServerDefaultLike): ServerDefault {
  const made = toUncheckedDefault(value)
  assertDefault(made)
  return made
}

/** The same, but what can't be a default is left to `assertDefault()`. */
export function toUncheckedDefault(value: ServerDefaultLike): ServerDefault {
  if (value instanceof SqlExpression || typeof value !== 'object') return new DefaultClause(value)
  return 'kind' in value ? value : new DefaultClause(value)
}

/** Refuses a default that is neither a string nor SQL. Throws SchemaError. */
export function assertDefault(serverDefault: ServerDefault): void {
  if (serverDefault.kind !== 'default') return
  const value: unknown = serverDefault.arg
  if (typeof value === 'string' || value instanceof SqlExpression) return
  throw new SchemaError(
    `serverDefault is a string (a quoted literal) or SQL (sa.text('5')), not ${typeof value} ${String(value)}`,
  )
}
