import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ops } from '../../scripts/parity/families/ops.ts'
import { findVectorFiles } from '../../scripts/parity/vector-file.ts'

interface Step {
  readonly op: string
  readonly body?: readonly Step[]
}

interface VectorCase {
  readonly id: string
  readonly dialect: string
  readonly context: {
    readonly opts: { readonly dialect_opts?: { readonly paramstyle?: string } }
  }
  readonly steps: readonly Step[]
  readonly expect: readonly string[]
}

const folder = join(import.meta.dirname, '../../../shared/vectors/ops')

export const areRecorded = existsSync(folder)

/** A line of its own that ends a statement in a script. */
export const isSeparator = (sql: string): boolean => /^(?:GO|\/)$/.test(sql)

/**
 * What is emitted for the recorded calls of a dialect: as it was recorded, or what this project has in its place. Placeholders
 * are those of the dialect, `:name` where the case has asked for that.
 */
export async function recordedStatements(dialect: string): Promise<string[]> {
  const statements = new Set<string>()
  for (const file of findVectorFiles([folder])) {
    const all = JSON.parse(readFileSync(file, 'utf8')) as VectorCase[]
    const cases = all.filter((one) => one.dialect === dialect && !runsText(one.steps))
    const byId = new Map(cases.map((one) => [one.id, one]))
    for await (const { id, passed, actual } of ops.run(cases as never, file)) {
      const found = byId.get(id)
      if (found === undefined) continue
      const emitted = passed ? found.expect : ((actual ?? []) as readonly string[])
      for (const sql of emitted) if (!isSeparator(sql)) statements.add(asSent(sql, found))
    }
  }
  return [...statements]
}

/** The text of execute() is the call's own. */
function runsText(steps: readonly Step[]): boolean {
  return steps.some(({ op, body = [] }) => op === 'execute' || runsText(body))
}

/** White space folded, no terminator, and no doubled percent signs: as a driver sends it. */
function asSent(sql: string, { context }: VectorCase): string {
  const text = sql.replaceAll(/\s+/g, ' ').trim().replace(/;$/, '')
  if (context.opts.dialect_opts?.paramstyle === 'named') return text
  return text.replaceAll('%%', '%')
}
