/** What came out of comparing an object of the models with the one of the same name in the database. */
export type ComparisonResult =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly reasons: readonly string[] }
  /** They can't be compared, and are taken to be equal. */
  | { readonly kind: 'skip'; readonly reasons: readonly string[] }

export const EQUAL: ComparisonResult = { kind: 'equal' }

/** Different where there are reasons, else equal. */
export function differentBecause(reasons: readonly string[]): ComparisonResult {
  return reasons.length === 0 ? EQUAL : { kind: 'different', reasons }
}
