import { checkFromReflection } from '../../engine/table-from-reflection.ts'
import type { DefinitionPair } from '../../impl/table-definitions.ts'
import { CheckConstraint } from '../../sql/schema/check-constraint.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import type { AutogenContext } from '../autogen-context.ts'
import type { FactPair, Settlement } from './settlement.ts'

/** All CHECKs have names and the same ones on both sides; about their conditions the server has the last word. */
export function settleChecks(context: AutogenContext, pair: FactPair): Settlement {
  const pairs = checkPairs(context, pair)
  if (pairs === null || pairs.length === 0) return pairs !== null
  const { metadataTable: metadata } = pair
  return {
    // The columns are the same on both sides, or else the table is not settled.
    questions: { inspected: metadata, metadata, indexes: [], checks: pairs, computed: [] },
    isSettled: () =>
      pairs.every(
        (one) =>
          context.comparison.compareCheckConstraints(one.metadata, one.inspected).kind === 'equal',
      ),
  }
}

/** `null` where they can't be paired by name. */
function checkPairs(
  { comparison, dialect }: AutogenContext,
  { reflected, metadataTable, columns }: FactPair,
): readonly DefinitionPair<CheckConstraint>[] | null {
  const wanted = new Map<string, CheckConstraint>()
  for (const constraint of [
    ...metadataTable.constraints,
    ...columns.flatMap(({ metadata }) => metadata.checks),
  ]) {
    if (!(constraint instanceof CheckConstraint)) continue
    const resolved = resolveName(constraint)
    if (resolved !== null && constraint.typeBound === null) {
      wanted.set(dialect.preparer.fitConstraint(resolved), constraint)
    } else if (constraint.typeBound === null || dialect.ddl.constraints.isCreated(constraint)) {
      return null
    }
  }
  if (wanted.size !== reflected.checkConstraints.length) return null
  const pairs: DefinitionPair<CheckConstraint>[] = []
  for (const fact of reflected.checkConstraints) {
    const metadata = fact.name === null ? undefined : wanted.get(fact.name)
    if (metadata === undefined) return null
    const dialectOptions = comparison.adjustReflectedDialectOptions(fact)
    const inspected = checkFromReflection({ ...fact, dialectOptions })
    inspected.table = metadataTable
    pairs.push({ inspected, metadata })
  }
  return pairs
}
