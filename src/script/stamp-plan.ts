import { RevisionError } from '../errors/revision-error.ts'
import { asRevision } from './map/resolver.ts'
import { StampStep } from './migration-step.ts'
import type { RevisionMap } from './revision-map.ts'
import type { RevisionIds } from './revision.ts'
import type { Script } from './script.ts'

/**
 * Returns the steps that make the version table, whose rows are `rows`, say `revisions`; none stands for the base.
 *
 * Only rows that share a line with what is named are touched, dependencies counting.
 */
export function planStamp(
  map: RevisionMap<Script>,
  revisions: RevisionIds,
  rows: RevisionIds,
): StampStep[] {
  const current = map.getRevisions(rows).map((row) => asRevision(row, rows) as Script)
  const named = revisions === null || revisions.length === 0 ? 'base' : revisions
  const touched = new Set<Script>()
  for (const symbol of [named].flat())
    if (symbol !== '')
      for (const row of map.filterForLineage(current, symbol, { includeDependencies: true }))
        touched.add(row)

  const found = map.getRevisions(named)
  const destinations = found.length > 0 ? found : [null]
  return destinations.flatMap((destination) => {
    if (destination === null)
      return Array.from(touched, ({ revision }) => {
        return new StampStep(map, [revision], [], { isUpgrade: false, branchMove: true })
      })
    return stampTo(map, asRevision(destination, named) as Script, touched)
  })
}

function stampTo(
  map: RevisionMap<Script>,
  destination: Script,
  touched: ReadonlySet<Script>,
): StampStep[] {
  if (touched.has(destination)) return []
  const above = map.descendants([destination])
  const below = map.ancestors([destination])
  const goesDown = [...touched].some((row) => above.has(row))
  const goesUp = [...touched].some((row) => below.has(row))
  const to = [destination.revision]
  if (!goesDown && !goesUp)
    return [new StampStep(map, [], to, { isUpgrade: true, branchMove: true })]
  if (goesDown && goesUp)
    throw new RevisionError(
      `Revision ${destination.revision} lies between rows of the version table; stamp with --purge`,
    )
  const from = Array.from(touched, ({ revision }) => revision)
  return [new StampStep(map, from, to, { isUpgrade: goesUp, branchMove: false })]
}
