import { unnamedSignature } from '../../impl/constraint-signature.ts'
import { UniqueConstraint } from '../../sql/schema/key-constraints.ts'
import { resolveName } from '../../sql/schema/naming.ts'
import { Index } from '../../sql/schema/table-index.ts'
import type { AutogenContext } from '../autogen-context.ts'

/** An index or a unique constraint, and under which name the database knows it. */
export interface NamedObject {
  readonly object: Index | UniqueConstraint
  /** As the models or the database say it; what filters and log lines get. */
  readonly name: string | null
  /** As the database has it, shortened where it is too long. */
  readonly finalName: string | null
  /** What makes it what it is, leaving the name aside. */
  readonly signature: string
}

/** An object of the models, under the name that the database would give it. */
export function metadataObject(
  object: Index | UniqueConstraint,
  { dialect, comparison }: Pick<AutogenContext, 'dialect' | 'comparison'>,
): NamedObject {
  const resolved = resolveName(object)
  const signature = unnamedSignature(object, comparison.detect.keyOrder)
  if (resolved === null) return { object, name: null, finalName: null, signature }
  const { preparer } = dialect
  const finalName =
    object instanceof Index ? preparer.fitIndex(resolved) : preparer.fitConstraint(resolved)
  return { object, name: resolved.text, finalName, signature }
}

/** An object of the database. */
export function reflectedObject(
  object: Index | UniqueConstraint,
  { comparison }: Pick<AutogenContext, 'comparison'>,
): NamedObject {
  const { name } = object
  const signature = unnamedSignature(object, comparison.detect.keyOrder)
  return { object, name, finalName: name, signature }
}

/** The objects that have a name, by it. */
export function byFinalName(objects: readonly NamedObject[]): Map<string, NamedObject> {
  return new Map(
    objects.flatMap((named) => (named.finalName === null ? [] : [[named.finalName, named]])),
  )
}

/** Whether both are indexes, or both unique constraints. */
export function isSameKind(a: NamedObject, b: NamedObject): boolean {
  return a.object instanceof UniqueConstraint === b.object instanceof UniqueConstraint
}
