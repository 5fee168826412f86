import { HeadMaintainer, type RowEdit } from '../../src/script/head-maintainer.ts'
import type { MigrationStep } from '../../src/script/migration-step.ts'
import type { RevisionIds } from '../../src/script/revision.ts'
import { ScriptDirectory } from '../../src/script/script-directory.ts'
import { Script } from '../../src/script/script.ts'

/** A revision in short: id, parents, and what else its file says. */
export type ShortRevision = readonly [
  id: string,
  down?: RevisionIds,
  more?: { readonly deps?: RevisionIds; readonly labels?: RevisionIds },
]

/** A script directory without files. */
export function directoryOf(
  revisions: readonly ShortRevision[],
  onWarning: (message: string) => void = () => {},
): ScriptDirectory {
  return new ScriptDirectory({
    dir: '.',
    onWarning,
    scripts: () => revisions.map(scriptOf),
  })
}

export function scriptOf([
  revision,
  downRevision = null,
  { deps = null, labels = null } = {},
]: ShortRevision): Script {
  return new Script({
    revision,
    downRevision,
    dependsOn: deps,
    branchLabels: labels,
    path: `/versions/${revision}.ts`,
    longdoc: `message of ${revision}`,
    loadFunction: () => Promise.resolve(() => {}),
  })
}

/** Runs steps on rows: `a[+a] b[a>b] → {b}`. */
export function trace(steps: readonly MigrationStep[], rows: readonly string[]): string {
  const maintainer = new HeadMaintainer(rows)
  const lines = steps.map((step) => {
    const { edits } = maintainer.updateToStep(step)
    const name = step.isStamp ? 'stamp' : (step.info.upRevisionId ?? '')
    return `${name}[${edits.map(editText).join(' ')}]`
  })
  return [...lines, `→ {${[...maintainer.heads].sort().join(',')}}`].join(' ')
}

function editText(edit: RowEdit): string {
  switch (edit.kind) {
    case 'insert':
      return `+${edit.version}`
    case 'delete':
      return `-${edit.version}`
    case 'update':
      return `${edit.from}>${edit.to}`
  }
}
