/** How a dialect words transactions. A name given to a function is a plain identifier. */
export interface TransactionStatements {
  readonly begin: string
  readonly commit: string
  readonly rollback: string
  savepoint(name: string): string
  /** Undefined where savepoints end by themselves. */
  releaseSavepoint(name: string): string | undefined
  rollbackToSavepoint(name: string): string
}

/** The wording that most databases share. */
export const standardTransactionStatements: TransactionStatements = {
  begin: 'BEGIN',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  savepoint: (name) => `SAVEPOINT ${name}`,
  releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
  rollbackToSavepoint: (name) => `ROLLBACK TO SAVEPOINT ${name}`,
}
