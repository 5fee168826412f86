import { describe, expect, it } from 'vitest'
import type { Operations } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import {
  batchDatabaseOver,
  connectMemory,
  openBatchDatabase,
  type BatchDatabase,
} from './batch-database.ts'

const PARENT = 'CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT)'
const ROWS = [
  "INSERT INTO p VALUES (1, 'x'), (2, 'y')",
  'INSERT INTO c VALUES (10, 1), (11, 2), (12, NULL)',
]

async function family(ondelete: string): Promise<BatchDatabase> {
  return await openBatchDatabase(
    PARENT,
    `CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id) ON DELETE ${ondelete})`,
    ...ROWS,
  )
}

const children = [
  { id: 10, p_id: 1 },
  { id: 11, p_id: 2 },
  { id: 12, p_id: null },
]

async function changeParent(op: Operations): Promise<void> {
  await op.batchAlterTable('p', (batchOp) => {
    void batchOp.alterColumn('a', { type: sa.String(9), nullable: false })
  })
}

describe('rows that refer to a table which is made anew', () => {
  describe.each(['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'])(
    'ON DELETE %s',
    (ondelete) => {
      it('stay in a migration', async () => {
        const database = await family(ondelete)
        await database.migrate(changeParent)
        expect(await database.rows('SELECT * FROM c')).toEqual(children)
        expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
        expect(await database.schemaOf('c')).toEqual([
          `CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id) ON DELETE ${ondelete})`,
        ])
      })

      it('stay outside of a transaction', async () => {
        const database = await family(ondelete)
        await changeParent(database.op)
        expect(await database.rows('SELECT * FROM c')).toEqual(children)
        expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
      })

      it('stop the batch in a transaction of the user', async () => {
        const database = await family(ondelete)
        await database.run('BEGIN')
        await expect(changeParent(database.op)).rejects.toThrow(
          `Table 'p' can't be made anew here: rows of 'c' refer to it (ON DELETE ${ondelete})`,
        )
        await database.run('COMMIT')
        expect(await database.schemaOf('p')).toEqual([PARENT])
        expect(await database.rows('SELECT * FROM c')).toEqual(children)
      })
    },
  )

  it('stay when they are rows of the table itself', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT, up INTEGER REFERENCES p (id) ON DELETE CASCADE)',
      "INSERT INTO p VALUES (1, 'x', NULL), (2, 'y', 1), (3, 'z', 2)",
    )
    await database.migrate(changeParent)
    expect(await database.rows('SELECT id, up FROM p')).toEqual([
      { id: 1, up: null },
      { id: 2, up: 1 },
      { id: 3, up: 2 },
    ])
    await database.run('DELETE FROM p WHERE id = 1')
    expect(await database.rows('SELECT * FROM p')).toEqual([])
  })

  it('stay where the migration fails later', async () => {
    const database = await family('CASCADE')
    const failing = database.migrate(async (op) => {
      await changeParent(op)
      await op.execute('SELECT nonsense')
    })
    await expect(failing).rejects.toThrow('no such column: nonsense')
    expect(await database.schemaOf('p')).toEqual([PARENT])
    expect(await database.rows('SELECT * FROM c')).toEqual(children)
    expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
  })

  it('are no obstacle in a transaction of the user where foreign keys are off, or none refer', async () => {
    const off = await family('CASCADE')
    await off.run('PRAGMA foreign_keys = OFF', 'BEGIN')
    await changeParent(off.op)
    await off.run('COMMIT')
    expect(await off.rows('SELECT * FROM c')).toEqual(children)

    const none = await family('CASCADE')
    await none.run('DELETE FROM c', 'BEGIN')
    await changeParent(none.op)
    await none.run('COMMIT')
    expect(await none.rows('SELECT id FROM p')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('must find the column that they refer to', async () => {
    const database = await openBatchDatabase(
      'CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE)',
      'CREATE TABLE c (id INTEGER, p_code TEXT REFERENCES p (code))',
      "INSERT INTO p VALUES (1, 'x')",
      "INSERT INTO c VALUES (1, 'x')",
    )
    const dropping = database.migrate(async (op) => {
      await op.batchAlterTable('p', (batchOp) => {
        void batchOp.dropColumn('code')
      })
    })
    await expect(dropping).rejects.toThrow(
      `Making table 'p' anew would leave a foreign key of 'c' useless (foreign key mismatch - "c" referencing "p")`,
    )
    expect(await database.rows('SELECT * FROM p')).toEqual([{ id: 1, code: 'x' }])
  })

  it('must be right when a foreign key is added', async () => {
    const database = await openBatchDatabase(
      PARENT,
      'CREATE TABLE c (id INTEGER, p_id INTEGER)',
      'INSERT INTO c VALUES (1, 7)',
    )
    const adding = database.migrate(async (op) => {
      await op.batchAlterTable('c', (batchOp) => {
        void batchOp.createForeignKey('fk', 'p', ['p_id'], ['id'])
      })
    })
    await expect(adding).rejects.toThrow(
      "Making table 'c' anew would leave 1 rows of 'c' that break a foreign key",
    )
    expect(await database.schemaOf('c')).toEqual(['CREATE TABLE c (id INTEGER, p_id INTEGER)'])
  })
})

it('PRAGMA defer_foreign_keys does not keep ON DELETE from acting, which is why nothing here relies on it', async () => {
  // As Cloudflare D1 does it (measured with miniflare 4.20260426): the steps of a batch, foreign keys enforced but deferred.
  const database = await family('CASCADE')
  await database.run(
    'BEGIN',
    'PRAGMA foreign_keys = OFF',
    'PRAGMA defer_foreign_keys = ON',
    'CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT)',
    'INSERT INTO n SELECT id, a FROM p',
    'DROP TABLE p',
    'ALTER TABLE n RENAME TO p',
  )
  expect(await database.rows('SELECT * FROM c')).toEqual([{ id: 12, p_id: null }])
  await database.run('ROLLBACK')
  expect(await database.rows('SELECT * FROM c')).toEqual(children)
})

type Answer = (sql: string) => Readonly<Record<string, unknown>>[] | undefined

/** A database behind a server that answers some pragmas itself, as hosted ones do. */
async function hosted(answer: Answer, ...statements: readonly string[]): Promise<BatchDatabase> {
  const connection = await connectMemory()
  const { driverConnection } = connection
  const execute = driverConnection.execute.bind(driverConnection)
  driverConnection.execute = async (sql, parameters) => {
    const rows = answer(sql)
    return rows === undefined ? await execute(sql, parameters) : { rows, rowCount: undefined }
  }
  return await batchDatabaseOver(connection, ...statements)
}

const ignoresSetting: Answer = (sql) => (/^PRAGMA foreign_keys\s*=/i.test(sql) ? [] : undefined)
const answersNothing: Answer = (sql) => (/^PRAGMA foreign_keys/i.test(sql) ? [] : undefined)
const answersBigInt: Answer = (sql) =>
  /^PRAGMA foreign_keys$/i.test(sql) ? [{ foreign_keys: 1n }] : ignoresSetting(sql)

describe.each([
  ['ignores PRAGMA foreign_keys = OFF', ignoresSetting],
  ['says nothing about foreign keys', answersNothing],
  ['answers with a bigint', answersBigInt],
])('a server that %s', (_, answer) => {
  it.each(['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION'])(
    'makes no table anew that rows refer to with ON DELETE %s',
    async (ondelete) => {
      const child = `CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id) ON DELETE ${ondelete})`
      const database = await hosted(answer, PARENT, child, ...ROWS)
      const refusal = `Table 'p' can't be made anew here: rows of 'c' refer to it (ON DELETE ${ondelete}), and foreign keys are enforced`
      await expect(database.migrate(changeParent)).rejects.toThrow(refusal)
      await expect(changeParent(database.op)).rejects.toThrow(refusal)
      await database.run('PRAGMA defer_foreign_keys = ON')
      await expect(database.migrate(changeParent)).rejects.toThrow(refusal)
      expect(await database.rows('SELECT * FROM c')).toEqual(children)
      expect(await database.schemaOf('p')).toEqual([PARENT])
    },
  )

  it('makes others anew, and those whose references the migration takes away first', async () => {
    const database = await hosted(
      answer,
      PARENT,
      'CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id) ON DELETE CASCADE)',
      ...ROWS,
    )
    await database.migrate(async (op) => {
      await op.batchAlterTable('c', { namingConvention: { fk: 'fk_%(column_0_name)s' } }, (b) => {
        void b.dropConstraint('fk_p_id', 'foreignkey')
      })
      await changeParent(op)
      await op.batchAlterTable('c', (b) => {
        void b.createForeignKey('fk_p', 'p', ['p_id'], ['id'], { ondelete: 'CASCADE' })
      })
    })
    expect(await database.rows('SELECT * FROM c')).toEqual(children)
    expect((await database.schemaOf('p'))[0]).toContain('a VARCHAR(9) NOT NULL')
    await database.run('DELETE FROM p WHERE id = 1')
    expect(await database.rows('SELECT id FROM c')).toEqual([{ id: 11 }, { id: 12 }])
  })
})

describe('a migration that leaves rows without their parent', () => {
  it('is rolled back', async () => {
    const database = await family('CASCADE')
    const deleting = database.migrate(async (op) => {
      await op.execute('DELETE FROM p')
    })
    await expect(deleting).rejects.toThrow(
      "The migration leaves 2 rows that break a foreign key (row 10 of 'c' refers to a missing row of 'p'; row 11 of 'c' refers to a missing row of 'p') and was rolled back",
    )
    expect(await database.rows('SELECT * FROM c')).toEqual(children)
    expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
  })

  it('is not looked at where foreign keys were off before', async () => {
    const database = await family('CASCADE')
    await database.run('PRAGMA foreign_keys = OFF')
    await database.migrate(async (op) => {
      await op.execute('DELETE FROM p')
    })
    expect(await database.rows('SELECT * FROM c')).toEqual(children)
    expect(await database.rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 0 }])
  })
})
