import { OfflineRecorder } from '../../../src/engine/offline-recorder.ts'
import { OfflineSink, type StatementSink } from '../../../src/impl/statement-sink.ts'
import type { Dialect } from '../../../src/sql/compile/dialect.ts'
import { bindparam } from '../../../src/sql/elements/factories.ts'
import { insert } from '../../../src/sql/elements/statements.ts'

/** A place for a script: each chunk is one entry. */
export function scriptCapture(emitted: string[]): StatementSink {
  const output = { write: (text: string) => emitted.push(text) }
  return new OfflineSink((terminators) => new OfflineRecorder(output, terminators))
}

/**
 * A place for the statements of the reference's test fixture, which compiles them as for a live connection and runs
 * nothing: an INSERT of many rows has all columns of its table.
 */
export function liveCapture(emitted: string[], dialect: Dialect): StatementSink {
  return {
    offline: false,
    execute: ({ sql }) => {
      emitted.push(sql)
      return Promise.resolve({ rows: [], rowCount: undefined })
    },
    executeMany: (table) => {
      const placeholders = table.columns.map(({ name, type }) => [
        name,
        bindparam(name, undefined, type ?? undefined),
      ])
      const row = Object.fromEntries(placeholders) as Record<string, unknown>
      emitted.push(dialect.sql.compile(insert(table).values(row)).sql)
      return Promise.resolve()
    },
    writeStatic: (text) => {
      emitted.push(text)
    },
  }
}
