import { brand } from '../util/brand.ts'
/**
 * The root of every error that this package raises on purpose.
 *
 * `code` is stable and documented in `docs/errors.md`; the message says what went wrong, on which object, and what to do.
 */
export abstract class AlembicError extends Error {
  static {
    brand(this, 'AlembicError')
  }

  /** Stable identifier, `SCREAMING_SNAKE`, safe to test against. */
  abstract readonly code: string

  /** What to do about it, where the message is one of Alembic's that doesn't say. */
  declare readonly hint?: string

  constructor(message: string, options?: { readonly cause?: unknown; readonly hint?: string }) {
    super(message, options)
    this.name = new.target.name
    if (options?.hint !== undefined) this.hint = options.hint
  }
}
