import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { compareMetadata, produceMigrations } from '../../src/autogenerate/produce.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll, dropAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'

const DEPTH = 5000

/** Tables of which each points at the one before it, the last one declared first. */
function chain(depth: number): sa.MetaData {
  const metadata = sa.MetaData()
  for (let i = depth - 1; i >= 0; i--) {
    const parent = sa.Column('parent_id', sa.Integer())
    const table: sa.Table = sa.Table(
      `t${i}`,
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      parent,
    )
    if (i > 0) table.appendConstraint(sa.ForeignKeyConstraint(['parent_id'], [`t${i - 1}.id`]))
  }
  return metadata
}

// A program that goes from table to table by calling itself runs out of stack here: Python's Alembic does at 500.
it('walks along 5,000 foreign keys in a chain', { timeout: 300_000 }, async () => {
  const connection = await createEngine('sqlite://').connect()
  const context = await MigrationContext.configure({ connection, compareServerDefault: true })
  try {
    const created = await produceMigrations(context, chain(DEPTH))
    expect(created.upgradeOps?.ops.map((op) => String(op.toDiffTuple()[0]))).toEqual(
      Array<string>(DEPTH).fill('add_table'),
    )
    await connection.transaction(() => createAll(chain(DEPTH), connection))
    expect(await compareMetadata(context, chain(DEPTH))).toEqual([])
    const dropped = await compareMetadata(context, sa.MetaData())
    expect(dropped.map(([kind]) => kind)).toEqual(Array<string>(DEPTH).fill('remove_table'))
    await connection.transaction(() => dropAll(chain(DEPTH), connection))
    expect(await compareMetadata(context, sa.MetaData())).toEqual([])
  } finally {
    await connection.close()
  }
})
