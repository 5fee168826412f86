import { AlembicError } from './alembic-error.ts'

/** Another migration run holds the lock of this version table. */
export class LockError extends AlembicError {
  readonly code: string = 'LOCK_NOT_ACQUIRED'
}
