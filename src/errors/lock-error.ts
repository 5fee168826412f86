import { brand } from '../util/brand.ts'
import { AlembicError } from './alembic-error.ts'
import { StatementError } from './driver-error.ts'

/** Another migration run holds the lock of this version table. */
export class LockError extends AlembicError {
  readonly code: string = 'LOCK_NOT_ACQUIRED'
}

/** A statement of a migration did not get its lock from another session, however often it was tried. */
export class StatementLockError extends StatementError {
  static {
    brand(this, 'StatementLockError')
  }

  override readonly code: string = 'STATEMENT_LOCKED'
}
