import '../../src/dialects/builtin.ts'
import { OfflineRecorder } from '../../src/engine/offline-recorder.ts'
import type { QueryResult } from '../../src/engine/driver.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import type { MigrationImpl } from '../../src/impl/migration-impl.ts'
import { createImpl } from '../../src/impl/registry.ts'
import { BatchReader } from '../../src/impl/batch-reader.ts'
import type { RowReader } from '../../src/impl/row-source.ts'
import { OfflineSink, type StatementSink } from '../../src/impl/statement-sink.ts'
import { runWith } from '../../src/operations/current.ts'
import type { OperationContext } from '../../src/operations/operation-context.ts'
import { createOperationContext } from '../../src/runtime/operation-scope.ts'
import { MigrationQueue, runMigrationBody } from '../../src/runtime/queue.ts'
import type { CompiledSql } from '../../src/sql/compile/compiled-sql.ts'
import type { Dialect, DialectSettings } from '../../src/sql/compile/dialect.ts'
import type { StatementTable } from '../../src/sql/elements/statements.ts'

export const DIALECTS = ['postgresql', 'mysql', 'mariadb', 'sqlite'] as const
export type DialectName = (typeof DIALECTS)[number]

/** What is emitted by `body`, a statement an entry, white space folded; batch separators are entries of their own. */
export async function scriptOf(
  dialectName: string,
  body: () => unknown,
  options: Readonly<Record<string, unknown>> = {},
  settings: DialectSettings = {},
): Promise<string[]> {
  const chunks: string[] = []
  const dialect = await makeDialect(dialectName, settings)
  const output = { write: (text: string) => chunks.push(text) }
  const sink = new OfflineSink((terminators) => new OfflineRecorder(output, terminators))
  await runBody(createImpl(dialect, sink, options), options, body)
  return chunks.map(fold)
}

/** The statements that `body` sends to a server, with the values beside them. */
export async function sentBy(
  dialectName: string,
  body: () => unknown,
  options: Readonly<Record<string, unknown>> = {},
): Promise<readonly (readonly [sql: string, values: readonly unknown[]])[]> {
  const dialect = await makeDialect(dialectName)
  const sink = new SentStatements(dialect)
  await runBody(createImpl(dialect, sink, options), options, body)
  return sink.sent
}

/** Keeps what would go to a server. */
class SentStatements implements StatementSink {
  readonly offline = false
  readonly sent: [string, readonly unknown[]][] = []
  readonly #dialect: Dialect

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }
  execute({ sql, parameters }: CompiledSql): Promise<QueryResult> {
    this.sent.push([fold(sql), parameters.map(({ value }) => value)])
    return Promise.resolve({ rows: [{ answer: this.sent.length }], rowCount: 1 })
  }

  async executeMany(table: StatementTable, rows: RowReader): Promise<void> {
    const batches = new BatchReader(this.#dialect, table, rows)
    for (let batch = await batches.next(); batch !== undefined; batch = await batches.next()) {
      for (const row of batch.rows) this.sent.push([fold(batch.sql), row])
    }
  }

  writeStatic(): void {}
}

async function makeDialect(name: string, settings: DialectSettings = {}): Promise<Dialect> {
  return (await loadDialect(name)).createDialect(settings)
}

async function runBody(
  impl: MigrationImpl,
  opts: Readonly<Record<string, unknown>>,
  body: () => unknown,
): Promise<void> {
  const queue = new MigrationQueue()
  const context = createOperationContext(contextOf(impl, opts), queue)
  await runWith(context, () => runMigrationBody(queue, body))
}

function contextOf(
  impl: MigrationImpl,
  opts: Readonly<Record<string, unknown>>,
): Parameters<typeof createOperationContext>[0] {
  const context: Partial<OperationContext['migrationContext']> & object = {
    asSql: impl.offline,
    connection: null,
    opts,
    autocommitBlock: async (body) => await body(),
  }
  return { ...context, impl, dialect: impl.dialect } as never
}

function fold(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim()
}
