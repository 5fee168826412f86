import { AlembicError } from './alembic-error.ts'

/** Schema objects (`MetaData`, `Table`, `Column`, constraints, types) were put together in a way that makes no sense. */
export class SchemaError extends AlembicError {
  readonly code: string = 'SCHEMA_INVALID'
}

/** A name is looked up in a collection (tables, columns, constraints) that does not have it. */
export class NoSuchObjectError extends SchemaError {
  override readonly code: string = 'NO_SUCH_OBJECT'
}
