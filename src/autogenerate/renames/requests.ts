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

function readRequest(text: string, isRequired: boolean): RenameRequest {
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

/**
 * Reads a file of renames: JSON, an object or a list, or a line `table.old = new` for each, `#` before remarks.
 *
 * @throws CommandError
 */
export function parseRenamesFile(text: string, path: string): RenameHints {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (!/^[{[]/.test(lines[0] ?? '')) return lines
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new CommandError(`${path} begins like JSON and is none: ${String(cause)}`, { cause })
  }
  const values: readonly unknown[] = Object.values(parsed as object)
  if (values.every((value) => typeof value === 'string')) return parsed as RenameHints
  throw new CommandError(
    `${path}: old and new names must be strings, as in {"users.name": "full_name"}`,
  )
}
