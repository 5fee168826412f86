import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { describeDiffs } from '../../src/autogenerate/describe-diffs.ts'
import { Plugin } from '../../src/autogenerate/plugin.ts'
import { compareMetadata } from '../../src/autogenerate/produce.ts'
import type { Settle } from '../../src/autogenerate/settled/settlement.ts'
import type { AutogenContext } from '../../src/autogenerate/autogen-context.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createAll, dropAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'

type Item = sa.Column | sa.Index | sa.Constraint | { readonly comment: string }

/** Everything that a table can have and that is told by names and texts. */
const usual = (): Record<string, Item> => ({
  id: sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
  part: sa.Column('part', sa.Integer(), { primaryKey: true, autoincrement: false }),
  name: sa.Column('name', sa.String(50), { nullable: false, comment: 'as printed' }),
  price: sa.Column('price', sa.Numeric(10, 2), { serverDefault: '1' }),
  size: sa.Column('size', sa.Integer()),
  double: sa.Column('double', sa.Integer(), sa.Computed('size * 2', { persisted: true })),
  parent: sa.Column('parent', sa.Integer()),
  key: sa.ForeignKeyConstraint(['parent'], ['p.id'], { name: 'fk_parent', ondelete: 'CASCADE' }),
  unique: sa.UniqueConstraint('name', 'size', { name: 'uq_name' }),
  index: sa.Index('ix_size', 'size', 'parent'),
  check: sa.CheckConstraint('price >= 0', { name: 'ck_price' }),
  comment: { comment: 'things' },
})

const model = (changes: Record<string, Item | null> = {}): sa.MetaData => {
  const metadata = sa.MetaData()
  const id = (): sa.Column =>
    sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false })
  sa.Table('p', metadata, id(), sa.Column('other', sa.Integer(), { unique: true }))
  const items = { ...usual(), ...changes }
  // A table without generated columns can be settled with defaults that are compared.
  if (changes['double'] === undefined) delete items['double']
  const parts = Object.values(items).filter((item) => item !== null) as sa.Column[]
  sa.Table('t', metadata, ...parts)
  return metadata
}

/** What there is to find, each by a change of one thing. */
const CHANGES: Readonly<Record<string, () => Record<string, Item | null>>> = {
  'NOT NULL': () => ({ name: sa.Column('name', sa.String(50), { comment: 'as printed' }) }),
  'a length': () => ({
    name: sa.Column('name', sa.String(60), { nullable: false, comment: 'as printed' }),
  }),
  'a type': () => ({ size: sa.Column('size', sa.Text()), index: null, unique: null }),
  'a default': () => ({ price: sa.Column('price', sa.Numeric(10, 2), { serverDefault: '2' }) }),
  'no default': () => ({ price: sa.Column('price', sa.Numeric(10, 2)) }),
  'a new default': () => ({ size: sa.Column('size', sa.Integer(), { serverDefault: '7' }) }),
  'a column': () => ({ more: sa.Column('more', sa.Integer()) }),
  'no column': () => ({ price: null, check: null }),
  'a shorter key': () => ({ part: sa.Column('part', sa.Integer(), { nullable: false }) }),
  'an action': () => ({
    key: sa.ForeignKeyConstraint(['parent'], ['p.id'], { name: 'fk_parent' }),
  }),
  'a target': () => ({
    key: sa.ForeignKeyConstraint(['parent'], ['p.other'], {
      name: 'fk_parent',
      ondelete: 'CASCADE',
    }),
  }),
  'no foreign key': () => ({ key: null }),
  'columns of a unique constraint': () => ({
    unique: sa.UniqueConstraint('name', 'parent', { name: 'uq_name' }),
  }),
  'no unique constraint': () => ({ unique: null }),
  'columns of an index': () => ({ index: sa.Index('ix_size', 'size', 'price') }),
  'a unique index': () => ({ index: sa.Index('ix_size', 'size', 'parent', { unique: true }) }),
  'an order of an index': () => ({
    index: sa.Index('ix_size', sa.text('size'), sa.text('parent DESC')),
  }),
  'a name of an index': () => ({ index: sa.Index('ix_sizes', 'size', 'parent') }),
  'a condition': () => ({ check: sa.CheckConstraint('price > 0', { name: 'ck_price' }) }),
  'no CHECK': () => ({ check: null }),
  'a CHECK': () => ({ more: sa.CheckConstraint('size > 0', { name: 'ck_size' }) }),
  'a CHECK without a name': () => ({ more: sa.CheckConstraint('size > 0') }),
}

