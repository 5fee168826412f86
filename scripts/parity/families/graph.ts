import { isDeepStrictEqual } from 'node:util'
import type { CaseResult, ParityFamily } from '../family.ts'
import { type Answer, GraphCase, type Query } from './graph/graph-case.ts'

interface Expectation extends Query {
  readonly expect?: unknown
  readonly error?: {
    readonly type: string
    readonly message?: string
    readonly message_any_of?: readonly string[]
  }
  readonly warnings?: readonly string[]
  readonly unordered?: boolean
}

interface Case {
  readonly id: string
  readonly revisions: ConstructorParameters<typeof GraphCase>[0]
  readonly queries: readonly Expectation[]
  readonly quirk?: string
}

/** Questions to revision graphs, with the reference's answers. */
export const family: ParityFamily = {
  name: 'graph',
  matches: (firstCase) => 'revisions' in firstCase && 'queries' in firstCase,
  *run(cases) {
    for (const each of cases) yield runCase(each as unknown as Case)
  },
}

function runCase({ id, revisions, queries, quirk }: Case): CaseResult {
  const graph = new GraphCase(revisions)
  for (const query of queries) {
    const answer = graph.ask(query)
    // A circle that the reference does not notice.
    if (quirk === 'undetected cycle' && isCycle(answer)) continue
    if (!agrees(answer, query)) {
      const { call, args, ...expected } = query
      return {
        id,
        passed: false,
        message: `${call} ${JSON.stringify(args)}`,
        expected,
        actual: answer,
      }
    }
  }
  return { id, passed: true }
}

function isCycle(answer: Answer): boolean {
  return 'error' in answer && /^(?:Dependency)?Cycle/.test(answer.error.type)
}

function agrees(answer: Answer, { expect, error, warnings = [], unordered }: Expectation): boolean {
  if (error !== undefined) {
    if (!('error' in answer)) return false
    // Python's own exceptions: the reference failed by accident, and only that it failed counts.
    if (isBuiltIn(error.type)) return true
    return (
      answer.error.type === error.type &&
      (error.message_any_of ?? [error.message]).map(withoutTuples).includes(answer.error.message)
    )
  }
  if ('error' in answer || !isDeepStrictEqual(answer.warnings, warnings)) return false
  const { result } = answer
  if (unordered === true && Array.isArray(result) && Array.isArray(expect))
    return isDeepStrictEqual(result.map(String).toSorted(), expect.map(String).toSorted())
  if (Array.isArray(expect) && Array.isArray(result) && expect.some(hasAlternatives))
    return (
      expect.length === result.length && expect.every((step, i) => agreesInStep(result[i], step))
    )
  return isDeepStrictEqual(result, expect)
}

function isBuiltIn(type: string): boolean {
  return (
    /^[A-Z][a-zA-Z]*Error$/.test(type) &&
    !/^(?:Revision|Resolution|RangeNotAncestor|Command)/.test(type)
  )
}

/** Several revisions in a message: Python prints `('a', 'b')` where this project prints `a, b`. */
function withoutTuples(message: string | undefined): string | undefined {
  return message?.replaceAll(/\(('[^()']*'(?:, '[^()']*')*),?\)/g, (_, items: string) =>
    items.replaceAll("'", ''),
  )
}

interface Step {
  readonly table: readonly (readonly string[])[]
  readonly table_any_of?: readonly (readonly (readonly string[])[])[]
  readonly from_heads: readonly string[]
  readonly to_heads: readonly string[]
}

function hasAlternatives(step: unknown): boolean {
  return typeof step === 'object' && step !== null && 'table_any_of' in step
}

/** Which rows are deleted and which one is updated may differ, as long as the statements lead to the same rows. */
function agreesInStep(actual: unknown, expected: unknown): boolean {
  if (!hasAlternatives(expected)) return isDeepStrictEqual(actual, expected)
  const { table, ...rest } = actual as Step
  const { table_any_of: [first = []] = [], ...expectedRest } = expected as Step
  const kinds = (statements: Step['table']): string[] =>
    statements.map(([kind = '']) => kind).sort()
  return (
    isDeepStrictEqual(rest, expectedRest) &&
    isDeepStrictEqual(kinds(table), kinds(first)) &&
    isDeepStrictEqual([...rowsAfter(table, rest.from_heads)].sort(), [...rest.to_heads])
  )
}

function rowsAfter(statements: Step['table'], rows: readonly string[]): Set<string> {
  const after = new Set(rows)
  for (const [kind, first = '', second = ''] of statements) {
    if (kind !== 'INSERT' && !after.delete(first)) return new Set()
    if (kind !== 'DELETE') after.add(kind === 'UPDATE' ? second : first)
  }
  return after
}
