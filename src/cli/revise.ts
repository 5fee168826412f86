import type { DestructiveChange } from '../autogenerate/destructive.ts'
import type { Verification } from '../autogenerate/verify/verification.ts'
import { revision } from '../command/revision.ts'
import { createdRevisions, type CreatedRevisions } from '../command/revision-info.ts'
import type { Config } from '../config/config.ts'
import type { Script } from '../script/script.ts'
import { paint } from '../util/color.ts'
import { renameAsker } from './ask-rename.ts'
import type { CommandOptions } from './command-spec.ts'

/** The new revisions, and what is destructive in them. */
export interface Revised {
  readonly created: Script | readonly Script[]
  /** `null` where nothing was compared. */
  readonly destructive: readonly DestructiveChange[] | null
  /** `null` where that was not asked for. */
  readonly verification: Verification | null
}

/** Makes revisions: with a warning of what is destructive, on a terminal with questions about renames. */
export async function revise(config: Config, options: CommandOptions): Promise<Revised> {
  const destructive: DestructiveChange[] = []
  let verification: Verification | null = null
  const isQuiet = config.cmdOpts?.quiet === true || options.json === true
  const created = await revision(config, {
    ...options,
    onRename: isQuiet ? null : renameAsker(),
    onDestructive: (change) => destructive.push(change),
    onVerified: (found) => {
      verification = found
    },
  })
  if (!isQuiet) {
    for (const { description } of destructive) {
      const text = `destructive: ${description}`
      const isColored = config.cmdOpts?.color === true
      process.stderr.write(`${isColored ? paint('bad', text) : text}\n`)
    }
  }
  return {
    created,
    destructive: options.autogenerate === true ? destructive : null,
    verification,
  }
}

/** What `--json` prints. */
export interface RevisedDocument extends CreatedRevisions {
  readonly destructive?: readonly DestructiveChange[]
  readonly verification?: Verification
}

export function revisedDocument({ created, destructive, verification }: Revised): RevisedDocument {
  return {
    ...createdRevisions(created),
    ...(destructive !== null && { destructive }),
    ...(verification !== null && { verification }),
  }
}
