import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { AlembicError } from '../errors/alembic-error.ts'
import { getLogger } from '../util/logging.ts'
import { type MessagingOptions, printMessage } from '../util/messaging.ts'

/** The exit status of an error that was to be expected: what the reference's `exit(-1)` comes to. */
const EXPECTED = 255
const UNEXPECTED = 1

/**
 * Tells the user what went wrong and returns the exit status.
 *
 * What this package raises on purpose, and what the project's own files throw, is one line; anything else is a bug of ours
 * and shows its stack.
 */
export function reportError(
  error: unknown,
  options: MessagingOptions & { readonly raiseerr: boolean },
): number {
  const place = error instanceof AlembicError || isSystemError(error) ? null : findOrigin(error)
  const isBug = place === OURS
  if (options.raiseerr || isBug) {
    // The stack, the stable code, and the causes.
    process.stderr.write(`${inspect(error)}\n`)
    return UNEXPECTED
  }
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  const text = place === null ? message : `${message} (${place})`
  getLogger('alembic.util.messaging').error(text)
  printMessage(`FAILED: ${text}`, options)
  return place === null ? EXPECTED : UNEXPECTED
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
