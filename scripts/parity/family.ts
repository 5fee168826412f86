/** The outcome of one case. */
export interface CaseResult {
  readonly id: string
  readonly passed: boolean
  readonly expected?: unknown
  readonly actual?: unknown
  readonly message?: string
}

/** One kind of golden vectors and how its cases are run. */
export interface ParityFamily {
  readonly name: string
  /** Whether a file whose first case is `firstCase` belongs to this family; decided by shape, never by id. */
  matches(firstCase: Record<string, unknown>, file: string): boolean
  run(
    cases: readonly Record<string, unknown>[],
    file: string,
  ): AsyncIterable<CaseResult> | Iterable<CaseResult>
}
