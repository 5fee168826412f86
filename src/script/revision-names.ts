import { RevisionNameError } from '../errors/script-error.ts'
import type { RevisionGraph } from './map/graph.ts'

const SYMBOLS = new Set(['head', 'heads', 'base', 'current'])
const SEPARATORS = /[@\-+:]/
// `version_num VARCHAR(32)`: the column that Alembic has made since its first version.
const LONGEST_ID = 32

/**
 * Makes sure that a new revision will be found under its id.
 *
 * @throws RevisionNameError where the id means something else, does not fit in the version table, or is no file name.
 */
export function verifyNewRevisionId(revision: string): void {
  if (SYMBOLS.has(revision))
    throw new RevisionNameError(
      `Revision identifier '${revision}' stands for something else; choose another`,
    )
  if (revision.trim() === '' || /[\s/\\]|\p{Cc}/u.test(revision))
    throw new RevisionNameError(
      `Revision identifier '${revision}' is empty or has white space or slashes; choose another`,
    )
  const { length } = Array.from(revision)
  if (length > LONGEST_ID)
    throw new RevisionNameError(
      `Revision identifier '${revision}' has ${length} characters; the version table takes ${LONGEST_ID}`,
    )
}

/** Makes sure that a new branch label will be found, and is not taken. */
export function verifyNewBranchLabels(
  labels: readonly string[],
  revision: string,
  { byKey }: RevisionGraph,
): void {
  for (const [index, label] of labels.entries()) {
    const separator = SEPARATORS.exec(label)?.[0]
    if (SYMBOLS.has(label) || label.trim() === '' || separator !== undefined)
      throw new RevisionNameError(
        separator === undefined
          ? `Branch label '${label}' stands for something else; choose another`
          : `Character '${separator}' not allowed in branch label '${label}'`,
      )
    const owner =
      label === revision || labels.indexOf(label) < index ? revision : byKey.get(label)?.revision
    if (owner !== undefined)
      throw new RevisionNameError(
        `Branch name '${label}' in revision ${revision} already used by revision ${owner}`,
      )
  }
}
