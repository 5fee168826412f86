import type { IndexesAndUniques } from '../../impl/comparison.ts'
import { unnamedSignature } from '../../impl/constraint-signature.ts'
import type { Dialect } from '../../sql/compile/dialect.ts'
import { resolveName } from '../../sql/schema/naming.ts'

/**
 * Where the database has no unique constraints apart from unique indexes, each comes as both: keeps the one that the
 * models know under that name, and the index where they know neither.
 */
export function foldDoubledUniques(
  sides: IndexesAndUniques,
  doubled: ReadonlySet<string>,
  { preparer }: Dialect,
): void {
  const uniqueNames = new Set<string>()
  const unnamedUniques = new Set<string>()
  for (const constraint of sides.metadataUniques) {
    const name = resolveName(constraint)
    if (name === null) unnamedUniques.add(unnamedSignature(constraint))
    else uniqueNames.add(preparer.fitConstraint(name))
  }
  const indexNames = new Set<string>()
  for (const index of sides.metadataIndexes) {
    const name = resolveName(index)
    if (index.unique && name !== null) indexNames.add(preparer.fitIndex(name))
  }
  for (const constraint of sides.reflectedUniques) {
    const { name } = constraint
    if (name === null || !doubled.has(name)) continue
    if (!uniqueNames.has(name)) {
      // One thing is not both the models' index and their constraint without a name.
      if (indexNames.has(name) || !unnamedUniques.has(unnamedSignature(constraint))) {
        sides.reflectedUniques.delete(constraint)
      }
    } else if (!indexNames.has(name)) {
      for (const index of sides.reflectedIndexes) {
        if (index.unique && index.name === name) sides.reflectedIndexes.delete(index)
      }
    }
  }
}
