// What a user of migrations sees on Firebird, where a transaction can't use what DDL of its own has made.
import { expect, it } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import { op } from '../../../src/index.ts'
import { MigrationContext } from '../../../src/runtime/migration-context.ts'
import * as sa from '../../../src/sa.ts'
import { inMemoryHistory } from '../../runtime/history.ts'
import { describeFirebird } from './live.ts'

const users = sa.table('users', sa.column('id', sa.Integer()), sa.column('name', sa.String()))

const history = inMemoryHistory([
  {
    id: 'a1',
    down: null,
    upgrade: () => {
      void op.createTable('users', sa.Column('id', sa.Integer(), { primaryKey: true }))
      void op.execute('INSERT INTO users (id) VALUES (1)')
      void op.addColumn('users', sa.Column('name', sa.String(20)))
      void op.execute("UPDATE users SET name = 'first'")
      void op.bulkInsert(users, [{ id: 2, name: 'second' }])
      return op.alterColumn('users', 'name', { nullable: false, existingType: sa.String(20) })
    },
    downgrade: () => op.dropTable('users'),
  },
  {
    id: 'b2',
    down: 'a1',
    upgrade: () => {
      void op.bulkInsert(users, [{ id: 3, name: 'never' }])
      return op.execute('INSERT INTO nowhere (id) VALUES (1)')
    },
  },
  {
    id: 'c2',
    down: 'a1',
    upgrade: () => {
      void op.addColumn('users', sa.Column('age', sa.Integer()))
      void op.bulkInsert(users, [{ id: 3, name: 'never' }])
      return op.execute('INSERT INTO nowhere (id) VALUES (1)')
    },
  },
])

describeFirebird('migrations on Firebird', (connection, url) => {
  const run = async (fn: ReturnType<typeof history.upgradeTo>): Promise<void> => {
    const context = await MigrationContext.configure({ connection: connection(), fn, lock: 'off' })
    await context.beginTransaction(() => context.runMigrations())
  }
  /** As another connection sees it: only what was committed. */
  const seen = async (sql: string): Promise<unknown[]> => {
    const other = await createEngine(url()).connect()
    const { rows } = await other.execute(sql)
    await other.close()
    return rows.map((row) => Object.values(row).join(' '))
  }
  const versions = (): Promise<unknown[]> => seen('SELECT version_num FROM alembic_version')
  const names = (): Promise<unknown[]> => seen('SELECT id, name FROM users ORDER BY id')

  it('a revision fills the column that it adds', async () => {
    await run(history.upgradeTo('a1'))
    expect(await names()).toEqual(['1 first', '2 second'])
    expect(await versions()).toEqual(['a1'])
  })

  it('a revision without DDL that fails leaves nothing', async () => {
    await expect(run(history.upgradeTo('b2'))).rejects.toThrow(/Table unknown, NOWHERE/)
    expect(await names()).toEqual(['1 first', '2 second'])
    expect(await versions()).toEqual(['a1'])
  })

  it('a revision that fails leaves its DDL, and no rows that came after it', async () => {
    await expect(run(history.upgradeTo('c2'))).rejects.toThrow(/Table unknown, NOWHERE/)
    expect(await seen('SELECT age FROM users')).toEqual(['', ''])
    expect(await names()).toEqual(['1 first', '2 second'])
    expect(await versions()).toEqual(['a1'])
  })

  it('says what is half done, and goes on with it', async () => {
    await expect(run(history.upgradeTo('c2'))).rejects.toThrow(
      /^An earlier run left the upgrade of revision c2 unfinished in firebird:\/\/\S+: 1 statement was carried out, the latest: ALTER TABLE users ADD age INTEGER\. Nothing was changed now: go on with alembic upgrade c2 --resume; or/,
    )
    await connection().execute('CREATE TABLE nowhere (id INTEGER)')
    const fn = history.upgradeTo('c2')
    const context = await MigrationContext.configure({
      ...{ connection: connection(), fn, lock: 'off', resume: 'continue' },
    })
    await context.beginTransaction(() => context.runMigrations())
    expect(await names()).toEqual(['1 first', '2 second', '3 never'])
    expect(await versions()).toEqual(['c2'])
    await connection().execute('DROP TABLE nowhere')
    await run(history.downgradeTo('a1'))
  })

  it('takes back alone what the commit refuses', async () => {
    const catching = inMemoryHistory([
      {
        id: 'x1',
        down: null,
        upgrade: async () => {
          await op.execute('CREATE TABLE twins (x INTEGER)')
          await op.execute('INSERT INTO twins VALUES (1)')
          await op.execute('INSERT INTO twins VALUES (1)')
          await op.createIndex('ux', 'twins', ['x'], { unique: true }).catch(() => undefined)
          await op.execute('CREATE TABLE behind (x INTEGER)')
          await op.execute('INSERT INTO behind SELECT x FROM twins')
        },
        downgrade: async () => {
          await op.dropTable('behind')
          await op.dropTable('twins')
        },
      },
    ])
    const context = await MigrationContext.configure({
      ...{ connection: connection(), lock: 'off', versionTable: 'other_version' },
      fn: catching.upgradeTo('x1'),
    })
    await context.beginTransaction(() => context.runMigrations())
    expect(await seen('SELECT x FROM behind')).toEqual(['1', '1'])
    expect(await seen('SELECT version_num FROM other_version')).toEqual(['x1'])
  })

  it('goes down again', async () => {
    await run(history.downgradeTo(null))
    await expect(names()).rejects.toThrow(/Table unknown/)
    expect(await versions()).toEqual([])
  })
})
