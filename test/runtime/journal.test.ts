import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import type { MigrationFunction } from '../../src/script/script.ts'
import { getLogger, type LogRecord } from '../../src/util/logging.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from './history.ts'

const journal = 'alembic_version_journal'

const DATABASES = ['postgresql', 'mariadb', 'sqlite', 'firebird'] as const

describeDatabases(DATABASES, 'an unfinished revision', (db) => {
  /** On Firebird a failed statement takes back what came before it, up to the latest DDL. */
  const isFirebird = db.name === 'firebird'
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

  async function migrate(
    upgrade: MigrationFunction,
    options: MigrationContextOptions = {},
  ): Promise<void> {
    const fn = inMemoryHistory([{ id: 'a1', down: null, upgrade }]).upgradeTo('a1')
    const context = await MigrationContext.configure({ connection, fn, ...options })
    await context.beginTransaction(() => context.runMigrations())
  }

  /** Commits on every database: MariaDB and Firebird do it by themselves. */
  const runForGood = async (sql: string): Promise<void> => {
    if (db.name === 'mariadb' || isFirebird) await op.execute(sql)
    else await op.getContext().autocommitBlock(async () => await op.execute(sql))
  }

  const broken: MigrationFunction = async () => {
    await runForGood('CREATE TABLE a (x INTEGER)')
    await op.execute('INSERT INTO a VALUES (1)')
    await runForGood('CREATE TABLE b (x INTEGER)')
    await op.execute('INSERT INTO b VALUES (1)')
    await runForGood('CREATE TABLE a (x INTEGER)')
  }

  const mended: MigrationFunction = async () => {
    await runForGood('CREATE TABLE a (x INTEGER)')
    await op.execute('INSERT INTO a VALUES (1)')
    await runForGood('CREATE TABLE b (x INTEGER)')
    await op.execute('INSERT INTO b VALUES (1)')
    await runForGood('CREATE TABLE c (x INTEGER)')
  }

  const count = async (table: string): Promise<number> =>
    Number(Object.values((await scratch.query(`SELECT count(*) FROM ${table}`))[0]!)[0])
  const versions = async (): Promise<unknown[]> =>
    (await scratch.query('SELECT version_num FROM alembic_version')).map(
      (row) => row['version_num'],
    )

  async function warningsOf(body: () => Promise<void>): Promise<string[]> {
    const records: LogRecord[] = []
    const handler = (record: LogRecord): void => void records.push(record)
    const logger = getLogger('alembic.runtime.migration')
    logger.handlers.add(handler)
    try {
      await body()
    } finally {
      logger.handlers.delete(handler)
    }
    return records.filter(({ level }) => level === 'WARNING').map(({ message }) => message)
  }

  const standing = (): string =>
    `left the upgrade of revision a1 unfinished in ${makeUrl(scratch.url).toString()}: ` +
    (isFirebird
      ? '3 statements were carried out, the latest: CREATE TABLE b (x INTEGER).'
      : '4 statements were carried out, the latest: INSERT INTO b VALUES (1). Then came: CREATE TABLE a (x INTEGER). It was not carried out.')
  const wayOut =
    'go on with alembic upgrade a1 --resume; or mend the database by hand and say with alembic stamp where it is'

  it('says where it stands, at once and in the next run, which changes nothing', async () => {
    const warnings = await warningsOf(() =>
      expect(migrate(broken)).rejects.toThrow(/CREATE TABLE a/),
    )
    expect(warnings).toEqual([`This run ${standing()} Mend the cause, then ${wayOut}`])
    await expect(migrate(mended)).rejects.toMatchObject({
      code: 'MIGRATION_UNFINISHED',
      message: `An earlier run ${standing()} Nothing was changed now: ${wayOut}`,
    })
    expect([await count('a'), await count('b')]).toEqual([1, isFirebird ? 0 : 1])
    expect(await versions()).toEqual([])
  })

  it('is told to whoever only looks', async () => {
    const look = async (): Promise<void> =>
      await (await MigrationContext.configure({ connection })).warnOfUnfinished()
    expect(await warningsOf(look)).toEqual([])
    await expect(migrate(broken)).rejects.toThrow()
    const latest = isFirebird ? 'CREATE TABLE b (x INTEGER)' : 'CREATE TABLE a (x INTEGER)'
    expect(await warningsOf(look)).toEqual([
      `The upgrade of revision a1 is not complete in ${makeUrl(scratch.url).toString()}, the latest statement being: ${latest}. Unless a run is under way (see alembic lock status), ${wayOut}`,
    ])
  })

  it('goes on after the last statement that was carried out', async () => {
    await expect(migrate(broken)).rejects.toThrow()
    await migrate(mended, { resume: 'continue' })
    expect([await count('a'), await count('b'), await count('c')]).toEqual([1, 1, 0])
    expect(await versions()).toEqual(['a1'])
    await expect(count(journal)).rejects.toThrow()
  })

  it('is not gone on with where the file now says something else', async () => {
    await expect(migrate(broken)).rejects.toThrow()
    const changed: MigrationFunction = async () => {
      await runForGood('CREATE TABLE a (x INTEGER)')
      await op.execute('INSERT INTO a VALUES (2)')
    }
    await expect(migrate(changed, { resume: 'continue' })).rejects.toThrow(
      'INSERT INTO a VALUES (2) instead of INSERT INTO a VALUES (1)',
    )
    expect(await count('a')).toBe(1)
    const shorter: MigrationFunction = () => runForGood('CREATE TABLE a (x INTEGER)')
    await expect(migrate(shorter, { resume: 'continue' })).rejects.toThrow(
      'ended before it came to',
    )
    await migrate(mended, { resume: 'continue' })
    expect(await versions()).toEqual(['a1'])
  })

  it('begins anew only where nothing of it was carried out', async () => {
    await expect(migrate(broken)).rejects.toThrow()
    await expect(migrate(mended, { resume: 'restart' })).rejects.toThrow(
      `${isFirebird ? 3 : 4} statements of its upgrade were carried out`,
    )
  })

  it('does not come about where the first statement fails', async () => {
    const wrong: MigrationFunction = () => runForGood('CREATE TABLE (x INTEGER)')
    expect(await warningsOf(() => expect(migrate(wrong)).rejects.toThrow())).toEqual([])
    await expect(count(journal)).rejects.toThrow()
    await migrate(mended)
    expect(await versions()).toEqual(['a1'])
  })

  it('is forgotten by a stamp', async () => {
    await expect(migrate(broken)).rejects.toThrow()
    await migrate(() => undefined, { forgetUnfinished: true })
    expect(await versions()).toEqual(['a1'])
    await expect(count(journal)).rejects.toThrow()
  })

  it('runs what only reads or sets the session once more', async () => {
    const seen: number[] = []
    const reading =
      (last: string): MigrationFunction =>
      async () => {
        await runForGood('CREATE TABLE a (x INTEGER)')
        await op.execute('INSERT INTO a VALUES (1)')
        const rows = await op.getBind().execute('SELECT x FROM a')
        seen.push(rows.length)
        await runForGood(last)
      }
    await expect(migrate(reading('CREATE TABLE a (x INTEGER)'))).rejects.toThrow()
    await migrate(reading('CREATE TABLE b (x INTEGER)'), { resume: 'continue' })
    expect(seen).toEqual([1, 1])
    expect(await count('a')).toBe(1)
  })

  // SQLite knows no procedures, and on Firebird a statement is committed with its entry.
  if (db.name === 'sqlite' || isFirebird) return

  it('whose last statement is unclear wants an answer', async () => {
    const isMariadb = db.name === 'mariadb'
    if (isMariadb) {
      await scratch.query(
        "CREATE PROCEDURE half() BEGIN CREATE TABLE z (x INTEGER); SIGNAL SQLSTATE '45000'; END",
      )
    }
    const name = isMariadb ? 'CALL half()' : "DO $$ BEGIN RAISE 'no'; END $$"
    const opaque =
      (last: string): MigrationFunction =>
      async () => {
        await runForGood('CREATE TABLE a (x INTEGER)')
        await runForGood(last)
      }
    await expect(migrate(opaque(name))).rejects.toThrow()
    await expect(migrate(opaque(name), { resume: 'continue' })).rejects.toThrow(
      "It can't be told whether the last statement",
    )
    await migrate(opaque(name), { resume: 'after' })
    expect(await versions()).toEqual(['a1'])
  })
})

