import { AlembicError } from '../../../../src/errors/alembic-error.ts'
import { RevisionError } from '../../../../src/errors/revision-error.ts'
import { HeadMaintainer, type RowEdit } from '../../../../src/script/head-maintainer.ts'
import type { RangeOptions } from '../../../../src/script/map/collect.ts'
import type { RevisionIdentifier } from '../../../../src/script/map/resolver.ts'
import type { MigrationStep } from '../../../../src/script/migration-step.ts'
import type { RevisionMap } from '../../../../src/script/revision-map.ts'
import type { RevisionIds } from '../../../../src/script/revision.ts'
import { ScriptDirectory } from '../../../../src/script/script-directory.ts'
import { Script } from '../../../../src/script/script.ts'

/** A revision as vectors write it. */
export interface VectorRevision {
  readonly id: string
  readonly down: RevisionIds
  readonly deps: RevisionIds
  readonly labels: readonly string[]
}

/** A question to the graph. */
export interface Query {
  readonly call: string
  readonly args: Readonly<Record<string, unknown>>
}

/** What this project answers, in the vectors' own form. */
export type Answer =
  | { readonly result: unknown; readonly warnings: readonly string[] }
  | { readonly error: { readonly type: string; readonly message: string } }

type Found = Script | 'base' | null

/** One graph, which is asked many questions. */
export class GraphCase {
  readonly #directory: ScriptDirectory
  #warnings: string[] = []

