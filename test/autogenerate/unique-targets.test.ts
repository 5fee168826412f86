// Foreign keys that depend on a unique index or constraint which is renamed, or made anew.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { ThereAndBack } from './there-and-back.ts'

type Item = sa.Column | sa.Index | sa.Constraint

/** `child.code` points at `parent.code`, which has `items` on it. */
const model = (
  items: (parent: string) => readonly Item[],
  namingConvention: Readonly<Record<string, string>> = {},
): sa.MetaData => {
  const metadata = sa.MetaData({ namingConvention })
  sa.Table(
    'parent',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
    sa.Column('code', sa.String(20), { nullable: false }),
    sa.Column('kind', sa.String(20), { nullable: false }),
    ...items('parent'),
  )
  sa.Table(
    'child',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
    sa.Column('code', sa.String(20)),
    sa.ForeignKeyConstraint(['code'], ['parent.code'], { name: 'fk_child_code' }),
  )
  return metadata
}

const CASES: Readonly<Record<string, readonly [before: sa.MetaData, after: sa.MetaData]>> = {
  'an index that a naming convention names': [
    model(() => [sa.Index('old_code', 'code', { unique: true })]),
    model(() => [sa.Index(null, 'code', { unique: true })], {
      ix: 'ix_%(table_name)s_%(column_0_name)s',
    }),
  ],
  'a constraint that a naming convention names': [
    model(() => [sa.UniqueConstraint('code', { name: 'old_code' })]),
    model(() => [sa.UniqueConstraint('code')], { uq: 'uq_%(table_name)s_%(column_0_name)s' }),
  ],
  'an index that becomes a constraint': [
    model(() => [sa.Index('ix_code', 'code', { unique: true })]),
    model(() => [sa.UniqueConstraint('code', { name: 'uq_code' })]),
  ],
  'an index with other columns beside another one': [
    model(() => [
      sa.Index('ix_code', 'code', { unique: true }),
      sa.Index('ix_kind', 'kind', { unique: true }),
    ]),
    model(() => [
      sa.Index('ix_kind', 'code', { unique: true }),
      sa.Index('ix_code', 'kind', { unique: true }),
    ]),
  ],
}

describeEachDatabase('foreign keys to what is unique', (db) => {
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

  it.each(Object.entries(CASES))('outlive %s', async (_, [before, after]) => {
    await createAll(before, trip.connection)
    await trip.connection.execute("INSERT INTO parent VALUES (1, 'a', 'k')")
    await trip.connection.execute("INSERT INTO child VALUES (1, 'a')")
    const { upgrade } = await trip.walk(before, after)
    if (db.name === 'postgresql') {
      const steps = [...upgrade.matchAll(/op\.(?!f\()(\w+)\(/g)].map(([, call]) => call)
      expect([steps.at(0), steps.at(-1)]).toEqual(['dropConstraint', 'createForeignKey'])
    }
    const { rows } = await trip.connection.execute('SELECT code FROM child')
    expect(rows).toEqual([{ code: 'a' }])
    await expect(trip.connection.execute("INSERT INTO child VALUES (2, 'zz')")).rejects.toThrow()
  })
})
