import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { generate, run } from './round-trip.ts'

type Item = Parameters<typeof sa.Table>[2]

/** Models: columns by table. */
function models(tables: Readonly<Record<string, readonly Item[]>>): () => sa.MetaData {
  return () => {
    const metadata = sa.MetaData()
    for (const [name, items] of Object.entries(tables)) {
      const [table, schema] = name.split('.').toReversed()
      const id = sa.Column('id', sa.Integer(), { primaryKey: true })
      sa.Table(
        table!,
        metadata,
        id,
        ...items.map((item) => (item as sa.Column).copy()),
        ...(schema === undefined ? [] : [{ schema }]),
      )
    }
    return metadata
  }
}

const mood = (...labels: string[]): sa.Enum => sa.Enum(...labels, { name: 'mood' })
const column = (name: string, type: sa.TypeEngine, options = {}): Item =>
  sa.Column(name, type, options)
const moods = (...labels: string[]): Item => column('moods', sa.postgresql.ARRAY(mood(...labels)))

interface Case {
  readonly title: string
  readonly from: () => sa.MetaData
  readonly to: () => sa.MetaData
  /** Said before everything. */
  readonly setup?: readonly string[]
  /** Put in between `from` and `to`. */
  readonly rows: string
  /** Enumeration types that are there in the end. */
  readonly left?: readonly string[]
  readonly upgrade?: string
  readonly downgrade?: string
}

const PLAIN = 'INSERT INTO t (id) VALUES (1)'
const HOLDING_A = "INSERT INTO t (mood) VALUES ('a')"