const OF_COMMENTS: typeof CHANGES = {
  'a comment of a column': () => ({
    name: sa.Column('name', sa.String(50), { nullable: false, comment: 'as read' }),
  }),
  'a comment of a table': () => ({ comment: { comment: 'other things' } }),
}

/** Counts the tables that it is asked about, and those that are looked at in spite of it. */
const seen = { asked: 0, looked: 0 }
const settle: Settle<AutogenContext> = () => {
  seen.asked += 1
  return true
}
new Plugin('test.counting').addAutogenerateComparator(
  () => {
    seen.looked += 1
  },
  'table',
  { settle },
)
new Plugin('test.closely').addAutogenerateComparator(() => undefined, 'table')

describeEachDatabase('tables that are told to be unchanged by names and texts', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection

  beforeAll(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url).connect()
  })

  beforeEach(() => {
    Object.assign(seen, { asked: 0, looked: 0 })
  })

  afterAll(async () => {
    await connection.close()
    await scratch.dispose()
  })

  const difference = async (
    there: sa.MetaData,
    wanted: sa.MetaData,
    options: object = {},
  ): Promise<string> => {
    await createAll(there, connection)
    try {
      const context = await MigrationContext.configure({
        connection,
        lock: 'off',
        compareServerDefault: true,
        autogeneratePlugins: ['alembic.autogenerate.*', 'test.counting'],
        ...options,
      })
      return describeDiffs(await compareMetadata(context, wanted))
    } finally {
      await dropAll(there, connection)
    }
  }
  /** Defaults are compared by the server: a table that has some is not settled while they are. */
  const closely = { autogeneratePlugins: ['alembic.autogenerate.*', 'test.closely'] }
  const noDefaults = { compareServerDefault: false }

  it('are given to no comparator', async () => {
    expect(await difference(model(), model(), noDefaults)).toBe('[]')
    // The other table has a unique constraint that the server named.
    expect(seen).toEqual({ asked: 2, looked: 0 })
  })

  it('are all looked at for a hook, or for a comparator that can tell nothing', async () => {
    const includeObject = (): boolean => true
    expect(await difference(model(), model(), { ...noDefaults, includeObject })).toBe('[]')
    expect(seen).toEqual({ asked: 0, looked: 2 })
    expect(await difference(model(), model(), { ...noDefaults, ...closely })).toBe('[]')
    expect(seen).toEqual({ asked: 0, looked: 2 })
  })

  const hasComments = db.name !== 'sqlite'
  for (const [what, change] of Object.entries({
    ...CHANGES,
    ...(hasComments ? OF_COMMENTS : {}),
  })) {
    it(`don't hide ${what}`, async () => {
      const found = await difference(model(), model(change()))
      expect(found).not.toBe('[]')
      expect(found).toBe(await difference(model(), model(change()), closely))
      const isDefault = what.includes('default')
      if (isDefault) return
      expect(await difference(model(), model(change()), noDefaults)).not.toBe('[]')
    })
  }

  it("don't hide a generated column that becomes plain, and the other way round", async () => {
    const plain = sa.Column('double', sa.Integer())
    const computed = usual()['double'] as sa.Column
    const without = { price: null, check: null }
    const [first, second] = [
      model({ ...without, double: computed.copyDefinition() }),
      model({ ...without, double: plain }),
    ]
    expect(await difference(first, second)).not.toBe('[]')
    expect(await difference(second, first)).not.toBe('[]')
  })
})