describeDatabases(DATABASES, 'an upgrade that failed', (db) => {
  it('can be gone back from, but not run again before its remains are taken away', async () => {
    const scratch = await db.createScratch()
    const connection = await createEngine(scratch.url).connect()
    const runForGood = async (sql: string): Promise<void> => {
      await op.getContext().autocommitBlock(async () => await op.execute(sql))
    }
    let last = 'CREATE TABLE a (x INTEGER)'
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
        upgrade: async () => {
          await runForGood('CREATE TABLE b (x INTEGER)')
          await runForGood(last)
        },
      },
    ])
    const run = async (options: MigrationContextOptions): Promise<void> => {
      const context = await MigrationContext.configure({ connection, ...options })
      await context.beginTransaction(() => context.runMigrations())
    }
    const up = history.upgradeTo('b2')
    try {
      await expect(run({ fn: up, transactionPerMigration: true })).rejects.toThrow(/exist/)
      await run({ fn: history.upgradeTo('a1') })
      await run({ fn: history.downgradeTo(null) })
      last = 'CREATE TABLE c (x INTEGER)'
      const left = /upgrade of revision b2 was left unfinished.*Other revisions have run since/
      await expect(run({ fn: up })).rejects.toThrow(left)
      await expect(run({ fn: up, resume: 'continue' })).rejects.toThrow(left)
      await scratch.query('DROP TABLE b')
      await run({ fn: up, resume: 'restart' })
      expect(await scratch.query('SELECT version_num FROM alembic_version')).toEqual([
        { version_num: 'b2' },
      ])
      await expect(scratch.query(`SELECT * FROM ${journal}`)).rejects.toThrow()
    } finally {
      await connection.close()
      await scratch.dispose()
    }
  })
})

