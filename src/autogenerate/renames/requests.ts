import { CommandError } from '../../errors/command-error.ts'
import type { RenameHints, RenameSources } from './rename.ts'

/** A rename that somebody wrote down: `users.name=full_name`. */
export interface RenameRequest {
  readonly text: string
  /** `users.name`, or of a table `users`; a schema may stand in front. */
  readonly from: string
  /** The new name alone. */
  readonly to: string
  /** Whether it is an error if nothing is renamed by it. */
  readonly isRequired: boolean
}

/** What sources say in so many words, the requests of the command first. */
export function readRequests(...sources: readonly RenameSources[]): RenameRequest[] {
  const requests = sources.flatMap((source) => source.requests ?? [])
  const hints = sources.flatMap(({ hints: given = [] }) => hintLines(given))
  return [
    ...requests.map((text) => readRequest(text, true)),
    ...hints.map((text) => readRequest(text, false)),
  ]
}

function hintLines(hints: RenameHints): readonly string[] {
  if (Array.isArray(hints)) return hints as readonly string[]
  // A configuration module may name a file in its place, which commands have read.
  if (typeof hints === 'string') return []
  return Object.entries(hints).map(([from, to]) => `${from}=${String(to)}`)
}

/** Throws CommandError where the text is no rename. */
export function readRequest(text: string, isRequired: boolean): RenameRequest {
  const [from = '', to = '', ...more] = text.split('=').map((part) => part.trim())
  if (from === '' || to === '' || more.length > 0) {
    throw new CommandError(
      `a rename is written 'table.old=new', of a table 'old=new'; '${text}' is neither`,
    )
  }
  return { text, from, to: withoutPlace(from, to), isRequired }
}

/** The new name may be said with its place too: `users.name=users.full_name`. */
function withoutPlace(from: string, to: string): string {
  const place = from.slice(0, from.lastIndexOf('.') + 1)
  return place !== '' && to.startsWith(place) ? to.slice(place.length) : to
}
