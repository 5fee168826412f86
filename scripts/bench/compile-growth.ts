import { rmSync } from 'node:fs'
import * as sa from '../../src/sa.ts'
import type { Table } from '../../src/sql/schema/table.ts'
import type { Bench, Measurement } from './bench.ts'
import { alembic, makeProject } from './bench-project.ts'
import { childUsage } from './child-usage.ts'
import { growth, type Point } from './growth.ts'
import { openScript, ownCpu, writeScript } from './offline-script.ts'
import { simple, unawaited, wideTable } from './op-work.ts'

const runs = 3

/** Nothing grows faster than its input: columns of a table, tables of a `MetaData`, operations of a script; nor its memory. */
export const compileGrowth: Bench = {
  name: 'compile-growth',
  async run() {
    const [columns, tables, operations] = [sizesTo(2000), sizesTo(20_000), sizesTo(100_000)]
    return [
      await grow('columns of a table', columns, (size) => writeScript(() => wideTable(size))),
      await grow('tables in a chain', tables, (size) => createAll(size, (i) => i - 1)),
      await grow('tables in a tree', tables, (size) => createAll(size, (i) => Math.floor(i / 3))),
      await grow('tables in a ring', tables, (size) => createAll(size, (i) => (i || size) - 1)),
      await grow('operations', operations, (size) => writeScript(() => simple(size))),
      await grow('operations, none awaited', operations, (size) =>
        writeScript(() => unawaited(size)),
      ),
      memory(),
    ]
  },
}

function sizesTo(largest: number): readonly number[] {
  return [largest / 8, largest / 4, largest / 2, largest]
}

async function grow(
  what: string,
  sizes: readonly number[],
  work: (size: number) => Promise<void>,
): Promise<Measurement> {
  await work(sizes.at(-1) ?? 0) // once for the just-in-time compiler
  const points: Point[] = []
  for (const size of sizes) {
    const costs: number[] = []
    for (let run = 0; run < runs; run++) costs.push(await ownCpu(() => work(size)))
    points.push({ size, cost: Math.min(...costs) })
  }
  return growth(what, points)
}

/** Declares tables of which each refers to another one, sorts them and writes their CREATE TABLE. */
async function createAll(count: number, parentOf: (i: number) => number): Promise<void> {
  const metadata = sa.MetaData()
  for (let i = 0; i < count; i++) {
    const parent = parentOf(i)
    const table: Table = sa.Table(
      `table_${i}`,
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('name', sa.String(50), { nullable: false }),
      sa.Column('parent_id', sa.Integer()),
    )
    if (parent >= 0)
      table.appendConstraint(sa.ForeignKeyConstraint(['parent_id'], [`table_${parent}.id`]))
  }
  const { impl } = await openScript()
  for (const table of metadata.sortedTables) await impl.createTable(table)
}

/** The memory of `upgrade head --sql` of one long migration, its script in a pipe. */
function memory(): Measurement {
  const [against, value] = [peak(25_000), peak(100_000)]
  const what = 'upgrade --sql, peak memory of 100,000 operations, and of 25,000'
  return { what, value, against, unit: 'MB', ratio: value / against, limit: 1.1 }
}

function peak(count: number): number {
  const project = makeProject({ revisions: [{ id: 'a', body: longMigration(count) }] })
  try {
    const { peakMegabytes, stdout } = childUsage(alembic('upgrade', 'head', '--sql'), project)
    const statements = stdout.split('ALTER TABLE').length - 1
    if (statements !== count) throw new Error(`upgrade --sql wrote ${statements} statements`)
    return peakMegabytes
  } finally {
    rmSync(project, { recursive: true })
  }
}

function longMigration(count: number): string {
  return `for (let i = 0; i < ${count}; i++) {
    await op.addColumn('table_' + i, sa.Column('name', sa.String(50), { nullable: false }))
  }`
}
