import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { StatementError } from '../../src/errors/driver-error.ts'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { migrate, scriptOf } from '../property/run.ts'
import { sentBy } from './op-fixture.ts'

const t = sa.table('t', sa.column('id', sa.Integer()), sa.column('b', sa.String(40)))
/** Several batches. */
const MANY = 5003

const row = (id: number) => ({ id, b: id % 3 === 0 ? null : `it's ${id}` })

function* rowsTo(count: number) {
  for (let id = 0; id < count; id++) yield row(id)
}

async function* slowRowsTo(count: number) {
  for (const one of rowsTo(count)) {
    if (one.id % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    yield one
  }
}

describeEachDatabase('bulkInsert', (db) => {
  let scratch: ScratchDatabase
  let engine: Engine
  let connection: Connection

  beforeEach(async () => {
    scratch = await db.createScratch()
    engine = createEngine(scratch.url)
    connection = await engine.connect()
    await connection.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, b VARCHAR(40))')
  })
  afterEach(async () => {
    await engine.dispose()
    await scratch.dispose()
  })

  const run = (body: () => unknown): Promise<void> =>
    migrate({ connection }, async () => {
      await connection.transaction(async () => void (await body()))
    })
  const state = async (): Promise<string> => {
    const { rows } = await connection.execute(
      'SELECT count(*) AS n, count(b) AS b, min(id) AS first, max(id) AS last FROM t',
    )
    return Object.values(rows[0] ?? {}).join(' ')
  }
  const EMPTY = '0 0  '

  it.each([
    ['a list', () => [...rowsTo(MANY)]],
    ['a set', () => new Set(rowsTo(MANY))],
    ['a generator', () => rowsTo(MANY)],
    ['an asynchronous generator', () => slowRowsTo(MANY)],
    ['a stream', () => new ReadableStream({ start: fill }) as unknown as AsyncIterable<object>],
  ])('takes the rows of %s', async (_what, rows) => {
    await run(() => op.bulkInsert(t, rows() as Iterable<Record<string, unknown>>))
    expect(await state()).toBe(`${MANY} ${MANY - Math.ceil(MANY / 3)} 0 ${MANY - 1}`)
    const { rows: found } = await connection.execute('SELECT b FROM t WHERE id IN (2000, 2001)')
    expect(found).toEqual([{ b: "it's 2000" }, { b: null }])
  })

  it('reads as it sends', async () => {
    let read = 0
    const batches: [rows: number, read: number][] = []
    connection.observe(({ runs, sql }) => {
      if (sql.startsWith('INSERT')) batches.push([runs, read])
    })
    const counted = function* () {
      for (const one of rowsTo(MANY)) {
        read += 1
        yield one
      }
    }
    await run(() => op.bulkInsert(t, counted()))
    expect(batches).toEqual([
      [1024, 1024],
      [1024, 2048],
      [1024, 3072],
      [1024, 4096],
      [907, MANY],
    ])
  })

  it('inserts nothing of no rows', async () => {
    for (const none of [[], rowsTo(0), slowRowsTo(0)]) await run(() => op.bulkInsert(t, none))
    await run(() => op.bulkInsert(t, slowRowsTo(0), { multiinsert: false }))
    expect(await state()).toBe(EMPTY)
  })

  it('runs rows with SQL in them one by one, in their place', async () => {
    const mixed = function* () {
      for (const one of rowsTo(MANY)) {
        yield one.id % 1000 === 7 ? { ...one, b: op.inlineLiteral('inline') } : one
      }
    }
    await run(() => op.bulkInsert(t, mixed()))
    const { rows } = await connection.execute("SELECT id FROM t WHERE b = 'inline' ORDER BY id")
    expect(rows.map(({ id }) => id)).toEqual([7, 1007, 2007, 3007, 4007, 5007].slice(0, 5))
    expect(await state()).toMatch(new RegExp(`^${MANY} `))
  })

  it('lets a stream have rows of different keys with multiinsert: false', async () => {
    const rows = async function* () {
      yield { id: 1 }
      yield { id: 2, b: 'x' }
    }
    await run(() => op.bulkInsert(t, rows(), { multiinsert: false }))
    expect(await state()).toBe('2 1 1 2')
  })

  it('fails with the error of an iterator that throws, and keeps no row', async () => {
    const failing = async function* () {
      yield* slowRowsTo(4500)
      throw new RangeError('the file ends here')
    }
    await run(async () => {
      await op.bulkInsert(t, [{ id: -1, b: 'before' }])
      await expect(op.bulkInsert(t, failing())).rejects.toThrow(
        new RangeError('the file ends here'),
      )
      await op.bulkInsert(t, [{ id: -2, b: 'after' }])
    })
    expect(await state()).toBe('2 2 -2 -1')
  })

  it.each([
    ['a row that the database refuses', { id: 3, b: 'again' }],
    ['a row of other keys', { id: 9999 }],
    ['a value that has no form', { id: 9999, b: 'half \uD800' }],
    ['what is no row', ['x'] as unknown as { id: number }],
  ])('closes the iterator and keeps no row after %s', async (_what, bad) => {
    let isClosed = false
    const rows = async function* () {
      try {
        yield* slowRowsTo(4500)
        yield bad
        yield* rowsTo(MANY)
      } finally {
        await op.execute("INSERT INTO t VALUES (-3, 'closed')")
        isClosed = true
      }
    }
    await run(async () => {
      await expect(op.bulkInsert(t, rows())).rejects.toThrow()
      expect(isClosed).toBe(true)
      await op.bulkInsert(t, [{ id: -2, b: 'after' }])
    })
    expect(await state()).toBe('2 2 -3 -2')
  })

  it('says which rows were refused, and no value', async () => {
    const secret = 'hunter2 secret'
    await connection.execute('CREATE UNIQUE INDEX ux ON t (b)')
    const rows = [...rowsTo(2600)].map((one) => (one.id === 2500 ? { ...one, b: secret } : one))
    rows[2501] = { id: 2501, b: secret }
    const error = await failureOf(() => run(() => op.bulkInsert(t, rows)))
    expect(error).toBeInstanceOf(StatementError)
    expect(error.message).toMatch(
      db.name === 'sqlite'
        ? /^UNIQUE constraint failed: t\.b \(row 2501 of the rows for table 't'\) \[SQL: INSERT INTO t \(id, b\) VALUES \(\?, \?\)\]$/
        : /\(rows 2048 to 2599 of the rows for table 't'\) \[SQL: INSERT INTO t \(id, b\) VALUES \((?:\?, \?|\$1, \$2)\)\]$/,
    )
    expect(error.message).not.toContain('secret')
  })

  it('says which row it is where the server does', async () => {
    const rows = [...rowsTo(300)].map((one) =>
      one.id === 250 ? { ...one, b: 'x'.repeat(50) } : one,
    )
    if (db.name === 'sqlite') return
    const error = await failureOf(() => run(() => op.bulkInsert(t, rows)))
    expect(error.message).toMatch(
      db.name === 'mariadb'
        ? /^Data too long for column 'b' \(row 250 of the rows for table 't'\) /
        : /^value too long for type character varying\(40\) \(rows 0 to 299 of the rows for table 't'\) /,
    )
  })

  it('leaves the transaction to itself where the rows failed', async () => {
    await run(async () => {
      await expect(op.bulkInsert(t, [...rowsTo(2500), row(1)])).rejects.toThrow(StatementError)
      expect((await op.getBind().execute('SELECT count(*) AS n FROM t'))[0]).toEqual({ n: 0 })
    })
    expect(await state()).toBe(EMPTY)
  })

  it('keeps no row outside a transaction either', async () => {
    await migrate({ connection }, async () => {
      await expect(op.bulkInsert(t, [...rowsTo(2500), row(1)])).rejects.toThrow(StatementError)
    })
    expect(await state()).toBe(EMPTY)
    await migrate({ connection }, () => op.bulkInsert(t, rowsTo(MANY)))
    expect(await state()).toMatch(new RegExp(`^${MANY} `))
  })

  it('lets the iterator use the database', async () => {
    await run(async () => {
      await op.execute('CREATE TABLE old (id INTEGER PRIMARY KEY)')
      await op.bulkInsert(
        sa.table('old', sa.column('id')),
        Array.from(rowsTo(MANY), ({ id }) => ({ id })),
      )
      const bind = op.getBind()
      const pages = async function* () {
        for (let from = 0; ; from += 900) {
          const page = await bind.execute(
            'SELECT id FROM old WHERE id >= :from ORDER BY id LIMIT 900',
            { from },
          )
          if (page.length === 0) return
          void op.execute(`DELETE FROM old WHERE id BETWEEN ${from} AND ${from + 899}`)
          for (const { id } of page) yield { id: Number(id), b: 'moved' }
        }
      }
      await op.bulkInsert(t, pages())
      const [left] = await bind.execute('SELECT count(*) AS n FROM old')
      expect(left).toEqual({ n: 0 })
    })
    expect(await state()).toBe(`${MANY} ${MANY} 0 ${MANY - 1}`)
  })

  it('inserts in order', async () => {
    const key = {
      sqlite: 'INTEGER PRIMARY KEY AUTOINCREMENT',
      postgresql: 'SERIAL PRIMARY KEY',
      mariadb: 'INTEGER AUTO_INCREMENT PRIMARY KEY',
    }
    await connection.execute(`CREATE TABLE numbered (n ${key[db.name]}, id INTEGER)`)
    const numbered = sa.table('numbered', sa.column('id', sa.Integer()))
    await run(() =>
      op.bulkInsert(
        numbered,
        Array.from(rowsTo(MANY), ({ id }) => ({ id })),
      ),
    )
    const { rows } = await connection.execute('SELECT count(*) AS n FROM numbered WHERE n = id + 1')
    expect(rows).toEqual([{ n: MANY }])
  })
})

