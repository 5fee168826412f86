import { RevisionError } from '../errors/revision-error.ts'
import { closest } from '../util/closest.ts'
import { type RevisionIds, idList } from './revision.ts'
import type { Script } from './script.ts'

/**
 * Makes sure that every revision which a file names has a file, and says which file names what.
 *
 * @throws RevisionError for the first that has none.
 */
export function verifyReferences(scripts: readonly Script[]): void {
  const ids = new Set(scripts.map(({ revision }) => revision))
  const labels = new Map(
    scripts.flatMap((script) => script.ownBranchLabels.map((label) => [label, script] as const)),
  )
  const verify = (
    script: Script,
    kind: string,
    named: RevisionIds,
    known: (id: string) => boolean,
  ): void => {
    for (const id of idList(named))
      if (!known(id))
        throw new RevisionError(
          `${script.origin} names ${kind} '${id}', ${whatIsWrong(id, [...ids], labels)}`,
        )
  }
  for (const script of scripts) {
    verify(script, 'down revision', script.downRevision, (id) => ids.has(id))
    verify(script, 'dependency', script.dependencies, (id) => ids.has(id) || labels.has(id))
  }
}

function whatIsWrong(
  id: string,
  ids: readonly string[],
  labels: ReadonlyMap<string, Script>,
): string {
  const labelled = labels.get(id)
  if (labelled !== undefined)
    return `which is a branch label of ${labelled.origin}; name the revision, '${labelled.revision}'`
  const matches = ids.filter((other) => id !== '' && other.startsWith(id))
  const [guess] = matches.length === 1 ? matches : closest(id, ids)
  return `which no file has${guess === undefined ? '' : `; did you mean '${guess}'?`}`
}
