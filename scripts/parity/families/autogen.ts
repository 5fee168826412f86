import { type CallCase, runCallCase } from '../autogen/call-case.ts'
import {
  type CompareDefaultsCase,
  type CompareTypesCase,
  runCompareDefaults,
  runCompareTypes,
} from '../autogen/compare-case.ts'
import { type DiffCase, runDiffCase } from '../autogen/diff-case.ts'
import type { CaseResult, ParityFamily } from '../family.ts'
import { type EmptyDatabases, openEmptyDatabases } from '../live/empty-databases.ts'

type Case = Readonly<Record<string, unknown>>

/** What autogenerate finds between models and live databases. */
export const autogen: ParityFamily = {
  name: 'autogen',

  matches: (firstCase) =>
    ('before' in firstCase && 'after' in firstCase) ||
    ('changed' in firstCase && ('models' in firstCase || 'metadata' in firstCase)),

  async *run(cases): AsyncGenerator<CaseResult> {
    // What the reference warns of is no part of the comparison.
    process.removeAllListeners('warning').on('warning', () => undefined)
    const servers = new Map<string, EmptyDatabases>()
    try {
      for (const one of cases) {
        const server = String(one['server'])
        const databases = servers.get(server) ?? (await openEmptyDatabases(server))
        servers.set(server, databases)
        yield await attempt(one, databases)
      }
    } finally {
      for (const databases of servers.values()) await databases.dispose()
    }
  },
}

async function attempt(one: Case, databases: EmptyDatabases): Promise<CaseResult> {
  try {
    if ('before' in one) return await runDiffCase(one as unknown as DiffCase, databases)
    if ('db' in one) return await runCompareTypes(one as unknown as CompareTypesCase, databases)
    if ('models' in one) {
      return await runCompareDefaults(one as unknown as CompareDefaultsCase, databases)
    }
    return await runCallCase(one as unknown as CallCase, databases)
  } catch (error) {
    const message = (error as Error).stack ?? String(error)
    return { id: String(one['id']), passed: false, message }
  }
}
