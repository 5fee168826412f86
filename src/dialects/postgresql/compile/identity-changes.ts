import type { ColumnCompiler } from '../../../sql/compile/column-compiler.ts'
import type { Identity, SequenceOptions } from '../../../sql/schema/server-default.ts'

// By name, as the reference sorts them; `order` is no option of this database.
const OPTIONS = [
  'cache',
  'cycle',
  'increment',
  'maxvalue',
  'minvalue',
  'nomaxvalue',
  'nominvalue',
  'start',
] as const satisfies readonly (keyof SequenceOptions)[]

/**
 * `SET GENERATED ALWAYS`, `SET INCREMENT BY 2`, …: a phrase for each option that `identity` gives and `existing` has
 * otherwise. What `identity` doesn't give stays as it is.
 */
export function identityChanges(
  identity: Identity,
  existing: Identity | null,
  columns: ColumnCompiler,
): string[] {
  const changes: string[] = []
  const always = identity.always ?? false
  if (always !== (existing?.always ?? false)) {
    changes.push(`SET GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'}`)
  }
  for (const option of OPTIONS) {
    const wanted = identity.options[option]
    if (wanted === null || wanted === undefined) continue
    if (wanted === existing?.options[option]) continue
    for (const phrase of columns.sequenceOptions({ [option]: wanted })) {
      changes.push(`SET ${phrase}`)
    }
  }
  return changes
}
