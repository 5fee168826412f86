import type { QueryResult } from '../engine/driver.ts'

/** Stands between a migration's statements and the server. */
export interface StatementGuard {
  /**
   * Runs a statement, or gives the answer of an earlier run of it.
   *
   * @param parameters the values of its placeholders; one list for each row where there are many
   */
  around(
    sql: string,
    parameters: readonly unknown[],
    run: () => Promise<QueryResult>,
  ): Promise<QueryResult>
}
