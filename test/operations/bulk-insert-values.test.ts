// What the way for many rows stores is what one row at a time stores, for every type, value, database and package.
import fc from 'fast-check'
import mysql2 from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { op, sa } from '../../src/index.ts'
import { describeDatabases } from '../live/servers.ts'
import { migrate, propertyOptions } from '../property/run.ts'
import { describeEachServer, openScratch } from '../property/servers.ts'
import { commonKinds, ownKinds } from '../property/values.ts'

/** More than any package's threshold for the way that it has for many rows. */
const MANY = 210

const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  sqlite: ['sqlite'],
  postgresql: ['postgresql', 'postgresql+pglite'],
  mariadb: ['mariadb+mysql2', 'mariadb+mariadb'],
}

describeEachServer('many rows', (server) => {
  describe.each(PACKAGES[server.database] ?? [])('through %s', (drivername) => {
    let scratch: Awaited<ReturnType<typeof openScratch>>
    let engine: Engine
    let connection: Connection

    beforeAll(async () => {
      scratch = await openScratch(server)
      const isLocal = drivername.endsWith('pglite')
      engine = createEngine(isLocal ? `${drivername}://` : scratch.url.replace(/^\w+/, drivername))
      connection = await engine.connect()
    })
    afterAll(async () => {
      await engine.dispose()
      await scratch.dispose()
    })

    it.each([...commonKinds(server.database), ...ownKinds(server.database)])(
      '$name',
      async ({ type, values, read }) => {
        await makeTables(connection, type)
        const given = fc.array(fc.option(values), { minLength: 1, maxLength: 9 })
        await fc.assert(
          fc.asyncProperty(given, async (some) => {
            await fill(connection, type, some)
            expect(await stored(connection, 'many', read('v'))).toEqual(
              await stored(connection, 'single', read('v')),
            )
          }),
          propertyOptions(Math.ceil(6 / server.share)),
        )
      },
      60_000,
    )

    it('of untyped columns', async () => {
      await makeTables(connection, sa.Text())
      const values = [1, -0, 1.5, 2 ** 60, 1e300, 5e-324, true, false, null, 'x', '', '{', 'NULL']
      // SQLite's integers have 64 bits.
      const large = server.database === 'sqlite' ? 2n ** 62n : 2n ** 64n
      await fill(connection, null, [...values, '"', '\\', '\\N', "'", large])
      expect(await stored(connection, 'many', 'v')).toEqual(await stored(connection, 'single', 'v'))
    })
  })
})

