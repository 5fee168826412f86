import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op } from '../../src/operations/operations.ts'
import { runWith } from '../../src/operations/current.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { MigrationQueue, runMigrationBody } from '../../src/runtime/queue.ts'
import * as sa from '../../src/sa.ts'
import type { Bench, Measurement } from './bench.ts'

const ROWS = 1_000_000
const RUNS = 5
const COLUMNS = Array.from({ length: 11 }, (_, i) => `c${i}`)
/** Megabytes that the process may grow by, whatever the number of rows; SQLite's own cache has 16 as the driver sets it. */
const MEMORY_LIMIT = 64

function definition(name: string, lastType: string): string {
  const columns = COLUMNS.map(
    (column, i) => `${column} ${i === 10 ? lastType : i % 2 === 0 ? 'INTEGER' : 'TEXT'}`,
  )
  return `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, ${columns.join(', ')})`
}

function fill(file: string, rows: number): void {
  const database = new Database(file)
  const values = COLUMNS.map((_, i) => (i % 2 === 0 ? `n * ${i + 1}` : `'text ' || n || '.${i}'`))
  database.exec(definition('t', 'INTEGER'))
  database.exec(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${rows}) INSERT INTO t SELECT n, ${values.join(', ')} FROM numbers`,
  )
  database.close()
}

async function cpuOf(work: () => Promise<void> | void): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** The statements that a batch can't do without. */
function bare(file: string): void {
  const database = new Database(file)
  const names = ['id', ...COLUMNS].join(', ')
  database.pragma('foreign_keys = OFF')
  database.exec(`BEGIN;
    ${definition('new', 'BIGINT')};
    INSERT INTO new (${names}) SELECT ${names} FROM t;
    DROP TABLE t;
    ALTER TABLE new RENAME TO t;
    COMMIT`)
  database.close()
}

async function batch(file: string): Promise<void> {
  const engine = createEngine(`sqlite:///${file}`)
  const context = await MigrationContext.configure({ connection: await engine.connect() })
  await context.transactions.at('perStep', async () => {
    const queue = new MigrationQueue()
    await runWith(context.createOperationContext(queue), () =>
      runMigrationBody(queue, async () => {
        await op.batchAlterTable('t', (batchOp) => {
          void batchOp.alterColumn('c10', { type: sa.BigInteger() })
        })
      }),
    )
  })
  await engine.dispose()
}

/** A table of twelve columns made anew, against the bare statements; and what the process grows by. */
export const batchRebuild: Bench = {
  name: 'batch-rebuild',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'alembic-rebuild-'))
    const on = async (rows: number, work: (file: string) => Promise<void> | void) => {
      const file = join(folder, 'test.db')
      fill(file, rows)
      const cpu = await cpuOf(() => work(file))
      rmSync(file)
      return cpu
    }
    try {
      await on(1000, bare)
      await on(1000, batch)
      const growth = await growthOver(() => on(ROWS, batch))
      const values: number[] = []
      const bares: number[] = []
      for (let run = 0; run < RUNS; run++) {
        bares.push(await on(ROWS, bare))
        values.push(await on(ROWS, batch))
      }
      return [speed(Math.min(...values), Math.min(...bares)), memory(growth)]
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

async function growthOver(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss()
  await work()
  return (process.memoryUsage.rss() - before) / 2 ** 20
}

/** The least of several runs: what comes on top is other programs' doing. */
function speed(value: number, against: number): Measurement {
  const what = '1,000,000 rows of 12 columns made anew, and the bare statements'
  return { what, value, unit: 'CPU ms', against, ratio: value / against, limit: 1.1 }
}

function memory(growth: number): Measurement {
  const what = 'the same, growth of the process, and what it may grow by'
  const against = MEMORY_LIMIT
  return { what, value: growth, unit: 'MB', against, ratio: growth / against, limit: 1 }
}
