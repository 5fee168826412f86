import { inspect } from 'node:util'
import { paint } from '../util/color.ts'
import { getLogger } from '../util/logging.ts'
import { type MessagingOptions, printMessage } from '../util/messaging.ts'
import { describeFailure } from './failure.ts'
import { atSources } from './source-frames.ts'

/** Tells the user what went wrong and returns the exit status; a bug of this package shows its stack. */
export function reportError(
  error: unknown,
  options: MessagingOptions & { readonly raiseerr: boolean; readonly color?: boolean },
): number {
  const { message, hint, isBug, status } = describeFailure(error)
  if (options.raiseerr || isBug) {
    // The stack, the stable code, and the causes.
    process.stderr.write(`${atSources(inspect(error))}\n`)
    return 1
  }
  getLogger('alembic.util.messaging').error(message)
  const failed = options.color === true ? paint('bad', 'FAILED:') : 'FAILED:'
  printMessage(`${failed} ${message}`, options)
  // Elsewhere than on a terminal there is the reference's one line.
  const { stdout = process.stdout } = options
  if (hint !== null && stdout.columns !== undefined) printMessage(hint, options)
  return status
}
