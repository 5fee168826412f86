import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

const model = (...columns: readonly sa.Column[]): sa.MetaData =>
  models((metadata) =>
    sa.Table(
      't',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      ...columns,
    ),
  )
const added = (options: sa.ColumnOptions = {}): sa.MetaData =>
  model(sa.Column('a', sa.Integer(), { nullable: false, ...options }))

describeEachDatabase('a new NOT NULL column', (db) => {
  let scratch: ScratchDatabase
  let trip: ThereAndBack

  beforeEach(async () => {
    scratch = await db.createScratch()
    trip = new ThereAndBack(await createEngine(scratch.url).connect())
  })

  afterEach(async () => {
    await trip.connection.close()
    await scratch.dispose()
  })

  it('is filled between being added and becoming NOT NULL', async () => {
    const { upgrade, downgrade } = await trip.walk(model(), added())
    const alteration = "alterColumn('a', { existingType: sa.Integer(), nullable: false })"
    expect(upgrade).toBe(
      [
        "await op.addColumn('t', sa.Column('a', sa.Integer(), { nullable: true }))",
        "// TODO: 'a' becomes NOT NULL. Fill it in the rows that 't' has:",
        "// await op.execute('UPDATE t SET a = … WHERE a IS NULL')",
        ...(db.name === 'sqlite'
          ? [
              "await op.batchAlterTable('t', async (batchOp) => {",
              `  await batchOp.${alteration}`,
              '})',
            ]
          : [`await op.${alteration.replace('(', "('t', ")}`]),
      ].join('\n'),
    )
    expect(downgrade).toBe("await op.dropColumn('t', 'a')")
    await trip.run(downgrade)
    await trip.connection.execute('INSERT INTO t (id) VALUES (1)')
    await trip.run(upgrade.replace('// await', 'await').replace('…', '7'))
    const { rows } = await trip.connection.execute('SELECT a FROM t')
    expect(rows).toEqual([{ a: 7 }])
    expect(await trip.differences(added())).toBe('[]')
  })

  it('comes at once where rows get a value by themselves, and in a new table', async () => {
    const { upgrade } = await trip.walk(model(), added({ serverDefault: sa.text('5') }))
    expect(upgrade).not.toContain('TODO')
    await trip.run("await op.dropTable('t')")
    expect(await trip.code((await trip.script(added())).upgradeOps)).not.toContain('TODO')
  })

  it('comes at once where the switch is off', async () => {
    await trip.walk(model(sa.Column('x', sa.Integer())), model())
    const off = new ThereAndBack(trip.connection, { detect: { backfill: false } })
    const { upgradeOps } = await off.script(added())
    expect(await off.code(upgradeOps)).toBe(
      "await op.addColumn('t', sa.Column('a', sa.Integer(), { nullable: false }))",
    )
  })

  it('keeps its place among other changes, in batches where these are asked for', async () => {
    const batched = new ThereAndBack(trip.connection, { renderAsBatch: true })
    const { upgrade } = await batched.walk(
      model(sa.Column('gone', sa.Integer())),
      model(
        sa.Column('a', sa.Integer(), { nullable: false }),
        sa.Column('b', sa.String(20), { index: true }),
      ),
    )
    expect(upgrade.match(/batchAlterTable|batchOp\.(?!f\()\w+|TODO/g)).toEqual([
      'batchAlterTable',
      'batchOp.addColumn',
      'TODO',
      'batchAlterTable',
      'batchOp.alterColumn',
      'batchOp.addColumn',
      'batchOp.createIndex',
      'batchOp.dropColumn',
    ])
  })
})

describe('the place to fill a column', () => {
  it('quotes names, and names the schema', async () => {
    const { ModifyTableOps, UpgradeOps } = await import('../../src/operations/containers.ts')
    const { AddColumnOp } = await import('../../src/operations/add-column.ts')
    const { renderCode } = await import('../../src/autogenerate/render-code.ts')
    const { loadDialect } = await import('../../src/engine/registry.ts')
    const dialect = (await loadDialect('postgresql')).createDialect({})
    const column = sa.Column("it's", sa.Integer(), { nullable: false })
    const op = new AddColumnOp('T', column, { schema: 's' })
    op.needsBackfill = true
    const { code } = await renderCode(
      new UpgradeOps([new ModifyTableOps('T', [op], { schema: 's' })]),
      { dialect, depth: 0 },
    )
    expect(code.split('\n').slice(2, 4)).toEqual([
      `// TODO: 'it's' becomes NOT NULL. Fill it in the rows that 'T' has:`,
      String.raw`// await op.execute('UPDATE s."T" SET "it\'s" = … WHERE "it\'s" IS NULL')`,
    ])
  })
})