const cases: readonly Case[] = [
  {
    title: 'a column of a new type',
    from: models({ t: [] }),
    to: models({ t: [column('mood', mood('a', 'b'))] }),
    rows: PLAIN,
    upgrade: `await op.createEnum('mood', ['a', 'b'])
await op.addColumn('t', sa.Column('mood', sa.Enum('a', 'b', { name: 'mood' }), { nullable: true }))`,
    downgrade: `await op.dropColumn('t', 'mood')
await op.dropEnum('mood')`,
  },
  {
    title: 'an array of a new type',
    from: models({ t: [] }),
    to: models({ t: [moods('a', 'b')] }),
    rows: PLAIN,
  },
  {
    title: 'several new tables that share a type with an old one',
    from: models({ t: [] }),
    to: models({
      t: [column('mood', mood('a'))],
      u: [column('mood', mood('a'))],
      v: [moods('a')],
    }),
    rows: PLAIN,
    upgrade: `await op.createTable(
  'u',
  sa.Column('id', sa.Integer(), { nullable: false }),
  sa.Column('mood', sa.Enum('a', { name: 'mood' }), { nullable: true }),
  sa.PrimaryKeyConstraint('id'),
)
await op.createTable(
  'v',
  sa.Column('id', sa.Integer(), { nullable: false }),
  sa.Column('moods', sa.postgresql.ARRAY(sa.Enum('a', { name: 'mood' })), { nullable: true }),
  sa.PrimaryKeyConstraint('id'),
)
await op.addColumn('t', sa.Column('mood', sa.Enum('a', { name: 'mood' }), { nullable: true }))`,
    downgrade: `await op.dropColumn('t', 'mood')
await op.dropTable('v')
await op.dropTable('u')
await op.dropEnum('mood')`,
  },
  {
    title: 'a new table of a type that is there',
    from: models({ t: [column('mood', mood('a'))] }),
    to: models({
      t: [column('mood', mood('a'))],
      u: [moods('a'), column('other', sa.Text().withVariant(mood('a'), 'postgresql'))],
    }),
    rows: HOLDING_A,
    upgrade: `await op.createTable(
  'u',
  sa.Column('id', sa.Integer(), { nullable: false }),
  sa.Column('moods', sa.postgresql.ARRAY(sa.Enum('a', { name: 'mood', createType: false })), {
    nullable: true,
  }),
  sa.Column(
    'other',
    sa.Text().withVariant(sa.Enum('a', { name: 'mood', createType: false }), 'postgresql'),
    { nullable: true },
  ),
  sa.PrimaryKeyConstraint('id'),
)`,
    downgrade: `await op.dropTable('u')`,
  },
  {
    title: 'the last column of a type goes',
    from: models({ t: [column('mood', mood('a', "it's"))] }),
    to: models({ t: [] }),
    rows: HOLDING_A,
    upgrade: `// destructive: drops column 't.mood' (ENUM(a, it's, mood)) and its values
await op.dropColumn('t', 'mood')
await op.dropEnum('mood')`,
    downgrade: `await op.createEnum('mood', ['a', "it's"])
await op.addColumn(
  't',
  sa.Column('mood', sa.postgresql.ENUM('a', "it's", { name: 'mood' }), { nullable: true }),
)`,
  },
  {
    title: 'the last table of a type goes',
    from: models({ t: [], u: [column('mood', mood('a'))], v: [moods('a')] }),
    to: models({ t: [] }),
    rows: PLAIN,
  },
  {
    title: 'one of two columns of a type goes',
    from: models({ t: [column('mood', mood('a'))], u: [column('mood', mood('a'))] }),
    to: models({ t: [column('mood', mood('a'))] }),
    rows: HOLDING_A,
  },
  {
    title: 'values are added at the beginning, within, and at the end',
    from: models({ t: [column('mood', mood('a', 'b')), moods('a', 'b')] }),
    to: models({
      t: [
        column('mood', mood('x', 'a', 'y', 'b', 'z', "it's")),
        moods('x', 'a', 'y', 'b', 'z', "it's"),
      ],
    }),
    rows: "INSERT INTO t (mood, moods) VALUES ('a', '{{a,b},{b,NULL}}')",
    upgrade: `await op.addEnumValue('mood', 'x', { before: 'a' })
await op.addEnumValue('mood', 'y', { after: 'a' })
await op.addEnumValue('mood', 'z')
await op.addEnumValue('mood', "it's")`,
    downgrade: `// rows with 'x', 'y', 'z', "it's" need another value: give them one before, or by { replace: { old: 'new' } }
await op.alterEnum('mood', ['a', 'b'], { existingValues: ['x', 'a', 'y', 'b', 'z', "it's"] })`,
  },
  {
    title: 'a value goes, with a default, a CHECK, indexes and a foreign key on the type',
    from: models({
      t: [
        column('mood', mood('a', 'b', 'c'), { serverDefault: 'a', unique: true }),
        sa.CheckConstraint("mood <> 'b'", { name: 'not_b' }),
        sa.Index('ix_partial', 'id', { postgresql: { where: sa.text("mood = 'a'") } }),
      ],
      u: [column('mood', mood('a', 'b', 'c'))],
    }),
    to: models({
      t: [
        column('mood', mood('a', 'b'), { serverDefault: 'a', unique: true }),
        sa.CheckConstraint("mood <> 'b'", { name: 'not_b' }),
        sa.Index('ix_partial', 'id', { postgresql: { where: sa.text("mood = 'a'") } }),
      ],
      u: [column('mood', mood('a', 'b'))],
    }),
    rows: HOLDING_A,
    upgrade: `// destructive: takes 'c' from type 'mood': fails on rows with it
// rows with 'c' need another value: give them one before, or by { replace: { old: 'new' } }
await op.alterEnum('mood', ['a', 'b'], { existingValues: ['a', 'b', 'c'] })`,
    downgrade: `await op.alterEnum('mood', ['a', 'b', 'c'], { existingValues: ['a', 'b'] })`,
  },
  {
    title: 'values change places',
    from: models({ t: [column('mood', mood('a', 'b', 'c'))] }),
    to: models({ t: [column('mood', mood('c', 'a', 'b'))] }),
    rows: HOLDING_A,
    upgrade: `await op.alterEnum('mood', ['c', 'a', 'b'], { existingValues: ['a', 'b', 'c'] })`,
    downgrade: `await op.alterEnum('mood', ['a', 'b', 'c'], { existingValues: ['c', 'a', 'b'] })`,
  },
  {
    title: 'a value takes the place of another',
    from: models({ t: [column('mood', mood('a', 'b', 'c'))] }),
    to: models({ t: [column('mood', mood('a', 'x', 'c'))] }),
    rows: HOLDING_A,
    upgrade: `// a new name of 'b'? To keep it in the rows, write op.renameEnumValue() in place of this and of op.alterEnum() below
await op.addEnumValue('mood', 'x', { after: 'a' })
// destructive: takes 'b' from type 'mood': fails on rows with it
// rows with 'b' need another value: give them one before, or by { replace: { old: 'new' } }
await op.alterEnum('mood', ['a', 'x', 'c'], { existingValues: ['a', 'x', 'b', 'c'] })`,
    downgrade: `await op.alterEnum('mood', ['a', 'x', 'b', 'c'], { existingValues: ['a', 'x', 'c'] })
// rows with 'x' need another value: give them one before, or by { replace: { old: 'new' } }
await op.alterEnum('mood', ['a', 'b', 'c'], { existingValues: ['a', 'x', 'b', 'c'] })`,
  },
  {
    title: 'a new table and a dropped one of a type that changes',
    from: models({ t: [column('mood', mood('a', 'b'))], u: [column('mood', mood('a', 'b'))] }),
    to: models({ t: [column('mood', mood('a', 'x'))], v: [column('mood', mood('a', 'x'))] }),
    rows: HOLDING_A,
  },
  {
    title: 'names in capitals',
    from: models({ t: [column('Mood', sa.Enum('A', { name: 'Mood Type' }))] }),
    to: models({ t: [column('Mood', sa.Enum('B', 'A', { name: 'Mood Type' }))] }),
    rows: `INSERT INTO t ("Mood") VALUES ('A')`,
  },
  {
    title: 'types that others make, and those that are none',
    setup: ["CREATE TYPE given AS ENUM ('q')"],
    left: ['given'],
    from: models({ t: [] }),
    to: models({
      t: [
        column('plain', sa.Enum('a', 'b', { name: 'plain', nativeEnum: false })),
        column('given', sa.Enum('a', { name: 'given', createType: false })),
      ],
    }),
    rows: PLAIN,
  },
  {
    title: 'a text becomes an enumeration',
    from: models({ t: [column('mood', sa.String(5), { serverDefault: 'a' })] }),
    to: models({ t: [column('mood', mood('a', 'b'), { serverDefault: 'a' })] }),
    rows: HOLDING_A,
  },
  {
    title: 'a default goes from a value that goes to one that comes',
    from: models({ t: [column('mood', mood('a', 'b'), { serverDefault: 'b' })] }),
    to: models({ t: [column('mood', mood('a', 'c'), { serverDefault: 'c' })] }),
    rows: HOLDING_A,
  },
  {
    title: 'types in schemas',
    setup: ['CREATE SCHEMA s', 'CREATE SCHEMA o'],
    from: models({
      's.t': [column('mood', sa.Enum('a', { name: 'mood', inheritSchema: true }))],
      u: [column('mood', mood('a')), column('other', sa.Enum('a', { name: 'mood', schema: 'o' }))],
    }),
    to: models({
      's.t': [
        column('mood', sa.Enum('a', 'b', { name: 'mood', inheritSchema: true })),
        column('kind', sa.Enum('k', { name: 'kind', inheritSchema: true })),
      ],
      u: [column('other', sa.Enum('b', 'a', { name: 'mood', schema: 'o' }))],
    }),
    rows: "INSERT INTO s.t (mood) VALUES ('a')",
  },
  {
    title: 'a type below a domain stays',
    setup: ["CREATE TYPE mood AS ENUM ('a')", 'CREATE DOMAIN good_mood AS mood'],
    left: ['mood'],
    from: models({ t: [column('mood', mood('a'))] }),
    to: models({ t: [] }),
    rows: HOLDING_A,
  },
]

