import { AlembicError } from './alembic-error.ts'

/** The database's catalog could not be read, or holds something that can't be understood. */
export class ReflectionError extends AlembicError {
  readonly code: string = 'REFLECTION_FAILED'
}

/** The table that was asked for is not in the database. */
export class NoSuchTableError extends ReflectionError {
  override readonly code: string = 'NO_SUCH_TABLE'
}
