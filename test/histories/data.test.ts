// What migrations of grown applications do beside DDL: look into the database, move rows, make types and sequences by hand.
import { expect, it } from 'vitest'
import { op, sa } from '../../src/index.ts'
import { scriptOf } from '../property/run.ts'
import { runsLive, type History } from './history.ts'

const task = sa.table(
  'task',
  sa.column('id', sa.Integer()),
  sa.column('owner', sa.String()),
  sa.column('state', sa.String()),
  sa.column('extra', sa.JSON()),
)

const states = () => sa.Enum('open', 'done', { name: 'task_state' })

const history: History = [
  {
    upgrade: async () => {
      const made = op.createTable(
        'task',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('owner', sa.String(40), { nullable: false }),
        sa.Column('extra', sa.JSON()),
      )
      // Not awaited: everything below must find it all the same.
      const rows = Array.from({ length: 300 }, (_, n) => ({
        id: n + 1,
        owner: `user ${n % 3}`,
        extra: { n, done: n % 2 === 0 },
      }))
      void op.bulkInsert(made, rows)
      const inspector = await sa.inspect(op.getBind())
      expect(await inspector.hasTable('task')).toBe(true)
      expect((await inspector.getColumns('task')).map(({ name }) => name)).toEqual([
        'id',
        'owner',
        'extra',
      ])
      if (await inspector.hasTable('owner')) throw new Error('there is no such table yet')
    },
    downgrade: () => {
      void op.dropTable('task')
    },
  },
  {
    // A type by hand, as ADD COLUMN needs it on PostgreSQL; elsewhere it is none.
    upgrade: async () => {
      await states().create(op.getBind(), { checkfirst: true })
      await states().create(op.getBind(), { checkfirst: true })
      await op.addColumn('task', sa.Column('state', states(), { nullable: true }))
      if (op.getContext().dialect.name === 'postgresql') {
        await op.createTable(
          'log',
          sa.Column(
            'state',
            sa.postgresql.ENUM('open', 'done', { name: 'task_state', createType: false }),
          ),
        )
      } else {
        await op.createTable('log', sa.Column('state', states()))
      }
    },
    downgrade: async () => {
      await op.dropTable('log')
      await op.batchAlterTable('task', (batch) => batch.dropColumn('state'))
      await states().drop(op.getBind(), { checkfirst: false })
      await states().drop(op.getBind(), { checkfirst: true })
    },
  },
  {
    // Rows that are read, worked on and written back; a table that is made of them.
    upgrade: async () => {
      const bind = op.getBind()
      await op.createTable(
        'owner',
        sa.Column('id', sa.Integer(), { primaryKey: true }),
        sa.Column('name', sa.String(40), { nullable: false, unique: true }),
      )
      const owner = sa.table('owner', sa.column('id', sa.Integer()), sa.column('name', sa.String()))
      const isPostgresql = bind.dialect.name === 'postgresql'
      for (const { id, extra } of await bind.execute(sa.select(task.c.id, task.c.extra))) {
        const { done } = (typeof extra === 'string' ? JSON.parse(extra) : extra) as {
          done: boolean
        }
        const state = done ? 'done' : 'open'
        const value = isPostgresql ? sa.cast(state, states()) : state
        void op.execute(sa.update(task).where(task.c.id.eq(id)).values({ state: value }))
      }
      const names = new Set(
        (await bind.execute('SELECT owner FROM task')).map((row) => String(row['owner'])),
      )
      await op.bulkInsert(
        owner,
        [...names].map((name) => ({ name })),
      )
      await op.addColumn('task', sa.Column('owner_id', sa.Integer()))
      const withOwner = sa.table('task', sa.column('owner'), sa.column('owner_id'))
      await op.execute(
        withOwner.update().values({
          owner_id: sa.select(owner.c.id).where(owner.c.name.eq(withOwner.c.owner)),
        }),
      )
      const joined = await bind.execute(
        sa
          .select(sa.func.count().label('tasks'), sa.func.max(owner.c.id))
          .where(owner.c.id.eq(withOwner.c.owner_id), owner.c.name.eq('user 1')),
      )
      expect(Number(joined[0]?.['tasks'])).toBe(100)
      const [first] = await bind.execute('SELECT count(*) AS n FROM task WHERE state = :state', {
        state: 'done',
      })
      expect(Number(first?.['n'])).toBe(150)
      await op.batchAlterTable('task', (batch) => {
        void batch.createForeignKey('fk_task_owner', 'owner', ['owner_id'], ['id'])
        void batch.alterColumn('owner_id', { existingType: sa.Integer(), nullable: false })
        void batch.dropColumn('owner')
      })
    },
    downgrade: async () => {
      await op.addColumn(
        'task',
        sa.Column('owner', sa.String(40), { nullable: false, serverDefault: '' }),
      )
      await op.execute(
        'UPDATE task SET owner = (SELECT name FROM owner WHERE owner.id = owner_id);',
      )
      await op.batchAlterTable('task', (batch) => {
        void batch.dropConstraint('fk_task_owner', 'foreignkey')
        void batch.dropColumn('owner_id')
        void batch.alterColumn('owner', {
          existingType: sa.String(40),
          existingNullable: false,
          serverDefault: null,
        })
      })
      await op.dropTable('owner')
    },
  },
  {
    // A temporary table, a sequence, statements outside the transaction.
    upgrade: async () => {
      const dialect = op.getContext().dialect.name
      const chosen = op.createTable(
        'chosen',
        sa.Column('id', sa.Integer(), { autoincrement: false }),
        { prefixes: ['TEMPORARY'] },
      )
      void op.bulkInsert(chosen, [{ id: 1 }, { id: 2 }])
      void op.execute('DELETE FROM task WHERE id IN (SELECT id FROM chosen)')
      void op.dropTable('chosen')
      if (dialect !== 'sqlite') {
        const numbers = sa.Sequence('ticket_number', { start: 1000 })
        await op.execute(sa.CreateSequence(numbers))
        await op.createTable(
          'ticket',
          sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
        )
        await op.execute(
          sa.insert(sa.table('ticket', sa.column('id'))).values({ id: numbers.nextValue() }),
        )
      }
      await op.getContext().autocommitBlock(async () => {
        if (dialect === 'postgresql')
          await op.execute("ALTER TYPE task_state ADD VALUE IF NOT EXISTS 'late'")
      })
      if (dialect === 'postgresql') await op.execute("UPDATE task SET state = 'late' WHERE id = 3")
    },
    downgrade: async () => {
      if (op.getContext().dialect.name === 'postgresql')
        await op.execute("UPDATE task SET state = 'open' WHERE state = 'late'")
      if (op.getContext().dialect.name === 'sqlite') return
      await op.dropTable('ticket')
      await op.execute(sa.DropSequence(sa.Sequence('ticket_number'), { ifExists: true }))
    },
  },
]

