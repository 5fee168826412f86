import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { compareMetadata } from '../../src/autogenerate/produce.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase } from '../live/servers.ts'

/** A transaction for all tables takes more locks than PostgreSQL has. */
const TABLES_AT_ONCE = 100

describeEachDatabase('autogenerate of a thousand tables', (db) => {
  const limit = 12
  // Two defaults. The condition of a CHECK: a DROP and a CREATE; and that of an index, where there are such.
  const changes = db.name === 'mariadb' ? 4 : 6

  it('sends as many statements as of ten', { timeout: 600_000 }, async () => {
    const few = await statementsOf(10, 0)
    const many = await statementsOf(1000, 0)
    expect(few).toEqual({ differences: 0, sent: few.sent })
    expect(many).toEqual(few)
    expect(many.sent).toBeLessThanOrEqual(limit)
  })

  it(
    'sends as many where conditions and defaults of all tables were changed',
    { timeout: 600_000 },
    async () => {
      const few = await statementsOf(10, 10)
      const many = await statementsOf(1000, 1000)
      expect([few.differences, many.differences]).toEqual([10, 1000].map((size) => size * changes))
      expect(many.sent).toBe(few.sent)
      expect(many.sent).toBeLessThanOrEqual(limit)
    },
  )

  /** What is sent for the models of `size` tables, all that can be compared being compared. */
  const statementsOf = async (
    size: number,
    changedTables: number,
  ): Promise<{ differences: number; sent: number }> => {
    const scratch = await db.createScratch()
    const connection = await createEngine(scratch.url).connect()
    try {
      await create(model(size, db.name, 0), connection)
      const sent: string[] = []
      connection.observe(({ sql }) => sent.push(sql))
      const context = await MigrationContext.configure({ connection, compareServerDefault: true })
      const diffs = await compareMetadata(context, model(size, db.name, changedTables))
      return { differences: diffs.length, sent: sent.length }
    } finally {
      await connection.close()
      await scratch.dispose()
    }
  }
})

async function create(metadata: sa.MetaData, connection: Connection): Promise<void> {
  const tables = metadata.sortedTables
  for (let at = 0; at < tables.length; at += TABLES_AT_ONCE) {
    const some = { tables: tables.slice(at, at + TABLES_AT_ONCE) }
    await connection.transaction(() => createAll(metadata, connection, some))
  }
}

/** Everything that a server writes in its own way, and differently in every table. */
function model(size: number, database: string, changedTables: number): sa.MetaData {
  const metadata = sa.MetaData()
  for (let i = 0; i < size; i++) {
    const number = i < changedTables ? i + 1 : i
    const table: sa.Table = sa.Table(
      `t${i}`,
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('parent_id', sa.Integer(), sa.ForeignKey(`t${i >> 1}.id`, { name: `fk_${i}` })),
      sa.Column('name', sa.String(50), { nullable: false, serverDefault: `it's ${number}` }),
      sa.Column('kind', sa.Enum('a', 'b', { name: `kind_${i % 5}` }), { serverDefault: 'a' }),
      sa.Column('price', sa.Numeric(10, 2), { serverDefault: sa.text(`${number}.5 + 1`) }),
      sa.Column('made_at', sa.DateTime(), { serverDefault: sa.func.now() }),
      sa.Column('total', sa.Numeric(10, 2), sa.Computed(`price * ${i + 2}`)),
      sa.CheckConstraint(`price >= ${number} AND name <> 'x${number}'`, { name: `ck_${i}` }),
      sa.Index(`ix_${i}`, 'made_at', {
        postgresql: { where: sa.text(`price > ${number} OR name = 'a'`) },
        sqlite: { where: sa.text(`price > ${number} OR name = 'a'`) },
      }),
      ...(database === 'sqlite' ? [] : [{ comment: `table ${i}` }]),
    )
    if (database === 'postgresql' && i % 2 === 0)
      table.appendColumn(sa.Column('at', sa.BigInteger(), sa.Identity({ start: i + 1 })))
  }
  return metadata
}
