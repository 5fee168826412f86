// The hand-written migrations of examples/posts, up and down step by step by the built command, with rows in the tables.
import { expect, it } from 'vitest'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { dumpDirectCreate } from './direct-create.ts'
import { copyExample } from './example-project.ts'
import { dumpSchema } from './schema-dump.ts'

/** What the database should look like after each revision. */
const steps: readonly (readonly [string, sa.MetaData])[] = [
  ['0f3a51c2e7b4', modelsAfter(1)],
  ['1b62d4e8a905', modelsAfter(2)],
  ['2c94e7f1b306', modelsAfter(3)],
  ['3da6f802c517', modelsAfter(4)],
]

describeEachDatabase('examples/posts', (db) => {
  it('goes up and down step by step', async () => {
    const [scratch, direct] = [await db.createScratch(), await db.createScratch()]
    const posts = copyExample('posts', { DATABASE_URL: scratch.url })
    const migrated = (): Promise<string> => dumpSchema(db.name, scratch)
    try {
      const before = [await migrated()]
      for (const [id, metadata] of steps) {
        posts.alembic('upgrade', '+1')
        expect(posts.alembic('current').stdout).toMatch(new RegExp(`^${id}( \\(head\\))?\n$`))
        const dump = await migrated()
        expect(dump).toBe(await dumpDirectCreate(db.name, direct, metadata))
        before.push(dump)
        if (id === '0f3a51c2e7b4') {
          await scratch.query("INSERT INTO posts (title) VALUES ('Hello')")
        }
      }
      expect(posts.alembic('check').stdout).toBe('No new upgrade operations detected.\n')
      await expectOwnership(scratch, db.name === 'sqlite')

      for (const expected of before.toReversed().slice(1)) {
        posts.alembic('downgrade', '-1')
        expect(await migrated()).toBe(expected)
      }
      expect(posts.alembic('current').stdout).toBe('')
    } finally {
      posts.dispose()
      await Promise.all([scratch.dispose(), direct.dispose()])
    }
  }, 60_000)
})

it('examples/posts passes the type checker and the linter', () => {
  const posts = copyExample('posts')
  posts.expectClean()
  posts.dispose()
}, 60_000)

/** The row of the first revision is still there; with a user, the user's posts go. */
async function expectOwnership(scratch: ScratchDatabase, isSqlite: boolean): Promise<void> {
  if (isSqlite) await scratch.query('PRAGMA foreign_keys = ON')
  await scratch.query("INSERT INTO users (email, password) VALUES ('ada@example.org', 'x')")
  const [ada] = await scratch.query('SELECT id, created_at FROM users')
  expect(ada?.['created_at']).toBeTruthy()
  await scratch.query(
    `INSERT INTO posts (title, content, owner_id) VALUES ('Notes', '…', ${ada?.['id'] as number})`,
  )
  const titles = (): Promise<unknown> =>
    scratch.query('SELECT title, content FROM posts ORDER BY id')
  expect(await titles()).toEqual([
    { title: 'Hello', content: '' },
    { title: 'Notes', content: '…' },
  ])
  await expect(
    scratch.query("INSERT INTO users (email, password) VALUES ('ada@example.org', 'y')"),
  ).rejects.toThrow(/unique|duplicate/i)
  await scratch.query('DELETE FROM users')
  expect(await titles()).toEqual([{ title: 'Hello', content: '' }])
}

function modelsAfter(step: number): sa.MetaData {
  const metadata = sa.MetaData()
  const content = sa.Column('content', sa.Text(), { nullable: false })
  const ownerId = sa.Column('owner_id', sa.Integer())
  const owner = sa.ForeignKeyConstraint(['owner_id'], ['users.id'], {
    name: 'fk_posts_owner',
    ondelete: 'CASCADE',
  })
  sa.Table(
    'posts',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('title', sa.String(200), { nullable: false }),
    ...(step >= 2 ? [content] : []),
    ...(step >= 4 ? [ownerId, owner] : []),
  )
  if (step < 3) return metadata
  sa.Table(
    'users',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('email', sa.String(320), { nullable: false }),
    sa.Column('password', sa.String(100), { nullable: false }),
    sa.Column('created_at', sa.DateTime({ timezone: true }), {
      nullable: false,
      serverDefault: sa.func.now(),
    }),
    sa.UniqueConstraint('email', { name: 'uq_users_email' }),
  )
  return metadata
}