runsLive('data', history, async ({ db, inspector, query }) => {
  expect(await query('SELECT id, name FROM owner ORDER BY name')).toMatchObject([
    { name: 'user 0' },
    { name: 'user 1' },
    { name: 'user 2' },
  ])
  const [counted] = await query("SELECT count(*) AS n FROM task WHERE state = 'done'")
  expect(Number(counted?.['n'])).toBe(db === 'postgresql' ? 148 : 149)
  expect(await inspector.getForeignKeys('task')).toMatchObject([{ name: 'fk_task_owner' }])
  if (db !== 'sqlite') expect(await query('SELECT id FROM ticket')).toEqual([{ id: 1000 }])
})

it('types and sequences made by hand are in scripts, too', async () => {
  const body = async () => {
    const mood = sa.Enum('good', 'bad', { name: 'mood' })
    const positive = sa.postgresql.DOMAIN('positive', sa.Integer(), { check: 'VALUE > 0' })
    await mood.create(op.getBind())
    await sa.postgresql.ENUM('s', 'm', { name: 'size' }).create(op.getBind())
    if (op.getContext().dialect.name === 'postgresql') await positive.create(op.getBind())
    await op.addColumn('t', sa.Column('mood', mood))
    await mood.drop(op.getBind(), { checkfirst: true })
  }
  expect(await scriptOf({ dialectName: 'postgresql' }, body)).toBe(
    `CREATE TYPE mood AS ENUM ('good', 'bad');

CREATE TYPE size AS ENUM ('s', 'm');

CREATE DOMAIN positive AS INTEGER CHECK (VALUE > 0);

ALTER TABLE t ADD COLUMN mood mood;

DROP TYPE mood;

`,
  )
  expect(await scriptOf({ dialectName: 'mysql' }, body)).toBe(
    "ALTER TABLE t ADD COLUMN mood ENUM('good','bad');\n\n",
  )
})

it('a script has no database to look into', async () => {
  const body = async () => await sa.inspect(op.getBind())
  await expect(scriptOf({ dialectName: 'sqlite' }, body)).rejects.toThrow(
    'There is no connection in --sql mode; ask op.getContext().asSql',
  )
})
