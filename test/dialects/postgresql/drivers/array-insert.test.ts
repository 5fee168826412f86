// Where the server does not say which types the placeholders have, rows go in as plain VALUES: behind a pooler that gives
// statements to other sessions, or one that refuses PREPARE.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ArrayInserts } from '../../../../src/dialects/postgresql/drivers/array-insert.ts'
import type { Connection } from '../../../../src/engine/connection.ts'
import { createEngine, type Engine } from '../../../../src/engine/engine.ts'
import '../../../../src/dialects/builtin.ts'
import { describeDatabases, type ScratchDatabase } from '../../../live/servers.ts'

const INSERT = 'INSERT INTO t (id, b) VALUES ($1, $2)'
const ROWS = Array.from({ length: 300 }, (_, id) => [id, `it's ${id}`])

describeDatabases(['postgresql'], 'array inserts', (db) => {
  let scratch: ScratchDatabase
  let engine: Engine
  let connection: Connection
  let other: Connection
  let sent: string[]

  beforeEach(async () => {
    scratch = await db.createScratch()
    engine = createEngine(scratch.url)
    connection = await engine.connect()
    other = await engine.connect()
    sent = []
    await connection.execute('CREATE TABLE t (id integer PRIMARY KEY, b text)')
    connection.observe(({ sql }) => sent.push(sql))
  })
  afterEach(async () => {
    await other.close()
    await connection.close()
    await engine.dispose()
    await scratch.dispose()
  })

  const inserts = (through: (sql: string) => string, catalogOf: () => Connection) =>
    new ArrayInserts((sql, parameters = []) =>
      (sql.includes('pg_prepared_statements') ? catalogOf() : connection).execute(
        through(sql),
        parameters,
      ),
    )
  const plain = (): readonly string[] => sent.filter((sql) => sql.startsWith('INSERT INTO t'))
  const count = async (): Promise<unknown> =>
    (await connection.execute('SELECT count(*) AS n, max(b) AS b FROM t')).rows[0]

  it.each([
    ['as arrays', (sql: string) => sql, () => connection, /unnest/],
    ['plainly, where another session answers', (sql: string) => sql, () => other, /VALUES \(\$1/],
    [
      'plainly, where PREPARE is refused',
      (sql: string) => sql.replace(/^PREPARE/, 'NO PREPARE HERE'),
      () => connection,
      /VALUES \(\$1/,
    ],
    [
      'plainly, where the catalog is closed',
      (sql: string) => sql.replace('pg_prepared_statements', 'no_such_catalog'),
      () => connection,
      /VALUES \(\$1/,
    ],
  ])('send rows %s', async (_what, through, catalogOf, expected) => {
    for (const isInside of [true, false]) {
      sent = []
      await connection.execute('DELETE FROM t')
      const work = async () => inserts(through, catalogOf).run(INSERT, ROWS, undefined)
      expect(await (isInside ? connection.transaction(work) : work())).toBe(300)
      expect(await count()).toEqual({ n: 300, b: "it's 99" })
      expect(plain().at(-1)).toMatch(expected)
      const { rows } = await connection.execute('SELECT name FROM pg_prepared_statements')
      expect(rows).toEqual([])
    }
  })

  it('leave the error to the insert itself', async () => {
    const work = () =>
      connection.transaction(async () => {
        const sql = INSERT.replace(' t ', ' missing ')
        await inserts(
          (text) => text,
          () => connection,
        ).run(sql, ROWS, undefined)
      })
    await expect(work()).rejects.toThrow('relation "missing" does not exist')
  })
})
