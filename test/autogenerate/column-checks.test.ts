// CHECKs given among the arguments of a column, which MariaDB keeps with the column and other servers with the table.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

const model = (...columns: readonly sa.Column[]): sa.MetaData =>
  models((metadata) => {
    sa.Table(
      't',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
      ...columns,
    )
  })

const x = (type: sa.TypeEngine, ...checks: readonly sa.CheckConstraint[]): sa.Column =>
  sa.Column('x', type, ...checks, { serverDefault: '7', comment: "it's x" })

const check = (condition: string, name?: string): sa.CheckConstraint =>
  sa.CheckConstraint(condition, name === undefined ? {} : { name })

describeEachDatabase('CHECKs of columns', (db) => {
  let scratch: ScratchDatabase
  let trip: ThereAndBack

  beforeEach(async () => {
    scratch = await db.createScratch()
    trip = new ThereAndBack(await createEngine(scratch.url).connect(), {
      detect: { serverNamedChecks: true },
    })
  })

  afterEach(async () => {
    await trip.connection.close()
    await scratch.dispose()
  })

  const refuses = async (value: number): Promise<boolean> => {
    try {
      await trip.connection.execute(`INSERT INTO t (id, x) VALUES (${value + 100}, ${value})`)
      return false
    } catch {
      return true
    }
  }

  it('are silent after they were created: named, unnamed, several', async () => {
    const make = (): sa.MetaData =>
      model(
        x(
          sa.Integer(),
          check('x > 0'),
          check('x < 90', 'under_90'),
          check('x <> 50'),
          check('x <> 60', 'no_60'),
        ),
        sa.Column('j', sa.JSON()),
        sa.Column('y', sa.Integer(), check('y > x')),
      )
    await createAll(make(), trip.connection)
    expect(await trip.differences(make())).toBe('[]')
    for (const value of [0, 90, 50, 60])
      expect([value, await refuses(value)]).toEqual([value, true])
    expect(await refuses(1)).toBe(false)
  })

  it('are written where the server takes them', async () => {
    const sent: string[] = []
    await createAll(model(), trip.connection)
    trip.connection.observe(({ sql }) => sent.push(sql.replaceAll(/\s+/g, ' ')))
    await trip.run(
      `await op.addColumn('t', sa.Column('x', sa.Integer(), sa.CheckConstraint('x > 0'), sa.CheckConstraint('x < 90', { name: 'top' }), sa.CheckConstraint('x <> 5')))
await op.createTable('u', sa.Column('x', sa.Integer(), sa.CheckConstraint('x < 90', { name: 'top_u' }), sa.CheckConstraint('x > 0')))`,
    )
    expect(sent.filter((sql) => sql.includes('CHECK'))).toEqual(
      db.name === 'mariadb'
        ? [
            'ALTER TABLE t ADD COLUMN x INTEGER CHECK (x > 0), ADD CONSTRAINT top CHECK (x < 90), ADD CHECK (x <> 5)',
            'CREATE TABLE u ( x INTEGER CHECK (x > 0), CONSTRAINT top_u CHECK (x < 90) )',
          ]
        : [
            'ALTER TABLE t ADD COLUMN x INTEGER CHECK (x > 0) CONSTRAINT top CHECK (x < 90) CHECK (x <> 5)',
            'CREATE TABLE u ( x INTEGER CONSTRAINT top_u CHECK (x < 90) CHECK (x > 0) )',
          ],
    )
  })

  it('are found when the condition changes', async () => {
    const { upgrade } = await trip.walk(
      model(x(sa.Integer(), check('x > 0'), check('x < 90', 'top'))),
      model(x(sa.Integer(), check('x > 5'), check('x < 80', 'top'))),
    )
    expect(await refuses(3)).toBe(true)
    expect(await refuses(85)).toBe(true)
    expect(await refuses(6)).toBe(false)
    if (db.name !== 'mariadb') return
    expect(upgrade).toContain(
      `await op.alterColumn('t', 'x', {
  existingType: sa.mysql.INTEGER({ displayWidth: 11 }),
  existingComment: "it's x",
  existingNullable: true,
  existingServerDefault: sa.text('7'),
  mariadb: { check: sa.text('x > 5'), existingCheck: sa.text('\`x\` > 0') },
})`,
    )
  })

  it('stay while the column changes', async () => {
    const { upgrade } = await trip.walk(
      model(x(sa.Integer(), check('x > 0'), check('x < 90', 'top'))),
      model(x(sa.BigInteger(), check('x > 0'), check('x < 90', 'top'))),
    )
    expect([await refuses(0), await refuses(90), await refuses(1)]).toEqual([true, true, false])
    if (db.name === 'mariadb') expect(upgrade).toContain("existingCheck: sa.text('`x` > 0')")
  })

  it('come and go', async () => {
    await trip.walk(
      model(x(sa.Integer(), check('x > 0'), check('x < 90', 'top'))),
      model(x(sa.Integer(), check('x < 80', 'other'))),
    )
    expect([await refuses(0), await refuses(85)]).toEqual([false, true])
  })

  it('come with a new column', async () => {
    await trip.walk(
      model(),
      model(x(sa.Integer(), check('x > 0'), check('x < 90', 'top'), check('x <> 50'))),
    )
    expect([await refuses(0), await refuses(90), await refuses(50), await refuses(1)]).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('stay when the column gets another name', async () => {
    const renamed = sa.Column('z', sa.Integer(), check('z > 0'), check('z < 90', 'top'), {
      serverDefault: '7',
      comment: "it's x",
      renamedFrom: 'x',
    })
    const before = model(x(sa.Integer(), check('x > 0'), check('x < 90', 'top')))
    await createAll(before, trip.connection)
    const after = model(renamed)
    const script = await trip.script(after)
    const upgrade = await trip.code(script.upgradeOps)
    await trip.run(upgrade)
    expect(await trip.differences(after)).toBe('[]')
    await trip.run(await trip.code(script.downgradeOps))
    expect(await trip.differences(before)).toBe('[]')
    expect([await refuses(0), await refuses(90), await refuses(1)]).toEqual([true, true, false])
  })
})
