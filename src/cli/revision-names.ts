import { loadConfig } from '../config/load-config.ts'
import { ScriptDirectory } from '../script/script-directory.ts'

/** A word that the shell may offer, and what it means. */
export interface Candidate {
  readonly value: string
  readonly description: string
}

/** What revisions can be named by. */
export interface RevisionNames {
  /** Newest first, with their messages. */
  readonly ids: readonly Candidate[]
  /** Branch labels, with the message of the revision that declares them. */
  readonly labels: readonly Candidate[]
}

/** Reads the project's revision files. */
export async function listRevisionNames(
  files: readonly string[],
  section: string | undefined,
): Promise<RevisionNames> {
  const config = await loadConfig({ files, ...(section !== undefined && { section }) })
  const ids: Candidate[] = []
  const labels: Candidate[] = []
  for (const { revision, doc, ownBranchLabels } of ScriptDirectory.fromConfig(
    config,
  ).walkRevisions()) {
    const description = doc.replace(/\s+/g, ' ')
    ids.push({ value: revision, description })
    for (const label of ownBranchLabels) labels.push({ value: label, description })
  }
  return { ids, labels }
}
