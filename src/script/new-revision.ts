import { resolve } from 'node:path'
import { CommandError } from '../errors/command-error.ts'
import { RevisionError } from '../errors/revision-error.ts'
import { RevisionNameError } from '../errors/script-error.ts'
import { isInside } from './new-file-path.ts'
import { catchRevisionErrors } from './revision-error-translation.ts'
import type { RevisionMap } from './revision-map.ts'
import { type RevisionIds, idList, scalarOrList, verifyRevisionId } from './revision.ts'
import { verifyNewBranchLabels, verifyNewRevisionId } from './revision-names.ts'
import type { Script } from './script.ts'

/** Where a new revision goes in the graph, and in which folder its file goes. */
export interface NewRevisionOptions {
  /** The revisions it follows; default `head`. */
  readonly head?: RevisionIds
  /** Follow a revision that is no head; default false. */
  readonly splice?: boolean
  readonly branchLabels?: RevisionIds
  /** Which of the version locations; needed where there are several and nothing else tells. */
  readonly versionPath?: string | null
  readonly dependsOn?: RevisionIds
}

/** A revision that can be written. */
export interface NewRevisionPlan {
  readonly downRevision: RevisionIds
  readonly branchLabels: RevisionIds
  readonly dependsOn: RevisionIds
  /** Absolute path of the folder. */
  readonly folder: string
}

/**
 * Checks everything about a new revision before anything is written.
 *
 * @throws CommandError where the revision can't be made so.
 */
export function planNewRevision(
  map: RevisionMap<Script>,
  revision: string,
  locations: readonly string[],
  options: NewRevisionOptions,
): NewRevisionPlan {
  catchRevisionErrors(() => verifyRevisionId(revision))
  verifyNewRevisionId(revision)
  const parents = headsFor(map, options.head ?? 'head')
  if (new Set(parents).size < parents.length)
    throw new CommandError('Duplicate head revisions specified')
  const folder = folderFor(parents, locations, options.versionPath ?? null)
  for (const parent of parents) {
    if (parent.revision === revision)
      throw new RevisionNameError(`Revision ${revision} can't follow itself; choose another id`)
    if (options.splice !== true && !parent.isHead)
      throw new CommandError(
        `Revision ${parent.revision} is not a head revision; please specify --splice to create a new branch from this revision`,
      )
  }
  const labels = idList(options.branchLabels)
  verifyNewBranchLabels(labels, revision, map.graph)
  return {
    downRevision: scalarOrList(parents.map((parent) => parent.revision)),
    branchLabels: scalarOrList(labels),
    dependsOn: scalarOrList(idList(options.dependsOn).map((id) => dependency(map, id))),
    folder,
  }
}

function headsFor(map: RevisionMap<Script>, head: RevisionIds): Script[] {
  const texts = {
    multipleHeads: () =>
      'Multiple heads are present; please specify the head revision on which the new revision should be based, or ' +
      'perform a merge.',
  }
  return catchRevisionErrors(
    () =>
      map.getRevisions(head).map((found) => {
        if (found === null || found === 'base')
          throw new RevisionError(`'${idList(head).join(', ')}' does not name a revision`)
        return found
      }),
    texts,
  )
}

/** Branch labels are kept, so that the file says what its author meant; ids are written in full. */
function dependency(map: RevisionMap<Script>, id: string): string {
  return catchRevisionErrors(() => {
    const revision = map.getRevision(id)
    if (revision === null) throw new RevisionError(`A revision can't depend on '${id}'`)
    return revision.branchLabels.has(id) ? id : revision.revision
  })
}

function folderFor(
  parents: readonly Script[],
  locations: readonly string[],
  versionPath: string | null,
): string {
  if (versionPath !== null) {
    const wanted = resolve(versionPath)
    if (locations.includes(wanted)) return wanted
    throw new CommandError(`Path ${versionPath} is not represented in current version locations`)
  }
  const [only, ...others] = locations
  if (only !== undefined && others.length === 0) return only
  // With folders by date, a file lies below its location.
  const [parent] = parents
  const ofParent = parent && locations.find((location) => isInside(location, parent.path))
  if (ofParent === undefined)
    throw new CommandError('Multiple version locations present, please specify --version-path')
  return ofParent
}
