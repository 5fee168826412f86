import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Detections } from '../../src/impl/detections.ts'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { setWarningHandler } from '../../src/util/warnings.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

describeEachDatabase('definitions', (db) => {
  let scratch: ScratchDatabase
  let trip: ThereAndBack

  beforeEach(async () => {
    scratch = await db.createScratch()
    trip = new ThereAndBack(await createEngine(scratch.url).connect())
  })

  afterEach(async () => {
    setWarningHandler((text) => process.emitWarning(text, 'UserWarning'))
    await trip.connection.close()
    await scratch.dispose()
  })

  const table = (...items: readonly (sa.Column | sa.Index | sa.Constraint)[]): sa.MetaData =>
    models((metadata) =>
      sa.Table(
        't',
        metadata,
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('a', sa.String(50)),
        sa.Column('b', sa.Integer()),
        sa.Column('c', sa.Integer()),
        ...items,
      ),
    )
  const without = (detect: Detections): ThereAndBack =>
    new ThereAndBack(trip.connection, { detect })

  it('changes the condition of a CHECK', async () => {
    const before = table(sa.CheckConstraint("b > 0 AND a IN ('x', 'y')", { name: 'ck' }))
    const after = table(sa.CheckConstraint("b > 10 AND a IN ('x', 'z')", { name: 'ck' }))
    const { upgrade } = await trip.walk(before, after)
    const target = db.name === 'sqlite' ? 'batchOp' : 'op'
    expect(upgrade).toContain(`${target}.dropConstraint(${target}.f('ck')`)
    expect(upgrade).toContain(`"b > 10 AND a IN ('x', 'z')"`)
    expect(await without({ checkExpressions: false }).differences(before)).toBe('[]')
  })

  it('reads the same condition in other words', async () => {
    const { connection } = trip
    await connection.execute(
      "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(50), b INTEGER, c INTEGER, CONSTRAINT ck CHECK ((b>0) and\n a in ('x','y')))",
    )
    const same = "(b>0) AND a IN ('x', 'y')"
    expect(await trip.differences(table(sa.CheckConstraint(same, { name: 'ck' })))).toBe('[]')
  })

  it('changes a CHECK to a column that is added with it', async () => {
    const before = table(sa.CheckConstraint('b > 0', { name: 'ck' }))
    const after = table(
      sa.Column('d', sa.Integer()),
      sa.CheckConstraint('b > 0 OR d > 0', { name: 'ck' }),
    )
    await trip.walk(before, after)
  })

  it('sees the ordering of an index', async () => {
    const before = table(sa.Index('ix', 'b', 'c'))
    const after = table(sa.Index('ix', 'b', sa.column('c').desc()))
    const { upgrade } = await trip.walk(before, after)
    expect(upgrade.match(/(?:drop|create)Index/g)).toEqual(['dropIndex', 'createIndex'])
    // PostgreSQL's orderings are compared by the reference, too.
    const left = await without({ indexOptions: false }).differences(before)
    expect(left === '[]').toBe(db.name !== 'postgresql')
  })

  it('compares generated columns by what they compute', async () => {
    const warnings: string[] = []
    setWarningHandler((message) => warnings.push(message))
    const model = (formula: string): sa.MetaData =>
      table(sa.Column('g', sa.Integer(), sa.Computed(formula, { persisted: true })))
    await trip.walk(
      models(() => undefined),
      model('b + c * 2'),
    )
    for (const same of ['b+(c * 2)', 'b + c*2']) {
      expect(await trip.differences(model(same))).toBe('[]')
    }
    const found = "['remove_column', null, 't', Column('g', INTEGER"
    expect(await trip.differences(model('b + c * 3'))).toContain(found)
    expect(warnings).toEqual([])
    const letters = without({ computedExpressions: false })
    expect(await letters.differences(model('b + c * 3'))).toBe('[]')
    expect(warnings).toEqual(['Computed default on t.g cannot be modified'])
    if (db.name === 'sqlite') return
    // Only the server knows that these two are not the same.
    expect(await trip.differences(model('(b + c) * 2'))).toContain(found)
    expect(warnings).toHaveLength(1)
  })

  it('asks as often for 40 columns as for two', async () => {
    const counts: number[] = []
    for (const columns of [2, 40]) {
      const model = models((metadata) =>
        sa.Table(
          't',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          ...Array.from({ length: columns }, (_item, at) =>
            sa.Column(`c${at}`, sa.Integer(), { serverDefault: sa.text(`(${at}+1)`) }),
          ),
          ...Array.from({ length: columns }, (_item, at) =>
            sa.Column(`g${at}`, sa.Integer(), sa.Computed(`c${at}+1`, { persisted: true })),
          ),
        ),
      )
      await trip.run(await trip.code((await trip.script(model)).upgradeOps))
      let count = 0
      const stop = trip.connection.observe(() => {
        count += 1
      })
      expect(await trip.differences(model)).toBe('[]')
      stop()
      counts.push(count)
      await trip.run("await op.dropTable('t')")
    }
    expect(counts[0]).toBe(counts[1])
  })

  if (db.name === 'sqlite') {
    it('changes conditions and collations of indexes', async () => {
      const index = (where: string, collation: string): sa.MetaData =>
        table(sa.Index('ix', 'a', { sqlite: { where: sa.text(where), collate: { a: collation } } }))
      const { upgrade } = await trip.walk(index('b > 0', 'NOCASE'), index('b > 1', 'NOCASE'))
      expect(upgrade).toBe(
        [
          "await op.dropIndex(op.f('ix'), 't')",
          "await op.createIndex('ix', 't', ['a'], {",
          "  sqlite: { where: sa.text('b > 1'), collate: { a: 'NOCASE' } },",
          '})',
        ].join('\n'),
      )
      expect(await trip.differences(index('"B">1', 'nocase'))).toBe('[]')
      expect(await trip.differences(index('b > 1', 'RTRIM'))).toContain('add_index')
    })
  }

  if (db.name === 'mariadb') {
    it('leaves what a period brings along alone', async () => {
      await trip.connection.execute(
        'CREATE TABLE t (id INT PRIMARY KEY, s DATE, e DATE, k INT, PERIOD FOR p (s, e), UNIQUE (k, p WITHOUT OVERLAPS), CONSTRAINT own CHECK (`s` < `e`))',
      )
      const model = models((metadata) =>
        sa.Table(
          't',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
          sa.Column('s', sa.Date(), { nullable: false }),
          sa.Column('e', sa.Date(), { nullable: false }),
          sa.Column('k', sa.Integer()),
          sa.UniqueConstraint('k', { name: 'k' }),
          sa.CheckConstraint('s < e', { name: 'own' }),
        ),
      )
      expect(await trip.differences(model)).toBe('[]')
    })

    it('changes prefix lengths of indexes, and asks for none that says nothing', async () => {
      const index = (length: number): sa.MetaData =>
        table(sa.Index('ix', 'a', { mariadb: { length } }))
      const { upgrade } = await trip.walk(index(10), index(20))
      expect(upgrade).toBe(
        [
          "await op.dropIndex(op.f('ix'), 't')",
          "await op.createIndex('ix', 't', ['a'], { mariadb: { length: 20 } })",
        ].join('\n'),
      )
      await trip.run("await op.dropIndex('ix', 't'); await op.createIndex('ix', 't', ['a'])")
      expect(await trip.differences(index(50))).toBe('[]')
      expect(
        await trip.differences(table(sa.Index('ix', 'a', { mariadb: { using: 'btree' } }))),
      ).toBe('[]')
    })
  }

  if (db.name === 'postgresql') {
    it('changes every option of an index, once', async () => {
      const index = (options: object, columns = ['a']): sa.MetaData =>
        table(sa.Index('ix', ...columns, { postgresql: options }))
      const variants = [
        index({}),
        index({ where: sa.text("b > 0 AND a IN ('x', 'y')") }),
        index({ where: sa.text('b > 1') }),
        index({ using: 'hash' }),
        index({ include: ['c'] }),
        index({ include: ['c', 'b'] }),
        index({ ops: { a: 'varchar_pattern_ops' } }),
        index({ with: { fillfactor: 50 } }),
        table(sa.Index('ix', 'a', { unique: true, postgresql: { nullsNotDistinct: true } })),
        table(sa.Index('ix', sa.text('a NULLS FIRST'))),
        table(sa.Index('ix', sa.text('lower(a) text_pattern_ops'))),
        table(sa.Index('ix', sa.text('a COLLATE "C" DESC'))),
      ]
      await trip.run(
        "await op.createTable('t', sa.Column('id', sa.Integer(), { primaryKey: true }), sa.Column('a', sa.String(50)), sa.Column('b', sa.Integer()), sa.Column('c', sa.Integer()))",
      )
      for (const [at, wanted] of variants.entries()) {
        const { upgradeOps, downgradeOps } = await trip.script(wanted)
        const upgrade = await trip.code(upgradeOps)
        expect(upgrade.match(/createIndex/g), `${at}`).toHaveLength(1)
        await trip.run(upgrade)
        for (const [other, model] of variants.entries()) {
          const found = await trip.differences(model)
          expect(found === '[]', `${at} and ${other}: ${found}`).toBe(at === other)
        }
        if (at === 0) continue
        await trip.run(await trip.code(downgradeOps))
        expect(await trip.differences(variants[at - 1]!), `${at}`).toBe('[]')
        await trip.run(upgrade)
      }
    }, 60_000)

    it('takes no condition that was dumped and restored for another one', async () => {
      const model = table(sa.CheckConstraint("a IN ('x', 'y')", { name: 'ck' }))
      const { connection } = trip
      await trip.walk(
        models(() => undefined),
        model,
      )
      const [row] = (
        await connection.execute(
          "SELECT pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE conname = 'ck'",
        )
      ).rows
      await connection.execute('ALTER TABLE t DROP CONSTRAINT ck')
      await connection.execute(`ALTER TABLE t ADD CONSTRAINT ck ${String(row?.['d'])}`)
      const [again] = (
        await connection.execute(
          "SELECT pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE conname = 'ck'",
        )
      ).rows
      expect(again).not.toEqual(row)
      expect(await trip.differences(model)).toBe('[]')
    })

    it('asks once for all of them', async () => {
      const model = (at: number): sa.MetaData =>
        models((metadata) => {
          for (let number = 0; number < 20; number += 1) {
            sa.Table(
              `t${number}`,
              metadata,
              sa.Column('a', sa.Integer(), { serverDefault: sa.text(`${number}+${at}`) }),
              sa.Column('g', sa.Integer(), sa.Computed(`a+${at}`)),
              sa.CheckConstraint(`a<${at}`, { name: `ck${number}` }),
              sa.Index(`ix${number}`, 'a', { postgresql: { where: sa.text(`a>${at}`) } }),
            )
          }
        })
      await trip.walk(
        models(() => undefined),
        model(1),
      )
      const statements: string[] = []
      const stop = trip.connection.observe(({ sql }) => statements.push(sql))
      expect(await trip.differences(model(1))).toBe('[]')
      stop()
      expect(statements.filter((sql) => sql.startsWith('DO '))).toHaveLength(1)
      expect(statements.length).toBeLessThanOrEqual(24)
    })

    it('leaves nothing behind in a transaction of the caller', async () => {
      await trip.walk(
        models(() => undefined),
        table(sa.CheckConstraint('b>0', { name: 'ck' })),
      )
      const { connection } = trip
      await connection.begin()
      const model = table(sa.CheckConstraint('b > nothing(', { name: 'ck' }))
      expect(await trip.differences(model)).toBe('[]')
      const { rows } = await connection.execute(
        "SELECT relname FROM pg_class WHERE relname LIKE 'alembic%'",
      )
      expect(rows).toEqual([])
      await connection.commit()
    })
  }
})
