import { warnInjected } from './logging.ts'

/** What is done with a warning; `hint` says what to look at, where the message doesn't. */
export type WarningHandler = (message: string, hint?: string) => void

// Two copies of the package in one process (an app's and a tool's) must warn in the same way.
const HANDLER = Symbol.for('alembic-ts.warning-handler')
const globals = globalThis as { [HANDLER]?: WarningHandler }

/**
 * Gives a warning to the user: something works, but not as he may believe.
 *
 * It is an ordinary Node warning, so that `--no-warnings` and `process.on('warning')` hold, unless a handler was set, or the command runs with a logger of the program's.
 */
export function warn(message: string, hint?: string): void {
  if (warnInjected(hint === undefined ? message : `${message}; ${hint}`)) return
  const { [HANDLER]: handler = emitWarning } = globals
  if (hint === undefined) handler(message)
  else handler(message, hint)
}

function emitWarning(message: string, detail?: string): void {
  process.emitWarning(message, { type: 'UserWarning', ...(detail !== undefined && { detail }) })
}

/** Sets what is done with warnings: the command line prints them at once, in one line and in their place among the log. */
export function setWarningHandler(handler: WarningHandler): void {
  globals[HANDLER] = handler
}