describeDatabases(['postgresql'], 'many rows of PostgreSQL', (db) => {
  let engine: Engine
  let connection: Connection
  let scratch: Awaited<ReturnType<typeof db.createScratch>>

  beforeAll(async () => {
    scratch = await db.createScratch()
    engine = createEngine(scratch.url)
    connection = await engine.connect()
    await connection.execute(`
      CREATE TYPE mood AS ENUM ('sad', 'so "so"', 'null');
      CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
      CREATE TYPE pair AS (a integer, b text);
      CREATE SCHEMA "odd ""one"""`)
  })
  afterAll(async () => {
    await engine.dispose()
    await scratch.dispose()
  })

  // What the server has need not be what the migration says.
  it.each<readonly [is: string, said: sa.TypeEngine, values: readonly unknown[]]>([
    ['integer', sa.String(), ['5', '-7']],
    ['varchar(5)', sa.Integer(), [1, 12345]],
    ['varchar(40)', sa.Uuid(), ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11']],
    ['uuid', sa.String(), ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
    ['jsonb', sa.JSON(), [{ b: 1, a: [null] }, 'text', 5, false]],
    ['json', sa.Text(), ['{"b":  1}']],
    ['text', sa.JSON(), [{ b: 1 }, [1]]],
    ['mood', sa.String(), ['sad', 'so "so"', 'null']],
    ['positive', sa.Integer(), [1, 2]],
    ['pair', sa.String(), ['(1,"a, b")', '(,)']],
    ['bit(5)', sa.String(), ['10101']],
    ['bit varying', sa.String(), ['1', '']],
    ['"char"', sa.String(), ['a', '']],
    ['char(5)', sa.String(), ['ab', 'ab  ']],
    ['integer[]', sa.ARRAY(sa.Integer()), [[1, null], []]],
    ['text[]', sa.ARRAY(sa.Text()), [['NULL', null, '', '{"\\'], []]],
    ['text[][]', sa.ARRAY(sa.Text(), { dimensions: 2 }), [[['a'], ['b']]]],
    ['int4range', sa.String(), ['[1,5)', 'empty']],
    ['box', sa.String(), ['(1,1),(0,0)']],
    ['point', sa.String(), ['(1,2)']],
    ['xml', sa.Text(), ['<a>"&amp;"</a>']],
    ['interval', sa.String(), ['1 day', '-3 mons']],
    [
      'timestamp(0)',
      sa.DateTime(),
      ['2024-01-01 00:00:00.6', '0044-03-15 00:00:00 BC', 'infinity'],
    ],
    ['date', sa.Date(), ['12024-01-01', '0044-03-15 BC']],
    [
      'timestamptz',
      sa.DateTime({ timezone: true }),
      [new Date(-1e12), '2024-01-01 00:00:00+05:30'],
    ],
    ['numeric(5,2)', sa.Numeric(), [1.005, '2.345', Number.NaN]],
    ['money', sa.String(), ['$1.50']],
    ['real', sa.Float(), [0.1, Infinity, Number.NaN]],
    ['regtype', sa.String(), ['integer']],
    ['bytea', sa.LargeBinary(), [Uint8Array.of(0, 92, 34, 255), new Uint8Array()]],
    ['text', sa.Text(), [Uint8Array.of(104, 105), 'a']],
    ['oidvector', sa.String(), ['1 2']],
  ])('in a column %s', async (is, said, values) => {
    await connection.execute('DROP TABLE IF EXISTS many, single')
    for (const table of ['many', 'single']) {
      await connection.execute(`CREATE TABLE ${table} (id integer, v ${is})`)
    }
    await fill(connection, said, [...values, null])
    const many = await stored(connection, 'many', 'v::text')
    expect(many).toHaveLength(MANY)
    expect(many).toEqual(await stored(connection, 'single', 'v::text'))
  })

  it('fires triggers, follows rules and fills defaults', async () => {
    await connection.execute(`
      CREATE TABLE "odd ""one""".target ("a b" integer PRIMARY KEY, c text DEFAULT 'd', e integer GENERATED ALWAYS AS ("a b" * 2) STORED);
      CREATE TABLE audit (n integer); CREATE TABLE copied (n integer);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit VALUES (NEW."a b"); RETURN NEW; END';
      CREATE TRIGGER note BEFORE INSERT ON "odd ""one""".target FOR EACH ROW EXECUTE FUNCTION note();
      CREATE RULE also AS ON INSERT TO audit DO ALSO INSERT INTO copied VALUES (NEW.n);
      CREATE VIEW seen AS SELECT "a b" FROM "odd ""one""".target WHERE "a b" > 0 WITH CHECK OPTION`)
    const target = sa.table('target', sa.column('a b', sa.Integer()), { schema: 'odd "one"' })
    const rows = Array.from({ length: MANY }, (_, n) => ({ 'a b': n }))
    await migrate({ connection }, () => op.bulkInsert(target, rows))
    const { rows: sums } = await connection.execute(
      `SELECT (SELECT sum(n) FROM audit) AS audit, (SELECT sum(n) FROM copied) AS copied, sum(e) AS twice, min(c) AS c FROM "odd ""one""".target`,
    )
    const sum = (MANY * (MANY - 1)) / 2
    expect(sums).toEqual([{ audit: sum, copied: sum, twice: 2 * sum, c: 'd' }])
    const seen = sa.table('seen', sa.column('a b', sa.Integer()))
    const below = Array.from({ length: MANY }, (_, n) => ({ 'a b': -n - 1 }))
    await expect(migrate({ connection }, () => op.bulkInsert(seen, below))).rejects.toThrow(
      'new row violates check option for view "seen" (rows 0 to 209 of the rows for table \'seen\')',
    )
  })

  it('knows of a column that changes between two calls', async () => {
    await connection.execute('DROP TABLE IF EXISTS many; CREATE TABLE many (id integer, v integer)')
    const rows = (v: unknown) => Array.from({ length: MANY }, (_, id) => ({ id, v }))
    const many = sa.table('many', sa.column('id'), sa.column('v'))
    await migrate({ connection }, async () => {
      await op.bulkInsert(many, rows('5'))
      await op.execute('ALTER TABLE many ALTER v TYPE text')
      await op.bulkInsert(many, rows('five'))
    })
    const found = await stored(connection, 'many', 'DISTINCT v')
    expect(found).toHaveLength(2)
  })

  it('prepares nothing that stays', async () => {
    const { rows } = await connection.execute('SELECT name FROM pg_prepared_statements')
    expect(rows).toEqual([])
  })
})

describeDatabases(['mariadb'], 'many rows through a connection of the user', (db) => {
  it('of mysql2 with named placeholders', async () => {
    const scratch = await db.createScratch()
    const { hostname, port, username, password, pathname } = new URL(scratch.url)
    const raw = await mysql2.createConnection({
      host: hostname,
      port: Number(port || 3306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: pathname.slice(1),
      namedPlaceholders: true,
    })
    try {
      const values = [':a', '?', "it's :b ?", '\\', '-- :c', '/* ? */']
      const rows = Array.from({ length: MANY }, (_, id) => ({ id, v: values[id % values.length] }))
      await migrate({ connection: raw }, async () => {
        await op.createTable('many', sa.Column('id', sa.Integer()), sa.Column('v', sa.Text()))
        await op.bulkInsert(sa.table('many', sa.column('id'), sa.column('v')), rows)
      })
      expect(await scratch.query('SELECT id, v FROM many ORDER BY id')).toEqual(rows)
    } finally {
      await raw.end()
      await scratch.dispose()
    }
  })
})

async function makeTables(connection: Connection, type: sa.TypeEngine): Promise<void> {
  await migrate({ connection }, async () => {
    for (const table of ['many', 'single']) {
      await op.execute(`DROP TABLE IF EXISTS ${table}`)
      await op.createTable(table, sa.Column('id', sa.Integer()), sa.Column('v', type))
    }
  })
}

/** The values, again and again until they are many, into `many` by one call and into `single` by one for each row. */
async function fill(
  connection: Connection,
  type: sa.TypeEngine | null,
  values: readonly unknown[],
): Promise<void> {
  const rows = Array.from({ length: MANY }, (_, id) => ({ id, v: values[id % values.length] }))
  const table = (name: string) =>
    sa.table(name, sa.column('id', sa.Integer()), sa.column('v', type ?? undefined))
  await connection.execute('DELETE FROM many')
  await connection.execute('DELETE FROM single')
  await migrate({ connection }, () =>
    connection.transaction(async () => {
      await op.bulkInsert(table('many'), rows)
      // The first of them are enough: the others are the same values.
      for (const one of rows.slice(0, values.length)) await op.bulkInsert(table('single'), [one])
    }),
  )
  const { length } = values
  await connection.execute(
    `INSERT INTO single SELECT m.id, e.v FROM many m JOIN single e ON e.id = m.id % ${length} WHERE m.id >= ${length}`,
  )
}

async function stored(connection: Connection, table: string, read: string): Promise<unknown[]> {
  const order = read.startsWith('DISTINCT') ? '' : ' ORDER BY id'
  const { rows } = await connection.execute(`SELECT ${read} AS v FROM ${table}${order}`)
  return rows.map(({ v }) => v)
}
