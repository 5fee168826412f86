// Public reports of rows, keys and indexes that other tools lost on SQLite, rebuilt from their descriptions. Foreign keys
// are enforced in all of them, and every change is a step of a migration.
import { describe, expect, it } from 'vitest'
import type { Operations } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { openBatchDatabase, type BatchDatabase } from './batch-database.ts'

/** The rows of these tables. */
async function rowsOf(database: BatchDatabase, ...tables: readonly string[]): Promise<unknown> {
  const all = tables.map(async (table) => [table, await database.rows(`SELECT * FROM ${table}`)])
  return Object.fromEntries(await Promise.all(all)) as unknown
}

/** Runs steps of a migration one by one, and sees that these tables have the rows that they had. */
async function keepsRows(
  database: BatchDatabase,
  tables: readonly string[],
  ...steps: readonly ((op: Operations) => Promise<void>)[]
): Promise<void> {
  const before = await rowsOf(database, ...tables)
  for (const step of steps) await database.migrate(step)
  expect(await rowsOf(database, ...tables)).toEqual(before)
  expect(await database.rows('PRAGMA foreign_key_check')).toEqual([])
  expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
}

describe('drizzle-orm', () => {
  const CHATS = [
    "CREATE TABLE chats (id TEXT PRIMARY KEY NOT NULL, mode TEXT DEFAULT 'preview' NOT NULL)",
    'CREATE TABLE messages (id TEXT PRIMARY KEY NOT NULL, chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE)',
    'CREATE TABLE message_attachments (id INTEGER PRIMARY KEY, message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE)',
    'CREATE TABLE inline_actions (id INTEGER PRIMARY KEY, chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE)',
    "INSERT INTO chats (id) VALUES ('c1'), ('c2')",
    "INSERT INTO messages VALUES ('m1', 'c1'), ('m2', 'c1'), ('m3', 'c2')",
    "INSERT INTO message_attachments VALUES (1, 'm1'), (2, 'm3')",
    "INSERT INTO inline_actions VALUES (1, 'c2')",
  ]
  const TABLES = ['chats', 'messages', 'message_attachments', 'inline_actions']

  async function changeDefault(op: Operations): Promise<void> {
    await op.batchAlterTable('chats', (batchOp) => {
      void batchOp.alterColumn('mode', { serverDefault: 'markup' })
    })
  }

  it('#5782: another default of a column deletes the rows of three tables', async () => {
    const database = await openBatchDatabase(...CHATS)
    await keepsRows(database, TABLES, changeDefault)
    await database.run("INSERT INTO chats (id) VALUES ('c3')")
    expect(await database.rows("SELECT mode FROM chats WHERE id = 'c3'")).toEqual([
      { mode: 'markup' },
    ])
  })

  it('#5782: and in a transaction that is open already, the change is refused', async () => {
    const database = await openBatchDatabase(...CHATS)
    const before = await rowsOf(database, ...TABLES)
    await database.run('BEGIN')
    await expect(changeDefault(database.op)).rejects.toThrow(
      "Table 'chats' can't be made anew here: rows of 'inline_actions' refer to it (ON DELETE CASCADE)",
    )
    await database.run('COMMIT')
    expect(await rowsOf(database, ...TABLES)).toEqual(before)
  })

  it('#4938: tables made anew one after the other, the parent among them, delete what cascades', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE account (account_id INTEGER PRIMARY KEY, name TEXT NOT NULL)',
      'CREATE TABLE property (property_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, FOREIGN KEY (account_id) REFERENCES account (account_id) ON DELETE CASCADE)',
      'CREATE TABLE unit (unit_id INTEGER PRIMARY KEY, property_id INTEGER NOT NULL, FOREIGN KEY (property_id) REFERENCES property (property_id) ON DELETE CASCADE)',
      "INSERT INTO account VALUES (1, 'a'), (2, 'b')",
      'INSERT INTO property VALUES (10, 1), (11, 2)',
      'INSERT INTO unit VALUES (100, 10), (101, 10), (102, 11)',
    )
    await keepsRows(database, ['account', 'property', 'unit'], async (op) => {
      for (const [table, column] of [
        ['unit', 'property_id'],
        ['property', 'account_id'],
        ['account', 'name'],
      ] as const) {
        await op.batchAlterTable(table, (batchOp) => {
          void batchOp.alterColumn(column, { nullable: true })
        })
      }
    })
  })
})

describe('typeorm', () => {
  it('#9770: several pending migrations in one run, the later ones with foreign keys on', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE "user" (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR NOT NULL)',
      'CREATE TABLE post (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "userId" INTEGER, CONSTRAINT "FK_user" FOREIGN KEY ("userId") REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE NO ACTION)',
      `INSERT INTO "user" (name) VALUES ('x'), ('y')`,
      'INSERT INTO post ("userId") VALUES (1), (1), (2)',
    )
    const addColumn = (name: string) => async (op: Operations) => {
      await op.batchAlterTable('user', { recreate: 'always' }, (batchOp) => {
        void batchOp.addColumn(sa.Column(name, sa.String()))
      })
    }
    await keepsRows(database, ['post'], addColumn('one'), addColumn('two'), addColumn('three'))
    expect(await database.rows('SELECT * FROM "user"')).toEqual([
      { id: 1, name: 'x', one: null, two: null, three: null },
      { id: 2, name: 'y', one: null, two: null, three: null },
    ])
  })

  it('#2584: a nullable column added to the parent empties the child', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE "Project" ("Id" VARCHAR PRIMARY KEY NOT NULL, "Name" VARCHAR)',
      'CREATE TABLE "Task" ("Id" VARCHAR PRIMARY KEY NOT NULL, "ProjectId" VARCHAR, FOREIGN KEY ("ProjectId") REFERENCES "Project" ("Id") ON DELETE CASCADE)',
      `INSERT INTO "Project" VALUES ('p', 'x')`,
      `INSERT INTO "Task" VALUES ('a', 'p'), ('b', 'p')`,
    )
    await keepsRows(
      database,
      ['"Task"'],
      async (op) => {
        await op.batchAlterTable('Project', (batchOp) => {
          void batchOp.addColumn(sa.Column('CustomVersion', sa.String(), { nullable: true }))
        })
      },
      async (op) => {
        await op.batchAlterTable('Project', { recreate: 'always' }, (batchOp) => {
          void batchOp.addColumn(sa.Column('Other', sa.String(), { nullable: true }))
        })
      },
    )
  })
})

