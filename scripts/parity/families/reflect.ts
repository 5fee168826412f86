import type { CaseResult, ParityFamily } from '../family.ts'
import { type EmptyDatabases, openEmptyDatabases } from '../live/empty-databases.ts'
import { describeType, readTypeNode, type TypeNode } from '../nodes/types.ts'
import { differences } from '../reflect/compare.ts'
import { type ExpectedInspection, inspectDatabase } from '../reflect/inspection.ts'

interface ReflectCase {
  readonly id: string
  readonly server: string
  readonly ddl: readonly string[]
  readonly inspect: ExpectedInspection & { readonly warnings?: unknown }
}

/** What inspectors read from live databases. */
export const reflect: ParityFamily = {
  name: 'reflect',

  matches: (firstCase) => 'ddl' in firstCase && 'inspect' in firstCase,

  async *run(cases): AsyncGenerator<CaseResult> {
    const typed = cases as readonly unknown[] as readonly ReflectCase[]
    const [first] = typed
    if (first === undefined) return
    const databases = await openEmptyDatabases(first.server)
    try {
      for (const one of typed) yield await attempt(one, databases)
    } finally {
      await databases.dispose()
    }
  },
}

async function attempt(one: ReflectCase, databases: EmptyDatabases): Promise<CaseResult> {
  const connection = await databases.connect()
  try {
    for (const sql of one.ddl) await connection.execute(sql)
    const { warnings: _, ...recorded } = one.inspect
    const expected = understood(recorded)
    const actual = await inspectDatabase(connection, recorded)
    const found = differences(expected, withoutUnrecorded(expected, actual))
    return { id: one.id, passed: found.length === 0, message: found.slice(0, 8).join('\n') }
  } catch (error) {
    return { id: one.id, passed: false, message: (error as Error).stack ?? String(error) }
  } finally {
    await connection.close()
  }
}

/** The recorded values, with the types as this project describes them. */
function understood(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(understood)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]): [string, unknown] => {
      if (key !== 'type_node') return [optionName(key), understood(item)]
      const type = readTypeNode(item as TypeNode | null)
      return [key, type === null ? null : describeType(type)]
    }),
  )
}

/** The reference leaves blanks in the names of some table options: `mysql_default charset`. */
function optionName(key: string): string {
  return /^(?:mysql|mariadb)_/.test(key) ? key.replaceAll(' ', '_') : key
}

/** Keys of which the vectors say null because the reference can't read them. */
const READ_HERE = new Set(['type', 'type_node', 'options'])

/** Takes out what is read here and was not by the reference. */
function withoutUnrecorded(expected: unknown, actual: unknown): unknown {
  if (typeof expected !== 'object' || expected === null) return actual
  if (typeof actual !== 'object' || actual === null) return actual
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, position) => withoutUnrecorded(expected[position], item))
  }
  const recorded = expected as Readonly<Record<string, unknown>>
  const kept = Object.entries(actual).filter(
    ([key]) => !(READ_HERE.has(key) && key in recorded && recorded[key] === null),
  )
  return Object.fromEntries(
    kept.map(([key, item]) => [key, withoutUnrecorded(recorded[key], item)]),
  )
}