describe('a script', () => {
  it('has the rows of an iterator as those of a list', async () => {
    const options = { dialectName: 'postgresql' }
    const list = await scriptOf(options, () => op.bulkInsert(t, [...rowsTo(50)]))
    expect(list).toContain("INSERT INTO t (id, b) VALUES (49, 'it''s 49');")
    for (const rows of [rowsTo(50), slowRowsTo(50)]) {
      expect(await scriptOf(options, () => op.bulkInsert(t, rows))).toBe(list)
    }
  })

  it('is written as the rows are read', async () => {
    const lengths: number[] = []
    let written = 0
    const outputBuffer = { write: (text: string) => (written += text.length) }
    const rows = async function* () {
      for (let id = 0; id < 5; id++) {
        lengths.push(written)
        yield row(id)
      }
    }
    await migrate({ asSql: true, dialectName: 'sqlite', outputBuffer }, () =>
      op.bulkInsert(t, rows()),
    )
    expect(lengths).toEqual([...new Set(lengths)])
  })
})

describe('rows', () => {
  it.each([
    ['a number', 5, 'List expected: bulkInsert takes rows'],
    ['text', 'abc', 'List expected: bulkInsert takes rows'],
    ['a row', { id: 1 }, 'List expected: bulkInsert takes rows'],
    ['a map', new Map([['id', 1]]), 'List of dictionaries expected'],
  ])('of %s are refused', async (_what, rows, message) => {
    await expect(sentBy('sqlite', () => op.bulkInsert(t, rows as never))).rejects.toThrow(message)
  })

  it('of an iterator are there once', async () => {
    const rows = rowsTo(3)
    expect(await sentBy('sqlite', () => op.bulkInsert(t, rows))).toHaveLength(3)
    await expect(sentBy('sqlite', () => op.bulkInsert(t, rows))).rejects.toThrow(
      'The rows given to bulkInsert were read already',
    )
  })

  it('get defaults of the columns, a function being asked for each', async () => {
    let next = 0
    const numbered = sa.Table(
      'n',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true, default: () => (next += 1) }),
      sa.Column('b', sa.String(9)),
    )
    const rows = function* () {
      yield { b: 'x' }
      yield { id: 7, b: 'y' }
      yield { b: 'z' }
    }
    expect(await sentBy('sqlite', () => op.bulkInsert(numbered, rows()))).toEqual(
      [
        [1, 'x'],
        [7, 'y'],
        [2, 'z'],
      ].map((values) => ['INSERT INTO n (id, b) VALUES (?, ?)', values]),
    )
  })

  it('to SQL Server are looked at for numbers of an identity column', async () => {
    const numbered = sa.Table(
      'n',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('b', sa.String(9)),
    )
    const sent = (rows: AsyncIterable<{ id?: number; b: string }>) =>
      sentBy('mssql', () => op.bulkInsert(numbered, rows)).then((all) => all.map(([sql]) => sql))
    const insert = 'INSERT INTO n (id, b) VALUES (@1, @2)'
    const given = async function* () {
      yield { id: 5, b: 'x' }
      yield { id: 6, b: 'y' }
    }
    expect(await sent(given())).toEqual([
      'SET IDENTITY_INSERT n ON',
      insert,
      insert,
      'SET IDENTITY_INSERT n OFF',
    ])
    let isClosed = false
    const bad = async function* () {
      try {
        yield { id: 5, b: '\uD800' }
      } finally {
        isClosed = true
      }
    }
    await expect(sent(bad())).rejects.toThrow('half of a surrogate pair')
    expect(isClosed).toBe(true)
    const left = async function* () {
      yield { b: 'x' }
    }
    expect(await sent(left())).toEqual(['INSERT INTO n (b) VALUES (@1)'])
  })
})

function fill(controller: { enqueue(one: object): void; close(): void }): void {
  for (const one of rowsTo(MANY)) controller.enqueue(one)
  controller.close()
}

async function failureOf(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work()
  } catch (error) {
    return error as Error
  }
  throw new RangeError('nothing failed')
}
