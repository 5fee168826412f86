import { AlembicError } from './alembic-error.ts'

/** An earlier run stopped in the middle of a revision that could not be rolled back. */
export class UnfinishedMigrationError extends AlembicError {
  readonly code: string = 'MIGRATION_UNFINISHED'
}

/** A revision that was left unfinished can't be gone on with in the way that was asked for. */
export class ResumeError extends AlembicError {
  readonly code: string = 'RESUME_REFUSED'
}
