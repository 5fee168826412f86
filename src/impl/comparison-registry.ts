import { ComparisonImpl, type ComparisonParts } from './comparison.ts'

/** A dialect's own comparison. */
export type ComparisonClass = new (parts: ComparisonParts) => ComparisonImpl

const loaders = new Map<string, () => Promise<ComparisonClass>>()

/**
 * Makes a dialect's comparison known, loaded when first needed; an earlier one of that name is replaced.
 *
 * @example
 * registerComparison('cockroachdb', async () => (await import('./comparison.ts')).CockroachComparison)
 */
export function registerComparison(
  dialectName: string,
  load: () => Promise<ComparisonClass>,
): void {
  loaders.set(dialectName, load)
}

/** Makes the dialect's comparison, or the one that holds for most servers where it registered none. */
export async function createComparison(parts: ComparisonParts): Promise<ComparisonImpl> {
  const load = loaders.get(parts.dialect.name)
  const comparison = load === undefined ? ComparisonImpl : await load()
  return new comparison(parts)
}
