import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAutogenContext } from '../../src/autogenerate/open-context.ts'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import { produceNetChanges } from '../../src/autogenerate/produce.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { UpgradeOps } from '../../src/operations/containers.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { models, ThereAndBack } from './there-and-back.ts'

describeEachDatabase('renames', (db) => {
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

  const rows = async (sql: string): Promise<unknown[]> =>
    (await connection.execute(sql)).rows.map((row) => Object.values(row))

  /** Goes from one to the other and back; at both ends nothing is left to find, and the rows are there. */
  const walk = async (
    [before, fill, readBefore]: readonly [sa.MetaData, readonly string[], string],
    [after, readAfter]: readonly [sa.MetaData, string],
    options: AutogenerateOptions & { readonly requests?: readonly string[] } = {},
  ): Promise<string> => {
    const { requests = [], ...others } = options
    const trip = new ThereAndBack(connection, others)
    const plain = new ThereAndBack(connection)
    await createAll(before, connection)
    for (const sql of fill) await connection.execute(sql)
    const filled = await rows(readBefore)
    expect(filled.length).toBeGreaterThan(0)
    const renames = { requests }
    const context = await openAutogenContext(await trip.context(), { metadata: after, renames })
    const upgradeOps = new UpgradeOps()
    await produceNetChanges(context, upgradeOps)
    const upgrade = await trip.code(upgradeOps)
    const downgrade = await trip.code(upgradeOps.reverse())
    for (const code of [upgrade, downgrade]) expect(code).not.toMatch(/drop(Column|Table)/)
    for (const round of ['first', 'second']) {
      await trip.run(upgrade)
      expect(await plain.differences(after), `${round} ${upgrade}`).toBe('[]')
      expect(await rows(readAfter)).toEqual(filled)
      await trip.run(downgrade)
      expect(await plain.differences(before), `${round} ${downgrade}`).toBe('[]')
      expect(await rows(readBefore)).toEqual(filled)
    }
    return upgrade
  }

  it('are followed by conditions that stay, where the table is made anew for something else', async () => {
    const model = (column: string, type: sa.TypeEngine): sa.MetaData =>
      models((metadata) =>
        sa.Table(
          'posts',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column(column, sa.String(30), { nullable: false }),
          sa.Column('kept', type),
          sa.CheckConstraint(`${column} <> 'z'`, { name: 'ck_z' }),
          sa.Index('ix_part', 'id', {
            postgresql: { where: sa.text(`${column} = 'a'`) },
            sqlite: { where: sa.text(`${column} = 'a'`) },
          }),
        ),
      )
    await walk(
      [
        model('title', sa.String(10)),
        ["INSERT INTO posts VALUES (1, 'a', 'x')"],
        'SELECT id, title, kept FROM posts',
      ],
      [model('headline', sa.String(20)), 'SELECT id, headline, kept FROM posts'],
      { requests: ['posts.title=headline'], renderAsBatch: db.name === 'sqlite' },
    )
  })

  it('are seen by conditions and formulas that change with them', async () => {
    const model = (table: string, column: string, limit: number, condition: string): sa.MetaData =>
      models((metadata) =>
        sa.Table(
          table,
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column(column, sa.String(30), { nullable: false }),
          sa.Column('kept', sa.Integer()),
          sa.CheckConstraint(`kept IN (1, ${limit})`, { name: 'ck_kept' }),
          sa.Index('ix_part', 'id', {
            postgresql: { where: sa.text(condition) },
            sqlite: { where: sa.text(condition) },
          }),
        ),
      )
    const before = model('posts', 'title', 2, "title IN ('a', 'b')")
    const after = model('articles', 'headline', 2, "headline IN ('a', 'c')")
    const upgrade = await walk(
      [before, ["INSERT INTO posts VALUES (1, 'a', 1)"], 'SELECT id, title, kept FROM posts'],
      [after, 'SELECT id, headline, kept FROM articles'],
      {
        requests: ['posts=articles', 'posts.title=headline'],
        renderAsBatch: db.name === 'sqlite',
      },
    )
    expect(upgrade.includes('ix_part')).toBe(db.name !== 'mariadb')
    expect(upgrade).not.toContain('ck_kept')
  })

  it('renames a column in an index, a unique constraint, a CHECK and a foreign key', async () => {
    const shop = (column: string): sa.MetaData =>
      models((metadata) => {
        sa.Table('owners', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }))
        sa.Table(
          'shops',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column(column, sa.Integer(), sa.ForeignKey('owners.id', { name: 'fk_owner' }), {
            nullable: false,
          }),
          sa.Column('town', sa.String(20), { serverDefault: 'here' }),
          sa.UniqueConstraint(column, 'town', { name: 'uq_place' }),
          sa.CheckConstraint(`${column} > 0`, { name: 'ck_positive' }),
          sa.Index('ix_owner', column),
        )
      })
    const code = await walk(
      [
        shop('owner'),
        ['INSERT INTO owners VALUES (1)', 'INSERT INTO shops (id, owner) VALUES (7, 1)'],
        'SELECT id, owner, town FROM shops',
      ],
      [shop('owner_id'), 'SELECT id, owner_id, town FROM shops'],
      { renames: { 'shops.owner': 'owner_id' } },
    )
    expect(code).not.toMatch(/Index|Constraint|ForeignKey/)
    expect(code.match(/alterColumn/g)).toHaveLength(1)
  })

  it('renames a table that a foreign key points at', async () => {
    const people = (name: string): sa.MetaData =>
      models((metadata) => {
        sa.Table(
          name,
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('boss', sa.Integer(), sa.ForeignKey(`${name}.id`, { name: 'fk_boss' })),
          sa.Column('email', sa.String(30), { nullable: false }),
        )
        sa.Table(
          'posts',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('author', sa.Integer(), sa.ForeignKey(`${name}.id`, { name: 'fk_author' })),
        )
      })
    const code = await walk(
      [
        people('users'),
        [
          "INSERT INTO users VALUES (1, NULL, 'a'), (2, 1, 'b')",
          'INSERT INTO posts VALUES (10, 2)',
        ],
        'SELECT u.id, boss, email, p.id AS post FROM users u LEFT JOIN posts p ON author = u.id ORDER BY 1',
      ],
      [
        people('people'),
        'SELECT u.id, boss, email, p.id AS post FROM people u LEFT JOIN posts p ON author = u.id ORDER BY 1',
      ],
      { renames: ['users=people'] },
    )
    expect(code).toBe("await op.renameTable('users', 'people')")
  })

  it('renames a column, and changes its type, its default and whether it may be NULL', async () => {
    const model = (column: sa.Column): sa.MetaData =>
      models((metadata) => {
        sa.Table('t', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }), column)
      })
    const code = await walk(
      [
        model(sa.Column('name', sa.String(20))),
        ["INSERT INTO t VALUES (1, 'a')"],
        'SELECT * FROM t',
      ],
      [
        model(
          sa.Column('title', sa.String(40), {
            nullable: false,
            serverDefault: 'x',
            renamedFrom: 'name',
          }),
        ),
        'SELECT * FROM t',
      ],
    )
    // There a name is changed in place, and the rest by making the table anew.
    expect(code.match(/alterColumn/g)).toHaveLength(db.name === 'sqlite' ? 2 : 1)
    for (const part of ["newColumnName: 'title'", 'type: sa.String(40)', "serverDefault: 'x'"]) {
      expect(code).toContain(part)
    }
  })

  it('swaps the names of two columns and of two tables', async () => {
    const model = (a: string, b: string, one: string, two: string): sa.MetaData =>
      models((metadata) => {
        sa.Table(
          one,
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column(a, sa.String(11)),
          sa.Column(b, sa.Integer()),
        )
        sa.Table(
          two,
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('ref', sa.Integer(), sa.ForeignKey(`${one}.id`, { name: 'fk_ref' })),
        )
      })
    await walk(
      [
        model('a', 'b', 'one', 'two'),
        ["INSERT INTO one (id, a, b) VALUES (1, 'x', 5)", 'INSERT INTO two VALUES (2, 1)'],
        'SELECT o.id, a, b, ref FROM one o JOIN two t ON t.ref = o.id',
      ],
      [
        model('b', 'a', 'two', 'one'),
        'SELECT o.id, b, a, ref FROM two o JOIN one t ON t.ref = o.id',
      ],
      { requests: ['one=two', 'two=one', 'two.a=b', 'two.b=a'] },
    )
  })

  it('renames a column that a foreign key points at, and the table too', async () => {
    const model = (table: string, column: string): sa.MetaData =>
      models((metadata) => {
        sa.Table(
          table,
          metadata,
          sa.Column(column, sa.Integer(), { primaryKey: true }),
          sa.Column('text', sa.String(10)),
        )
        sa.Table(
          'parts',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column('of', sa.Integer(), sa.ForeignKey(`${table}.${column}`, { name: 'fk_of' })),
        )
      })
    await walk(
      [
        model('wholes', 'id'),
        ["INSERT INTO wholes (id, text) VALUES (1, 'w')", `INSERT INTO parts VALUES (2, 1)`],
        'SELECT * FROM parts',
      ],
      [model('entities', 'number'), 'SELECT * FROM parts'],
      { renames: { wholes: 'entities', 'wholes.id': 'number' } },
    )
  })

  it('lets names of a naming convention follow', async () => {
    const model = (table: string, column: string): sa.MetaData => {
      const metadata = sa.MetaData({
        namingConvention: {
          ix: 'ix_%(table_name)s_%(column_0_name)s',
          uq: 'uq_%(table_name)s_%(column_0_name)s',
        },
      })
      sa.Table(
        table,
        metadata,
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column(column, sa.String(20), { index: true }),
        sa.Column('code', sa.String(20), { unique: true }),
      )
      return metadata
    }
    const code = await walk(
      [model('a', 'x'), ["INSERT INTO a VALUES (1, 'x', 'c')"], 'SELECT * FROM a'],
      [model('b', 'y'), 'SELECT * FROM b'],
      { renames: { a: 'b', 'b.x': 'y' } },
    )
    expect(code).toContain('ix_b_y')
    expect(code).toContain('uq_b_code')
  })

  it('renames what generated columns and CHECKs of types name', async () => {
    const model = (table: string, [key, number, kind]: readonly string[] = []): sa.MetaData =>
      models((metadata) => {
        sa.Table(
          table,
          metadata,
          sa.Column(String(key), sa.Integer(), { primaryKey: true }),
          sa.Column(String(number), sa.Integer()),
          sa.Column('next', sa.Integer(), sa.Computed(`${number} + 1`, { persisted: true })),
          sa.Column(String(kind), sa.Enum('x', 'y', { name: 'kind', createConstraint: true }), {
            serverDefault: 'x',
          }),
        )
      })
    const code = await walk(
      [
        model('t', ['id', 'n', 'k']),
        ['INSERT INTO t (id, n) VALUES (1, 2)'],
        'SELECT id, n, next, k FROM t',
      ],
      [
        model('t2', ['key', 'number', 'kind']),
        'SELECT key, number, next, kind FROM t2'.replaceAll(
          'key',
          db.name === 'mariadb' ? '`key`' : '"key"',
        ),
      ],
      { renames: ['t=t2', 't.id=key', 't.n=number', 't.k=kind'] },
    )
    expect(code.match(/op\.(\w+)/g)).toEqual([
      'op.renameTable',
      'op.alterColumn',
      'op.alterColumn',
      'op.alterColumn',
    ])
  })

  it('renames in batches', async () => {
    const model = (column: string, length: number): sa.MetaData =>
      models((metadata) => {
        sa.Table(
          't',
          metadata,
          sa.Column('id', sa.Integer(), { primaryKey: true }),
          sa.Column(column, sa.String(length), { nullable: false }),
          sa.Index('ix', column),
          sa.CheckConstraint(`${column} <> ''`, { name: 'ck' }),
        )
      })
    const code = await walk(
      [model('a', 10), ["INSERT INTO t VALUES (1, 'x')"], 'SELECT * FROM t'],
      [model('b', 20), 'SELECT * FROM t'],
      { renames: { 't.a': 'b' }, renderAsBatch: true },
    )
    expect(code).not.toContain('op.alterColumn')
    expect(code).toContain("batchOp.alterColumn('a'")
  })
})