describeDatabases(['postgresql'], 'autogenerate of enumeration types', (db) => {
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

  const OPTIONS = { includeSchemas: true, compareServerDefault: true }
  const NOTHING = { upgrade: '', downgrade: '' }

  describe.each(cases)('$title', (row) => {
    it('there and back', async () => {
      for (const statement of row.setup ?? []) await connection.execute(statement)
      const creation = await generate(connection, row.from(), OPTIONS)
      await run(connection, creation.upgrade)
      expect(await generate(connection, row.from(), OPTIONS)).toEqual(NOTHING)
      await connection.execute(row.rows)
      const change = await generate(connection, row.to(), OPTIONS)
      if (row.upgrade !== undefined) expect(change.upgrade).toBe(row.upgrade)
      if (row.downgrade !== undefined) expect(change.downgrade).toBe(row.downgrade)
      await run(connection, change.upgrade)
      expect(await generate(connection, row.to(), OPTIONS)).toEqual(NOTHING)
      await run(connection, change.downgrade)
      expect(await generate(connection, row.from(), OPTIONS)).toEqual(NOTHING)
      await run(connection, creation.downgrade)
      const { rows } = await connection.execute(
        "SELECT typname FROM pg_type WHERE typtype = 'e' ORDER BY 1",
      )
      expect(rows.map(({ typname }) => typname)).toEqual(row.left ?? [])
    })
  })

  it('nothing of types is looked at where that is switched off', async () => {
    const from = models({ t: [column('mood', mood('a'))] })
    await run(connection, (await generate(connection, from())).upgrade)
    const to = models({ t: [column('mood', mood('b'))] })
    expect(await generate(connection, to(), { detect: { enumTypes: false } })).toEqual(NOTHING)
    expect(await generate(connection, to(), { includeName: (_, type) => type !== 'enum' })).toEqual(
      NOTHING,
    )
    const includeObject = (_: unknown, __: unknown, type: string): boolean => type !== 'enum'
    expect(await generate(connection, to(), { includeObject })).toEqual(NOTHING)
  })
})
