import { AlembicError } from './alembic-error.ts'

/** A statement, type or value has no form in the dialect that it is compiled for. */
export class CompileError extends AlembicError {
  readonly code: string = 'COMPILE_ERROR'
}

/** An identifier is longer than the server allows. */
export class IdentifierError extends CompileError {
  override readonly code: string = 'IDENTIFIER_TOO_LONG'
}
