import { CommandError } from '../errors/command-error.ts'
import {
  MultipleHeadsError,
  RangeNotAncestorError,
  ResolutionError,
  RevisionError,
} from '../errors/revision-error.ts'

type Ids = string | readonly string[] | null

/** Texts for commands, where they differ from the usual ones. */
export interface ErrorTexts {
  /** For a range whose ends don't belong together. */
  readonly ancestor?: (start: string, end: string) => string
  /** For several heads where one is needed. */
  readonly multipleHeads?: (argument: string) => string
  /** The ends as the user gave them; default: as the error has them. */
  readonly start?: Ids
  readonly end?: Ids
}

/** Runs `work`, and turns errors about revisions to CommandErrors with texts for users. */
export function catchRevisionErrors<Result>(work: () => Result, texts: ErrorTexts = {}): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RevisionError)) throw error
    throw new CommandError(textOf(error, texts), { cause: error })
  }
}

function textOf(error: RevisionError, texts: ErrorTexts): string {
  if (error instanceof RangeNotAncestorError) {
    const { ancestor = notOnOneLine } = texts
    return ancestor(named(texts.start ?? error.lower), named(texts.end ?? error.upper))
  }
  if (error instanceof MultipleHeadsError) {
    const { multipleHeads = chooseHead } = texts
    return multipleHeads(named(texts.end ?? error.argument))
  }
  if (error instanceof ResolutionError)
    return `Can't locate revision identified by '${error.argument}'`
  return error.message
}

function notOnOneLine(start: string, end: string): string {
  return `Requested range ${start}:${end} does not refer to ancestor/descendant revisions along the same branch`
}

function chooseHead(argument: string): string {
  return (
    `Multiple head revisions are present for given argument '${argument}'; please specify a specific target revision, ` +
    `'<branchname>@${argument}' to narrow to a specific head, or 'heads' for all heads`
  )
}

function named(ids: Ids): string {
  return ids === null ? 'base' : [ids].flat().join(', ')
}