describe('sequelize', () => {
  it('#15927: a column removed from the parent clears the table that refers to it', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE `Parents` (`id` INTEGER PRIMARY KEY AUTOINCREMENT, `keep` VARCHAR(255), `remove` VARCHAR(255))',
      'CREATE TABLE `Children` (`id` INTEGER PRIMARY KEY AUTOINCREMENT, `parentId` INTEGER REFERENCES `Parents` (`id`) ON DELETE CASCADE ON UPDATE CASCADE)',
      "INSERT INTO Parents VALUES (3, 'k', 'r')",
      'INSERT INTO Children VALUES (1, 3), (2, 3)',
    )
    await keepsRows(database, ['Children'], async (op) => {
      await op.batchAlterTable('Parents', (batchOp) => {
        void batchOp.dropColumn('remove')
      })
    })
    expect(await database.rows('SELECT * FROM Parents')).toEqual([{ id: 3, keep: 'k' }])
  })

  it('#5007: after several changes only the last foreign key is left', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE p (id INTEGER PRIMARY KEY)',
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, hash VARCHAR(200) NOT NULL UNIQUE, a INTEGER REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE, b INTEGER REFERENCES p (id) ON DELETE SET NULL, c INTEGER REFERENCES p (id))',
      'INSERT INTO p VALUES (1)',
      "INSERT INTO t VALUES (1, 'h', 1, 1, NULL)",
    )
    await keepsRows(
      database,
      ['p'],
      ...['a', 'b', 'c'].map((name) => async (op: Operations) => {
        await op.batchAlterTable('t', (batchOp) => {
          void batchOp.alterColumn(name, { newColumnName: `${name}_id` })
        })
      }),
    )
    expect(await database.rows('SELECT * FROM t')).toEqual([
      { id: 1, hash: 'h', a_id: 1, b_id: 1, c_id: null },
    ])
    expect(
      await database.rows(
        `SELECT "from", on_delete, on_update FROM pragma_foreign_key_list('t') ORDER BY "from"`,
      ),
    ).toEqual([
      { from: 'a_id', on_delete: 'CASCADE', on_update: 'CASCADE' },
      { from: 'b_id', on_delete: 'SET NULL', on_update: 'NO ACTION' },
      { from: 'c_id', on_delete: 'NO ACTION', on_update: 'NO ACTION' },
    ])
    expect((await database.schemaOf('t'))[0]).toMatch(/AUTOINCREMENT.*NOT NULL.*UNIQUE \(hash\)/)
  })
})

describe('knex', () => {
  it('#6213: dropping a column triggers ON DELETE CASCADE of another table', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE test_customers (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR(255), gender VARCHAR(255))',
      'CREATE TABLE test_orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, FOREIGN KEY (customer_id) REFERENCES test_customers (id) ON DELETE CASCADE)',
      "INSERT INTO test_customers VALUES (1, 'x', 'f'), (2, 'y', 'm')",
      'INSERT INTO test_orders VALUES (1, 1), (2, 2), (3, 2)',
    )
    await keepsRows(database, ['test_orders'], async (op) => {
      await op.batchAlterTable('test_customers', (batchOp) => {
        void batchOp.dropColumn('gender')
      })
    })
  })

  it('#631: dropping a column loses the indexes of others', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, email VARCHAR(255), town TEXT, old TEXT)',
      'CREATE UNIQUE INDEX t_email_unique ON t (email)',
      'CREATE INDEX t_town ON t (town) WHERE town IS NOT NULL',
      "INSERT INTO t VALUES (1, 'a@b', 'x', 'o')",
    )
    await database.migrate(async (op) => {
      await op.batchAlterTable('t', (batchOp) => {
        void batchOp.dropColumn('old')
      })
    })
    expect((await database.schemaOf('t')).slice(1)).toEqual([
      'CREATE UNIQUE INDEX t_email_unique ON t (email)',
      'CREATE INDEX t_town ON t (town) WHERE town IS NOT NULL',
    ])
    await expect(database.run("INSERT INTO t VALUES (2, 'a@b', 'x')")).rejects.toThrow(/UNIQUE/)
  })

  it('#4155: a table that is referred to cannot be altered while foreign keys are on', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT)',
      'CREATE TABLE b (a_id INTEGER REFERENCES a (id))',
      "INSERT INTO a VALUES (1, 'x')",
      'INSERT INTO b VALUES (1)',
    )
    await keepsRows(database, ['b'], async (op) => {
      await op.batchAlterTable('a', (batchOp) => {
        void batchOp.alterColumn('x', { newColumnName: 'y' })
      })
    })
    expect(await database.rows('SELECT * FROM a')).toEqual([{ id: 1, y: 'x' }])
  })
})
