// What random models found: each was a file that left something to find, that failed, or whose database was another one.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

type Name = 'postgresql' | 'mariadb' | 'sqlite'
const EVERYWHERE: readonly Name[] = ['postgresql', 'mariadb', 'sqlite']

interface Case {
  readonly title: string
  readonly on?: readonly Name[]
  readonly options?: AutogenerateOptions
  readonly before: sa.MetaData
  readonly after: sa.MetaData
  /** What stands in the file, in any place. */
  readonly upgrade: string
  readonly downgrade?: string
}

/** A table of one column beside its key. */
function oneColumn(
  column: ReturnType<typeof sa.Column>,
  ...items: readonly ReturnType<typeof sa.CheckConstraint>[]
): sa.MetaData {
  return models((metadata) => {
    sa.Table('t', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }), column, ...items)
  })
}

const checkedEnum = (...values: readonly string[]): sa.MetaData =>
  oneColumn(
    sa.Column(
      'a',
      sa.Enum(...values, { name: 'kind', nativeEnum: false, createConstraint: true, length: 20 }),
    ),
  )

const FK_CONVENTION = { fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s' }

/** A tree whose foreign key is called by a naming convention, after the table's name. */
function tree(name: string, renamedFrom?: string): sa.MetaData {
  const metadata = sa.MetaData({ namingConvention: FK_CONVENTION })
  sa.Table(
    name,
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('parent', sa.Integer()),
    sa.ForeignKeyConstraint(['parent'], [`${name}.id`]),
    renamedFrom === undefined ? {} : { renamedFrom },
  )
  return metadata
}

/** A tree whose key has another name. */
function keyed(id: string): sa.MetaData {
  return models((metadata) => {
    sa.Table(
      'n',
      metadata,
      sa.Column(id, sa.Integer(), { primaryKey: true, ...(id !== 'id' && { renamedFrom: 'id' }) }),
      sa.Column('parent', sa.Integer()),
      sa.ForeignKeyConstraint(['parent'], [`n.${id}`], { name: 'fk_parent' }),
    )
    sa.Table(
      'leaf',
      metadata,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('n_id', sa.Integer()),
      sa.ForeignKeyConstraint(['n_id'], [`n.${id}`], { name: 'fk_n' }),
    )
  })
}

function unique(...columns: readonly string[]): sa.MetaData {
  return models((metadata) => {
    sa.Table(
      't',
      metadata,
      sa.Column('a', sa.Integer()),
      sa.Column('b', sa.Integer()),
      sa.UniqueConstraint(...columns, { name: 'uq_t' }),
    )
  })
}

/** A foreign key that the server names, which goes while the table gets another name. */
function linked(name: string, isLinked: boolean): sa.MetaData {
  return models((metadata) => {
    sa.Table('parent', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }))
    sa.Table(
      name,
      metadata,
      sa.Column('parent_id', sa.Integer()),
      ...(isLinked ? [sa.ForeignKeyConstraint(['parent_id'], ['parent.id'])] : []),
      name === 'old' ? {} : { renamedFrom: 'old' },
    )
  })
}

const identity = (...given: Parameters<typeof sa.Identity>): sa.MetaData =>
  oneColumn(sa.Column('a', sa.Integer(), sa.Identity(...given), { nullable: false }))

const cases: readonly Case[] = [
  {
    title: 'values of an enumeration that is a CHECK',
    before: checkedEnum('x', 'y'),
    after: checkedEnum('x', 'z', 'y'),
    upgrade: "IN ('x', 'z', 'y')",
  },
  {
    title: 'a text that becomes an enumeration with a CHECK',
    before: oneColumn(sa.Column('a', sa.String(20))),
    after: checkedEnum('x', 'y'),
    upgrade: 'createCheckConstraint(',
    downgrade: 'dropConstraint(',
  },
  {
    title: 'a foreign key that is called after its table, which gets another name',
    before: tree('old'),
    after: tree('next', 'old'),
    upgrade: "fk_next_parent_next'",
  },
  {
    title: 'a key that foreign keys point at, under another name',
    options: { renderAsBatch: true },
    before: keyed('id'),
    after: keyed('key'),
    upgrade: "newColumnName: 'key'",
  },
  {
    title: 'the order of a unique constraint',
    before: unique('a', 'b'),
    after: unique('b', 'a'),
    upgrade: 'UniqueConstraint(',
  },
  {
    title: "the server's own foreign key in a renamed table",
    on: ['postgresql', 'mariadb'],
    before: linked('old', true),
    after: linked('next', false),
    upgrade: 'dropConstraint(',
  },
  {
    title: 'the order of the values of an ENUM',
    on: ['mariadb'],
    before: oneColumn(sa.Column('a', sa.Enum('x', 'y', 'z'))),
    after: oneColumn(sa.Column('a', sa.Enum('z', 'x', 'y'))),
    upgrade: "type: sa.Enum('z', 'x', 'y')",
  },
  {
    title: 'a column with a default that numbers itself',
    on: ['postgresql'],
    before: oneColumn(sa.Column('a', sa.Integer(), { serverDefault: '7', nullable: true })),
    after: identity({ always: true, start: 5 }),
    upgrade: "existingServerDefault: sa.text('7')",
  },
  {
    title: 'a column that numbers itself no more',
    on: ['postgresql'],
    before: identity({ always: true }),
    after: oneColumn(sa.Column('a', sa.Integer(), { nullable: true })),
    upgrade: 'existingServerDefault: sa.Identity(',
  },
  {
    title: 'options of an identity that the model leaves to the server again',
    on: ['postgresql'],
    before: identity({ start: 3, increment: 2, maxvalue: 300, cycle: true, cache: 7 }),
    after: identity({ start: 3 }),
    upgrade: 'increment: 1',
  },
  {
    title: 'the type of a column that a CHECK is on, which is written otherwise for that',
    on: ['postgresql'],
    before: oneColumn(
      sa.Column('a', sa.Integer()),
      sa.CheckConstraint('a IN (1, 2)', { name: 'ck_a' }),
    ),
    after: oneColumn(
      sa.Column('a', sa.BigInteger()),
      sa.CheckConstraint('a IN (1, 2)', { name: 'ck_a' }),
    ),
    upgrade: "createCheckConstraint('ck_a'",
  },
  {
    title: 'dots in the name of what a foreign key points at',
    before: models((metadata) => sa.Table('keep', metadata, sa.Column('id', sa.Integer()))),
    after: models((metadata) => {
      sa.Table('keep', metadata, sa.Column('id', sa.Integer()))
      const target = sa.Table(
        'auth.user',
        metadata,
        sa.Column('the.id', sa.Integer(), { primaryKey: true }),
      )
      sa.Table(
        'post',
        metadata,
        sa.Column('user_id', sa.Integer()),
        sa.ForeignKeyConstraint(['user_id'], target.columns, { name: 'fk_user' }),
      )
    }),
    upgrade: "sa.ForeignKeyConstraint(['user_id'], [['auth.user', 'the.id']]",
  },
]

describeDatabases(EVERYWHERE, 'random models found', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection

  beforeEach(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url).connect()
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })

  const isHere = ({ on = EVERYWHERE }: Case): boolean => on.some((name) => name === db.name)

  it.each(cases.filter(isHere))(
    '$title',
    async ({ before, after, upgrade, downgrade = '', options = {} }) => {
      const walked = await new ThereAndBack(connection, options).walk(before, after)
      expect(walked.upgrade).toContain(upgrade)
      expect(walked.downgrade).toContain(downgrade)
    },
  )
})
