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