  constructor(revisions: readonly VectorRevision[]) {
    this.#directory = new ScriptDirectory({
      dir: '.',
      scripts: () => revisions.map(scriptOf),
      onWarning: (message) => this.#warnings.push(message),
    })
  }

  ask({ call, args }: Query): Answer {
    this.#warnings = []
    try {
      const question = QUESTIONS[call]
      if (question === undefined) throw new TypeError(`the call '${call}' is not known`)
      const result = question(this.#directory, args as unknown as Arguments)
      return { result, warnings: this.#warnings }
    } catch (error) {
      // Anything else is a fault of this program, not its answer.
      if (!(error instanceof AlembicError)) throw error
      return { error: { type: referenceType(error), message: error.message } }
    }
  }
}

/** `CycleDetectedError` is the reference's `CycleDetected`, `RevisionError` its `RevisionError`. */
function referenceType({ name }: AlembicError): string {
  return /^(?:Multiple|.*Detected)/.test(name) ? name.replace(/Error$/, '') : name
}

function scriptOf({ id, down, deps, labels }: VectorRevision): Script {
  return new Script({
    revision: id,
    downRevision: down,
    dependsOn: deps,
    branchLabels: labels,
    path: `${id}.py`,
    longdoc: `message of ${id}`,
    loadFunction: () => Promise.resolve(() => {}),
  })
}

/** The arguments of all calls; a call has those of its own that are not optional to it. */
interface Arguments {
  readonly id: RevisionIdentifier
  readonly ids: readonly string[]
  readonly branch?: string | null
  readonly upper: RevisionIdentifier
  readonly lower: RevisionIdentifier
  readonly implicit_base?: boolean
  readonly inclusive?: boolean
  readonly assert_relative_length?: boolean
  readonly select_for_downgrade?: boolean
  readonly start: string | null
  readonly steps: number
  readonly no_overwalk?: boolean
  readonly targets: readonly string[]
  readonly check_against: string | null
  readonly include_dependencies?: boolean
  readonly check?: boolean
  readonly base?: RevisionIdentifier
  readonly head?: RevisionIdentifier
  readonly consider_depends_on?: boolean
  readonly current: readonly string[]
  readonly target: RevisionIdentifier
  readonly revisions: RevisionIds
  readonly purge?: boolean
}

type Question = (directory: ScriptDirectory, args: Arguments) => unknown

/** A question to the map alone. */
const map =
  (ask: (map: RevisionMap<Script>, args: Arguments) => unknown): Question =>
  ({ revisionMap }, args) =>
    ask(revisionMap, args)

const idOf = (found: Found): string | null => (found instanceof Script ? found.revision : found)
const sortedIds = (found: Iterable<Script>): string[] => Array.from(found, (s) => s.revision).sort()
const those = (test: (script: Script) => boolean): Question =>
  map(({ revisions }) => revisions.filter(test).map(idOf))

const QUESTIONS: Readonly<Record<string, Question>> = {
  load: map(({ revisions }) => ({ revisions: revisions.length })),
  heads: map(({ heads }) => [...heads]),
  bases: map(({ bases }) => [...bases]),
  real_heads: map(({ realHeads }) => [...realHeads]),
  real_bases: map(({ realBases }) => [...realBases]),
  branch_points: those(({ isBranchPoint }) => isBranchPoint),
  real_branch_points: those(({ isRealBranchPoint }) => isRealBranchPoint),
  merge_points: those(({ isMergePoint }) => isMergePoint),
  labels: map(({ revisions }) =>
    Object.fromEntries(
      revisions
        .filter(({ branchLabels }) => branchLabels.size > 0)
        .map(({ revision, branchLabels }) => [revision, [...branchLabels].sort()]),
    ),
  ),
  details: map((revisions, { id }) => detailsOf(revisions.getRevision(id))),
  get_revision: map((revisions, { id }) => idOf(revisions.getRevision(id))),
  get_revisions: map((revisions, { id }) => revisions.getRevisions(id).map(idOf)),
  get_current_head: map((revisions, { branch }) => revisions.getCurrentHead(branch)),
  get_base_revisions: map((revisions, { id }) => revisions.getBaseRevisions(String(id))),
  iterate_revisions: map((revisions, args) =>
    [...revisions.iterateRevisions(args.upper, args.lower, rangeOptions(args))].map(idOf),
  ),
  walk: map((revisions, { start, steps, branch = null, no_overwalk = true }) =>
    idOf(revisions.walk(start, steps, { branch, noOverwalk: no_overwalk }) as Found),
  ),
  filter_for_lineage: map((revisions, { targets, check_against, include_dependencies = false }) =>
    revisions.filterForLineage(targets, check_against, {
      includeDependencies: include_dependencies,
    }),
  ),
  ancestors: map((revisions, { ids, include_dependencies = true, check = false }) =>
    sortedIds(
      revisions.ancestors(scripts(revisions, ids), {
        includeDependencies: include_dependencies,
        check,
      }),
    ),
  ),
  descendants: map((revisions, { ids, include_dependencies = true, check = false }) =>
    sortedIds(
      revisions.descendants(scripts(revisions, ids), {
        includeDependencies: include_dependencies,
        check,
      }),
    ),
  ),
  get_all_current: map((revisions, { ids }) => sortedIds(revisions.getAllCurrent(ids))),
  script_get_revision: (directory, { id }) => idOf(directory.getRevision(id)),
  script_get_revisions: (directory, { id }) => directory.getRevisions(id).map(idOf),
  script_get_current_head: (directory) => directory.getCurrentHead(),
  as_revision_number: (directory, { id }) => directory.asRevisionNumber(id),
  walk_revisions: (directory, { base = 'base', head = 'heads' }) =>
    [...directory.walkRevisions(base, head)].map(idOf),
  get_heads: (directory, { consider_depends_on = false }) =>
    directory.getHeads({ considerDependsOn: consider_depends_on }),
  get_base: (directory) => directory.getBase(),
  upgrade_steps: (directory, { current, target }) =>
    apply(directory.upgradeRevs(target, current), current),
  downgrade_steps: (directory, { current, target }) =>
    apply(directory.downgradeRevs(target, current), current),
  stamp_steps: (directory, { current, revisions, purge = false }) => {
    const rows = purge ? [] : current
    return apply(directory.stampRevs(revisions, rows), rows)
  },
}

function scripts(revisions: RevisionMap<Script>, ids: RevisionIdentifier): Script[] {
  return revisions.getRevisions(ids).map((found) => {
    if (found instanceof Script) return found
    throw new RevisionError(`${String(found)} is no revision`)
  })
}

function rangeOptions(args: Arguments): RangeOptions {
  const { implicit_base, inclusive, assert_relative_length, select_for_downgrade } = args
  return {
    implicitBase: implicit_base ?? false,
    inclusive: inclusive ?? false,
    assertRelativeLength: assert_relative_length ?? true,
    selectForDowngrade: select_for_downgrade ?? false,
  }
}

function detailsOf(script: Script | null): unknown {
  if (script === null) return null
  return {
    rev: script.revision,
    down: [...script.versionedDownRevisions],
    dependencies: [script.dependencies ?? []].flat(),
    resolved_dependencies: [...script.resolvedDependencies],
    all_down: [...script.allDownRevisions],
    normalized_down: [...script.normalizedDownRevisions].sort(),
    nextrev: [...script.nextrev].sort(),
    all_nextrev: [...script.allNextrev].sort(),
    labels: [...script.branchLabels].sort(),
    is_head: script.isHead,
    is_real_head: script.isRealHead,
    is_base: script.isBase,
    is_real_base: script.isRealBase,
    is_branch_point: script.isBranchPoint,
    is_real_branch_point: script.isRealBranchPoint,
    is_merge_point: script.isMergePoint,
    str: String(script),
  }
}

/** Runs the steps on the rows of the version table. */
function apply(steps: readonly MigrationStep[], rows: readonly string[]): unknown[] {
  // To the letter: by default, this project keeps no rows that a later upgrade would refuse.
  const maintainer = new HeadMaintainer(rows, { exactlyAsAlembic: true })
  return steps.map((step) => {
    const before = [...maintainer.heads].sort()
    const { edits } = maintainer.updateToStep(step)
    return {
      up: step.isUpgrade,
      ...(step.isStamp
        ? { from: [...step.fromRevisionsNoDeps], to: [...step.toRevisionsNoDeps] }
        : { rev: (step.isUpgrade ? step.info.upRevisionId : step.fromRevisionsNoDeps[0]) ?? null }),
      log: String(step),
      from_heads: before,
      to_heads: [...maintainer.heads].sort(),
      table: edits.map(statementOf),
    }
  })
}

function statementOf(edit: RowEdit): string[] {
  switch (edit.kind) {
    case 'insert':
      return ['INSERT', edit.version]
    case 'delete':
      return ['DELETE', edit.version]
    case 'update':
      return ['UPDATE', edit.from, edit.to]
  }
}
