import { fileURLToPath } from 'node:url'
import { AlembicError } from '../errors/alembic-error.ts'
import type { UnknownRowError } from '../errors/command-error.ts'
import type { ResolutionError } from '../errors/revision-error.ts'

/** The exit status of an error that was to be expected: what the reference's `exit(-1)` comes to. */
const EXPECTED = 255
const UNEXPECTED = 1
/** What a guard of the user's own found, such as `--forbid-destructive`: no failure of the tool. */
const GUARDED = 1
const GUARDS = ['DESTRUCTIVE_CHANGES', 'VERIFICATION_FAILED']

/** What there is to tell of an error. */
export interface Failure {
  /** One line. */
  readonly message: string
  /** Of `docs/errors.md`; null where the error isn't one of this package's. */
  readonly code: string | null
  /** What to do about it, where the message doesn't say. */
  readonly hint: string | null
  /** What may have been meant. */
  readonly suggestions: readonly string[]
  /** An error in this package: its stack is what is needed. */
  readonly isBug: boolean
  readonly status: number
}

/**
 * Judges an error: what this package raises on purpose, and what the project's own files throw, is one line; anything else is a
 * bug of ours.
 */
export function describeFailure(error: unknown): Failure {
  const place = error instanceof AlembicError || isSystemError(error) ? null : findOrigin(error)
  const isBug = place === OURS
  const text = (error instanceof Error ? error.message : String(error))
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  const suggestions = suggestionsOf(error)
  return {
    message: place === null || isBug ? text : `${text} (${String(place)})`,
    code: error instanceof AlembicError ? error.code : null,
    hint: hintOf(error, suggestions),
    suggestions,
    isBug,
    status: GUARDS.some((code) => isOf(error, code))
      ? GUARDED
      : place === null
        ? EXPECTED
        : UNEXPECTED,
  }
}

function suggestionsOf(error: unknown): readonly string[] {
  const resolution = isOf(error, 'REVISION_NOT_FOUND') ? error : causeOf(error)
  return isOf(resolution, 'REVISION_NOT_FOUND')
    ? (resolution as ResolutionError).suggestions.slice(0, 3)
    : []
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : null
}

/** By its code: an error may come from another copy of this package, with classes of its own. */
function isOf(error: unknown, code: string): boolean {
  return error instanceof AlembicError && error.code === code
}

function hintOf(error: unknown, suggestions: readonly string[]): string | null {
  if (isOf(error, 'DATABASE_REVISION_UNKNOWN')) {
    const { row } = error as UnknownRowError
    return `the version table has '${row}', which no file has: check out the files that the database was migrated with`
  }
  if (suggestions.length === 0) return (error as AlembicError | null)?.hint ?? null
  return `did you mean ${suggestions.map((id) => `'${id}'`).join(' or ')}?`
}

/** An error of the operating system, such as EACCES: nobody's bug. */
function isSystemError(error: unknown): boolean {
  return typeof (error as { syscall?: unknown } | null)?.syscall === 'string'
}

const OURS = Symbol('this package')

/** Where an error was thrown: `file:line` in the user's code, or this package. */
function findOrigin(error: unknown): string | typeof OURS {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : []
  const root = fileURLToPath(new URL('..', import.meta.url))
  for (const frame of frames) {
    const [, path, line] =
      /[\s(]((?:file:\/\/)?\/[^()]*|[A-Za-z]:[\\/][^()]*):(\d+):\d+\)?$/.exec(frame) ?? []
    if (path === undefined || path.includes('node:')) continue
    const file = path.startsWith('file://') ? fileURLToPath(path) : path
    return file.startsWith(root) ? OURS : `${file}:${line}`
  }
  // Without a frame (a string that was thrown, a stack that was cut) it can't be one of our own errors.
  return error instanceof Error ? OURS : 'thrown without a stack'
}
