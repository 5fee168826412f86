import { AlembicError } from './alembic-error.ts'

/** Schema objects (`MetaData`, `Table`, `Column`, constraints, types) were put together in a way that makes no sense. */
export class SchemaError extends AlembicError {
  readonly code: string = 'SCHEMA_INVALID'
}

/** A name is looked up in a collection (tables, columns, constraints) that does not have it. */
export class NoSuchObjectError extends SchemaError {
  override readonly code: string = 'NO_SUCH_OBJECT'
}

/** A foreign key is written with a table or column that its `MetaData` does not have, where that has to be known. */
export class NoReferencedTableError extends SchemaError {
  override readonly code: string = 'NO_REFERENCED_TABLE'
}