describeDatabases(['mariadb'], 'tables that trade places', (db) => {
  it.each([
    ['RENAME TABLE a TO t, b TO a, t TO b', false],
    ['RENAME TABLE `a` TO `t`, `b` TO `a`, `t` TO `b`', false],
    ['RENAME TABLE a TO a_old, b TO a', true],
  ])('cannot be told from those that did not: %s', async (sql, isTold) => {
    const scratch = await db.createScratch()
    const connection = await createEngine(scratch.url).connect()
    try {
      for (const table of ['a', 'b']) await scratch.query(`CREATE TABLE ${table} (x INTEGER)`)
      const context = await MigrationContext.configure({ connection })
      const before = await context.impl.journal?.fingerprint(connection, sql)
      await scratch.query(sql)
      const after = await context.impl.journal?.fingerprint(connection, sql)
      if (isTold) expect(after).not.toBe(before)
      else expect([before, after]).toEqual([null, null])
    } finally {
      await connection.close()
      await scratch.dispose()
    }
  })
})

describeDatabases(['mariadb'], 'locked tables', (db) => {
  it('are one part of the journal, in which nothing else can be written', async () => {
    const scratch = await db.createScratch()
    const connection = await createEngine(scratch.url).connect()
    const restore =
      (last: string): MigrationFunction =>
      async () => {
        await op.execute('CREATE TABLE a (x INTEGER)')
        await op.execute('LOCK TABLES a WRITE')
        await op.execute('INSERT INTO a VALUES (1)')
        await op.execute('UNLOCK TABLES')
        await op.execute(last)
      }
    const migrate = async (upgrade: MigrationFunction, resume: 'continue' | null) => {
      const fn = inMemoryHistory([{ id: 'a1', down: null, upgrade }]).upgradeTo('a1')
      const context = await MigrationContext.configure({ connection, fn, resume })
      await context.beginTransaction(() => context.runMigrations())
    }
    try {
      await expect(migrate(restore('CREATE TABLE a (x INTEGER)'), null)).rejects.toThrow(/exists/)
      await migrate(restore('CREATE TABLE b (x INTEGER)'), 'continue')
      expect(await scratch.query('SELECT x FROM a')).toEqual([{ x: 1 }])
      expect(await scratch.query('SELECT version_num FROM alembic_version')).toHaveLength(1)
    } finally {
      await connection.close()
      await scratch.dispose()
    }
  })
})

describeDatabases(['postgresql'], 'an index built concurrently', (db) => {
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

  it('leaves nothing behind when it fails', async () => {
    await scratch.query('CREATE TABLE t (x INTEGER)')
    await scratch.query('INSERT INTO t VALUES (1), (1)')
    const upgrade = (): unknown =>
      op.createIndex('uq_t_x', 't', ['x'], { unique: true, postgresql: { concurrently: true } })
    const fn = inMemoryHistory([{ id: 'a1', down: null, upgrade }]).upgradeTo('a1')
    const run = async (): Promise<void> => {
      const context = await MigrationContext.configure({ connection, fn })
      await context.beginTransaction(() => context.runMigrations())
    }
    await expect(run()).rejects.toThrow(/could not create unique index/)
    expect(await scratch.query("SELECT 1 FROM pg_class WHERE relname = 'uq_t_x'")).toEqual([])
    await scratch.query('DELETE FROM t')
    await run()
    expect(
      await scratch.query(
        "SELECT indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname = 'uq_t_x'",
      ),
    ).toEqual([{ indisvalid: true }])
  })
})
