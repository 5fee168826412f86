/** How a script carries out a revision only where the database doesn't have it yet. */
export interface ScriptGuard {
  /** A SELECT that gives a row where the table is there; left out where CREATE TABLE takes IF NOT EXISTS. */
  findTable?(name: string, schema: string | null): string
  /**
   * The statements, run where `isApplied` gives no row.
   *
   * @param isApplied a SELECT
   * @throws CompileError for a statement that can't stand under a condition
   */
  guarded(isApplied: string, statements: readonly string[]): string
}
