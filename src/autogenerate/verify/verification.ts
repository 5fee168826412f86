/** What came of trying a migration, or models, in a scratch place. */
export type Verification =
  /** The migration leads to the models and back; models are found again as they were created. */
  | {
      readonly status: 'verified'
      readonly place: string
      /** What of the database had no copy there: `view public.totals`; absent where everything had. */
      readonly lacks?: readonly string[]
    }
  | {
      readonly status: 'failed'
      readonly place: string
      readonly problem: string
      /** What is left to find, as `compareMetadata()` gives it. */
      readonly differences: readonly unknown[]
    }
  /** It could not be tried. */
  | { readonly status: 'impossible'; readonly reason: string }

export function impossible(reason: string): Verification {
  return { status: 'impossible', reason }
}

/** The message of whatever was thrown, in one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** What came of one of several databases. */
export interface DatabaseVerification {
  /** Its URL without the password. */
  readonly database: string
  readonly verification: Verification
}

/** All in one: what failed before what could not be tried, and that before what was proven. */
export function togetherVerified(all: readonly DatabaseVerification[]): Verification {
  const [first, ...others] = all
  if (first === undefined) return impossible('the environment has no database')
  if (others.length === 0) return first.verification
  const named = all.map(({ database, verification }, at) => ({
    which: `database ${at + 1} of ${all.length}, ${database}`,
    verification,
  }))
  for (const { which, verification } of named) {
    if (verification.status !== 'failed') continue
    return { ...verification, problem: `${which}: ${verification.problem}` }
  }
  for (const { which, verification } of named) {
    if (verification.status === 'impossible') return impossible(`${which}: ${verification.reason}`)
  }
  const verified = all.map(({ verification }) => verification).filter(isVerified)
  const places = verified.map(({ place }) => place)
  const isOneKind = new Set(places).size === 1
  const place = isOneKind
    ? `${places[0] ?? ''} for each of ${places.length} databases`
    : `${places.slice(0, -1).join(', ')} and ${places.at(-1) ?? ''}`
  const lacks = verified.flatMap((one) => one.lacks ?? [])
  return {
    status: 'verified',
    place,
    ...(lacks.length > 0 && { lacks }),
  }
}

function isVerified(
  verification: Verification,
): verification is Extract<Verification, { status: 'verified' }> {
  return verification.status === 'verified'
}
