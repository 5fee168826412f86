import type { ScriptSyntax } from '../sql/split/script-syntax.ts'
import type { RevisionMap } from './revision-map.ts'
import type { Revision } from './revision.ts'
import type { MigrationFunction, Script } from './script.ts'

/** One step of an upgrade, downgrade or stamp, as it is planned. */
export abstract class MigrationStep {
  /** `upgrade`, `downgrade` or `stamp_revision`: the first word of the log line. */
  abstract readonly name: string
  abstract readonly isUpgrade: boolean
  abstract readonly isStamp: boolean
  /** The message of the revision; empty for a stamp. */
  abstract readonly doc: string
  /** Ids before the step, without dependencies. */
  abstract readonly fromRevisionsNoDeps: readonly string[]
  /** Ids after the step, without dependencies. */
  abstract readonly toRevisionsNoDeps: readonly string[]
  /** What `onVersionApply` is told about the step. */
  abstract readonly info: MigrationInfo
  /** Imports what the step runs, so that a broken file is found before anything has run. */
  abstract load(syntax: ScriptSyntax): Promise<MigrationFunction>

  get isDowngrade(): boolean {
    return !this.isUpgrade
  }

  /** `upgrade a1 -> b2` */
  get shortLog(): string {
    return `${this.name} ${this.fromRevisionsNoDeps.join(', ')} -> ${this.toRevisionsNoDeps.join(', ')}`
  }

  /** `upgrade a1 -> b2, message`: what stands behind `Running` in the log. */
  toString(): string {
    return this.doc === '' ? this.shortLog : `${this.shortLog}, ${this.doc}`
  }
}

/** Runs `upgrade` or `downgrade` of one revision. */
export class RevisionStep extends MigrationStep {
  readonly name: 'upgrade' | 'downgrade'
  readonly isUpgrade: boolean
  readonly isStamp = false as const
  readonly revision: Script
  readonly map: RevisionMap<Script>

  constructor(map: RevisionMap<Script>, revision: Script, direction: 'upgrade' | 'downgrade') {
    super()
    this.map = map
    this.revision = revision
    this.name = direction
    this.isUpgrade = direction === 'upgrade'
  }

  get doc(): string {
    return this.revision.doc
  }

  get fromRevisionsNoDeps(): readonly string[] {
    return this.isUpgrade ? this.revision.versionedDownRevisions : [this.revision.revision]
  }

  get toRevisionsNoDeps(): readonly string[] {
    return this.isUpgrade ? [this.revision.revision] : this.revision.versionedDownRevisions
  }

  get info(): MigrationInfo {
    return new MigrationInfo(this.map, {
      isUpgrade: this.isUpgrade,
      isStamp: false,
      up: [this.revision.revision],
      down: this.revision.normalizedDownRevisions,
    })
  }

  load(syntax: ScriptSyntax): Promise<MigrationFunction> {
    return this.revision.loadFunction(this.name, syntax)
  }
}

/** Writes the version table without running anything. */
export class StampStep extends MigrationStep {
  readonly name = 'stamp_revision' as const
  readonly isStamp = true as const
  readonly doc = '' as const
  readonly isUpgrade: boolean
  /** Whether a whole branch comes or goes, rather than its row moving. */
  readonly branchMove: boolean
  readonly fromRevisionsNoDeps: readonly string[]
  readonly toRevisionsNoDeps: readonly string[]
  readonly #map: RevisionMap<Script>

  constructor(
    map: RevisionMap<Script>,
    from: readonly string[],
    to: readonly string[],
    { isUpgrade, branchMove }: { readonly isUpgrade: boolean; readonly branchMove: boolean },
  ) {
    super()
    this.#map = map
    this.fromRevisionsNoDeps = from
    this.toRevisionsNoDeps = to
    this.isUpgrade = isUpgrade
    this.branchMove = branchMove
  }

  get info(): MigrationInfo {
    const [from, to] = [this.fromRevisionsNoDeps, this.toRevisionsNoDeps]
    return new MigrationInfo(this.#map, {
      isUpgrade: this.isUpgrade,
      isStamp: true,
      up: this.isUpgrade ? to : from,
      down: this.isUpgrade ? from : to,
    })
  }

  load(): Promise<MigrationFunction> {
    return Promise.resolve(() => {})
  }
}

/** One step, as `onVersionApply` callbacks see it. */
export class MigrationInfo {
  readonly isUpgrade: boolean
  readonly isStamp: boolean
  /** Ids on the upper side; several only where a stamp moves several branches down at once. */
  readonly upRevisionIds: readonly string[]
  /** Ids on the lower side, dependencies included; empty at the base. */
  readonly downRevisionIds: readonly string[]
  readonly revisionMap: RevisionMap<Script>

  constructor(
    revisionMap: RevisionMap<Script>,
    step: {
      readonly isUpgrade: boolean
      readonly isStamp: boolean
      readonly up: readonly string[]
      readonly down: readonly string[]
    },
  ) {
    this.revisionMap = revisionMap
    this.isUpgrade = step.isUpgrade
    this.isStamp = step.isStamp
    this.upRevisionIds = step.up
    this.downRevisionIds = step.down
  }

  get isMigration(): boolean {
    return !this.isStamp
  }

  get upRevisionId(): string | null {
    return this.upRevisionIds[0] ?? null
  }

  get sourceRevisionIds(): readonly string[] {
    return this.isUpgrade ? this.downRevisionIds : this.upRevisionIds
  }

  get destinationRevisionIds(): readonly string[] {
    return this.isUpgrade ? this.upRevisionIds : this.downRevisionIds
  }

  get upRevision(): Revision | null {
    return this.revisionMap.getRevision(this.upRevisionId)
  }

  get upRevisions(): Revision[] {
    return this.#revisions(this.upRevisionIds)
  }

  get downRevisions(): Revision[] {
    return this.#revisions(this.downRevisionIds)
  }

  get sourceRevisions(): Revision[] {
    return this.#revisions(this.sourceRevisionIds)
  }

  get destinationRevisions(): Revision[] {
    return this.#revisions(this.destinationRevisionIds)
  }

  #revisions(ids: readonly string[]): Revision[] {
    return this.revisionMap.getRevisions(ids).filter((r) => r !== null && r !== 'base')
  }
}
