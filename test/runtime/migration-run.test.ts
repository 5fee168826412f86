import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

describeEachDatabase('a run', (db) => {
  let scratch: ScratchDatabase
  let open: Connection[]

  beforeEach(async () => {
    scratch = await db.createScratch()
    open = []
  })

  afterEach(async () => {
    for (const connection of open) await connection.close()
    await scratch.dispose()
  })

  async function connect(): Promise<Connection> {
    const connection = await createEngine(scratch.url).connect()
    open.push(connection)
    return connection
  }

  async function run(options: MigrationContextOptions): Promise<void> {
    const context = await MigrationContext.configure({ connection: await connect(), ...options })
    await context.beginTransaction(() => context.runMigrations())
  }

  const rows = async (): Promise<string[]> =>
    (await scratch.query('SELECT version_num FROM alembic_version ORDER BY 1')).map((row) =>
      String(row['version_num']),
    )
  const hasTable = async (name: string): Promise<boolean> => {
    try {
      await scratch.query(`SELECT 1 FROM ${name} WHERE 1 = 0`)
      return true
    } catch {
      return false
    }
  }
  const isTransactional = db.name !== 'mariadb'

  const history = inMemoryHistory([
    {
      id: 'a1',
      down: null,
      upgrade: () => op.execute('CREATE TABLE a (x INTEGER)'),
      downgrade: () => op.execute('DROP TABLE a'),
    },
    {
      id: 'b2',
      down: 'a1',
      upgrade: () => {
        void op.execute('CREATE TABLE b (x INTEGER)')
        void op.execute('INSERT INTO b VALUES (1)')
      },
      downgrade: () => op.execute('DROP TABLE b'),
    },
    {
      id: 'c3',
      down: 'b2',
      upgrade: async () => {
        await op.execute('CREATE TABLE c (x INTEGER)')
        await op.execute('INSERT INTO nowhere VALUES (1)')
      },
    },
  ])

  it('goes up and down, forgotten awaits and all', async () => {
    await run({ fn: history.upgradeTo('b2') })
    expect(await rows()).toEqual(['b2'])
    expect(await scratch.query('SELECT x FROM b')).toHaveLength(1)
    await run({ fn: history.downgradeTo('a1') })
    expect(await rows()).toEqual(['a1'])
    expect(await hasTable('b')).toBe(false)
    await run({ fn: history.downgradeTo(null) })
    expect(await rows()).toEqual([])
    expect(await hasTable('a')).toBe(false)
  })

  it('leaves what the reference leaves when a migration fails in the middle', async () => {
    await expect(run({ fn: history.upgradeTo('c3') })).rejects.toThrow(/nowhere/)
    if (db.name === 'postgresql') {
      // One transaction around everything: nothing is left, not even the version table.
      expect(await hasTable('alembic_version')).toBe(false)
      expect(await hasTable('a')).toBe(false)
    } else {
      expect(await rows()).toEqual(['b2'])
      expect(await hasTable('b')).toBe(true)
    }
    expect(await hasTable('c')).toBe(!isTransactional)
  })

  it('keeps finished revisions with one transaction per migration', async () => {
    const failing = run({ fn: history.upgradeTo('c3'), transactionPerMigration: true })
    await expect(failing).rejects.toThrow(/nowhere/)
    expect(await rows()).toEqual(['b2'])
    expect(await hasTable('c')).toBe(!isTransactional)
  })

  it('fails for a failure that nobody awaited, and does not move the version', async () => {
    const forgetful = inMemoryHistory([
      { id: 'a1', down: null, upgrade: () => op.execute('CREATE TABLE a (x INTEGER)') },
      {
        id: 'b2',
        down: 'a1',
        upgrade: () => {
          void op.execute('INSERT INTO nowhere VALUES (1)')
          void op.execute('CREATE TABLE never (x INTEGER)')
        },
      },
    ])
    await run({ fn: forgetful.upgradeTo('a1') })
    await expect(run({ fn: forgetful.upgradeTo('b2') })).rejects.toThrow(/nowhere/)
    expect(await rows()).toEqual(['a1'])
    expect(await hasTable('never')).toBe(false)
  })

  it('runs statements of op.getBind() in call order', async () => {
    const seen: unknown[] = []
    const reading = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: async () => {
          void op.execute('CREATE TABLE a (x INTEGER)')
          void op.execute('INSERT INTO a VALUES (7)')
          const found = await op.getBind().execute('SELECT x FROM a')
          seen.push(found[0]?.['x'])
        },
      },
    ])
    await run({ fn: reading.upgradeTo('a1') })
    expect(seen).toEqual([7])
  })

  it('tells onVersionApply of each step', async () => {
    const told: string[] = []
    await run({
      fn: history.upgradeTo('b2'),
      onVersionApply: ({ step, heads }) => {
        told.push(`${step.upRevisionId} heads ${[...heads].join()}`)
      },
    })
    expect(told).toEqual(['a1 heads a1', 'b2 heads b2'])
  })

  it('commits in an autocommit block what came before it', async () => {
    const blocky = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: async () => {
          await op.execute('CREATE TABLE before_block (x INTEGER)')
          await op.getContext().autocommitBlock(async () => {
            await op.execute('CREATE TABLE inside_block (x INTEGER)')
          })
          await op.execute('CREATE TABLE after_block (x INTEGER)')
          throw new Error('changed my mind')
        },
      },
    ])
    await expect(run({ fn: blocky.upgradeTo('a1') })).rejects.toThrow('changed my mind')
    expect(await hasTable('before_block')).toBe(true)
    expect(await hasTable('inside_block')).toBe(true)
    expect(await hasTable('after_block')).toBe(!isTransactional)
    expect(await rows()).toEqual([])
  })

  it('does so with what was called before it without an await', async () => {
    const connection = await connect()
    const sent: string[] = []
    connection.observe(({ sql }) => void sent.push(sql.replace(/ \(.*/s, '')))
    const hasty = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: () => {
          void op.execute('CREATE TABLE before_block (x INTEGER)')
          void op.getContext().autocommitBlock(() => {
            void op.execute('CREATE TABLE inside_block (x INTEGER)')
          })
          void op.execute('CREATE TABLE after_block (x INTEGER)')
        },
      },
    ])
    await run({ connection, fn: hasty.upgradeTo('a1') })
    const blocks = sent.filter((sql) => /_block$|^(?:BEGIN|COMMIT|START)/.test(sql))
    const from = blocks.indexOf('CREATE TABLE before_block')
    expect(blocks.slice(from).map((sql) => sql.replace(/^(?:BEGIN|START).*/, 'BEGIN'))).toEqual([
      'CREATE TABLE before_block',
      'COMMIT',
      'CREATE TABLE inside_block',
      'BEGIN',
      'CREATE TABLE after_block',
      'COMMIT',
    ])
    expect(await rows()).toEqual(['a1'])
  })

  it('fails for a failure in an autocommit block that nobody awaited', async () => {
    const failing = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: () => {
          void op.getContext().autocommitBlock(() => op.execute('INSERT INTO nowhere VALUES (1)'))
          void op.execute('CREATE TABLE after_block (x INTEGER)')
        },
      },
    ])
    await expect(run({ fn: failing.upgradeTo('a1') })).rejects.toThrow(/nowhere/)
    expect(await hasTable('after_block')).toBe(false)
    expect(await rows()).toEqual([])
  })

  it('refuses a connection in a transaction that nobody owns up to', async () => {
    const connection = await connect()
    await connection.execute('BEGIN')
    const configuring = MigrationContext.configure({ connection, fn: history.upgradeTo('a1') })
    await expect(configuring).rejects.toThrow(/has an open transaction/)
    await connection.execute('ROLLBACK')
  })

  it('leaves the commit to the caller who began the transaction', async () => {
    const connection = await connect()
    await connection.begin()
    const context = await MigrationContext.configure({ connection, fn: history.upgradeTo('a1') })
    await context.beginTransaction(() => context.runMigrations())
    expect(connection.inTransaction()).toBe(true)
    await connection.rollback()
    expect(await hasTable('a')).toBe(!isTransactional)
  })

  it('refuses an id that the version column cannot hold, before anything runs', async () => {
    const long = inMemoryHistory([
      {
        id: 'x'.repeat(40),
        down: null,
        upgrade: () => op.execute('CREATE TABLE a (x INTEGER)'),
      },
    ])
    await expect(run({ fn: long.upgradeTo('heads') })).rejects.toThrow(/has 40 characters/)
    expect(await hasTable('a')).toBe(false)
  })

  it('lets two runs at once do everything once', async () => {
    let ran = 0
    const counted = inMemoryHistory(
      ['a1', 'b2', 'c3', 'd4'].map((id, position, ids) => ({
        id,
        down: ids[position - 1] ?? null,
        upgrade: async () => {
          ran += 1
          await op.execute(`CREATE TABLE t_${id} (x INTEGER)`)
          await new Promise((resolve) => setTimeout(resolve, 20))
        },
      })),
    )
    await Promise.all([
      run({ fn: counted.upgradeTo('heads') }),
      run({ fn: counted.upgradeTo('heads') }),
      run({ fn: counted.upgradeTo('heads') }),
    ])
    expect(ran).toBe(4)
    expect(await rows()).toEqual(['d4'])
  })

  it('fails at once where another run holds the lock and lock is "fail"', async () => {
    const gate = withResolvers()
    const inside = withResolvers()
    const slow = inMemoryHistory([
      {
        id: 'a1',
        down: null,
        upgrade: async () => {
          await op.execute('CREATE TABLE a (x INTEGER)')
          inside.resolve()
          await gate.promise
        },
      },
    ])
    const first = run({ fn: slow.upgradeTo('a1') })
    await inside.promise
    const second = run({ fn: slow.upgradeTo('a1'), lock: 'fail' })
    await expect(second).rejects.toThrow(/Another migration run holds the lock/)
    const third = run({ fn: slow.upgradeTo('a1'), lockTimeout: 100 })
    await expect(third).rejects.toThrow(/Another migration run holds the lock/)
    gate.resolve()
    await first
    expect(await rows()).toEqual(['a1'])
  })
})

function withResolvers(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve!: () => void
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
