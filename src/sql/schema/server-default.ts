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

class IdentityClass {
  static {
    brand(this, 'Identity')
  }

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
export const Identity: Callable<typeof IdentityClass> = callable(IdentityClass)
export type Identity = IdentityClass

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
  if (typeof value === 'string' || value instanceof SqlExpression) return new DefaultClause(value)
  if (typeof value === 'object' && 'kind' in value) return value
  throw new SchemaError(
    `serverDefault is a string (a quoted literal) or SQL (sa.text('5')), not ${typeof value} ${String(value)}`,
  )
}
