import { brand } from '../util/brand.ts'
import { AlembicError } from './alembic-error.ts'

/** A migration operation was given arguments that it can't work with. */
export class OperationError extends AlembicError {
  readonly code: string = 'OPERATION_INVALID'
}

/** An `op` or `context` function was called where no migration is running. */
export class NoRunningMigrationError extends OperationError {
  override readonly code: string = 'NO_RUNNING_MIGRATION'
}

/** An operation was given up because an earlier one failed and nobody handled that failure. */
export class OperationAbandonedError extends OperationError {
  static {
    brand(this, 'OperationAbandonedError')
  }

  override readonly code: string = 'OPERATION_ABANDONED'
}
