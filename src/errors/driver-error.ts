import { brand } from '../util/brand.ts'
import { AlembicError } from './alembic-error.ts'

/** A database URL can't be understood. */
export class UrlError extends AlembicError {
  readonly code: string = 'URL_INVALID'
}

/** The Node package that talks to a database is not installed. */
export class DriverMissingError extends AlembicError {
  readonly code: string = 'DRIVER_MISSING'
}

/** No connection to the database could be made. */
export class ConnectionError extends AlembicError {
  readonly code: string = 'CONNECTION_FAILED'
}

/** The database refused a statement; `cause` is the driver's own error. */
export class StatementError extends AlembicError {
  static {
    brand(this, 'StatementError')
  }

  readonly code: string = 'STATEMENT_FAILED'
  readonly sql: string

  constructor(message: string, sql: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.sql = sql
  }
}

/** A transaction is in a state that the call can't work with. */
export class TransactionError extends AlembicError {
  readonly code: string = 'TRANSACTION_STATE'
}

/** No dialect is registered under a name. */
export class UnknownDialectError extends AlembicError {
  readonly code: string = 'DIALECT_UNKNOWN'
}
