import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { check } from '../../src/command/check.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

// Each proof makes and drops databases.
vi.setConfig({ testTimeout: 60_000 })

const ID = "sa.Column('id', sa.Integer(), { primaryKey: true })"
const models = (...columns: readonly string[]): string =>
  `const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${[ID, ...columns].join(', ')})`

let project: AutogenProject
let scratch: ScratchDatabase

afterEach(async () => {
  await scratch.dispose()
  project.dispose()
})

describeDatabases(['postgresql'], '--verify', (db) => {
  const place = 'a scratch database'

  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  /** Databases of scratch places that nobody is connected to. */
  const leftBehind = async (): Promise<unknown[]> =>
    await scratch.query(
      String.raw`SELECT datname FROM pg_database d WHERE datname LIKE 'alembic\_verify\_%' AND NOT EXISTS (
        SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname OR a.application_name = d.datname)`,
    )

  /** A role of the test's own, which owns the schema `public` of the scratch database. */
  const withRole = async (options: string, work: (url: string) => Promise<void>): Promise<void> => {
    const role = `verify_role_${process.pid}`
    await scratch.query(`CREATE ROLE ${role} LOGIN ${options}`)
    try {
      await scratch.query(`ALTER SCHEMA public OWNER TO ${role}`)
      await scratch.query(
        `GRANT CREATE ON DATABASE "${new URL(scratch.url).pathname.slice(1)}" TO ${role}`,
      )
      await scratch.query(
        `ALTER DATABASE "${new URL(scratch.url).pathname.slice(1)}" OWNER TO ${role}`,
      )
      const url = new URL(scratch.url)
      url.username = role
      await work(url.href)
    } finally {
      await scratch.query(`REASSIGN OWNED BY ${role} TO postgres`)
      await scratch.query(`DROP OWNED BY ${role}`)
      await scratch.query(`DROP ROLE ${role}`)
    }
  }

  it('has extensions, types and functions by their names, and views', async () => {
    for (const sql of [
      'CREATE EXTENSION citext',
      'CREATE SCHEMA tools',
      'CREATE EXTENSION hstore SCHEMA tools',
      'CREATE DOMAIN posint AS integer DEFAULT 1 CONSTRAINT positive CHECK (VALUE > 0)',
      "CREATE TYPE tools.mood AS ENUM ('sad', 'it''s ok')",
      'CREATE DOMAIN tools.feeling AS tools.mood NOT NULL',
      'CREATE TYPE place AS (x double precision, y double precision)',
      'CREATE TYPE tools.span AS RANGE (SUBTYPE = float8)',
      "CREATE FUNCTION tools.is_even(n integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n % 2 = 0'",
      'CREATE PROCEDURE noop() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$',
      `CREATE TABLE t (id serial PRIMARY KEY, name citext, n posint, m tools.mood, f tools.feeling,
         p place, s tools.span, h tools.hstore, CONSTRAINT even CHECK (tools.is_even(id)))`,
      'CREATE VIEW v AS SELECT id, name FROM t',
      'CREATE MATERIALIZED VIEW mv AS SELECT count(*) AS n FROM v',
      "CREATE FUNCTION of_row(t) RETURNS integer LANGUAGE sql AS 'SELECT $1.id'",
    ])
      await scratch.query(sql)
    project.write({
      url: scratch.url,
      models: models(
        "sa.Column('name', sa.postgresql.CITEXT())",
        "sa.Column('extra', sa.postgresql.CITEXT())",
        "sa.CheckConstraint('tools.is_even(id)', { name: 'even' })",
        "sa.CheckConstraint('tools.is_even(id + 2)', { name: 'even_too' })",
      ),
    })
    expect(await project.verify('aaa1')).toEqual({ status: 'verified', place })
    expect(await leftBehind()).toEqual([])
  })

  it('finds that a view needs what the revision drops', async () => {
    await scratch.query('CREATE TABLE t (id serial PRIMARY KEY, name text)')
    await scratch.query('CREATE VIEW v AS SELECT name FROM t')
    project.write({ url: scratch.url, models: models() })
    await expect(project.verify('aaa1')).rejects.toThrow(
      'Verification failed: upgrade() failed in a scratch database: cannot drop column name of table t because other objects depend on it',
    )
    expect(await leftBehind()).toEqual([])
  })

  it('says what has no copy', async () => {
    await scratch.query(
      'CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = 0)',
    )
    project.write({ url: scratch.url, models: models() })
    const printed = await project.project.printed(async () => {
      expect(await project.verify('aaa1')).toEqual({
        status: 'verified',
        place,
        lacks: ['function public.total'],
      })
    })
    expect(printed).toContain('and downgrade() back. Not in the copy: function public.total.\n')
  })

  it('copies sequences that no column owns', async () => {
    await scratch.query('CREATE SEQUENCE numbers START 5')
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData()\ntargetMetadata.addSequence(sa.Sequence('numbers', { start: 5, increment: 2 }))`,
    })
    expect(await project.verify('aaa1')).toEqual({ status: 'verified', place })
    expect(project.source('aaa1')).toContain('op.alterSequence(')
  })

  it('takes a schema where the role may make no database', async () => {
    await withRole('', async (url) => {
      await scratch.query('CREATE VIEW one AS SELECT 1 AS n')
      project.write({ url, models: models("sa.Column('a', sa.Text())") })
      expect(await project.verify('aaa1')).toEqual({
        status: 'verified',
        place: 'a scratch schema',
        lacks: ['view public.one'],
      })
      project.write({
        url,
        models: `const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${ID}, { schema: 'other' })`,
        options: 'includeSchemas: true',
      })
      project.forget()
      expect(await project.verify('bbb2')).toEqual({
        status: 'impossible',
        reason: `the scratch place could not be made: table 't' names the schema 'other', which takes a scratch database, and the role 'verify_role_${process.pid}' may not make one (ALTER ROLE verify_role_${process.pid} CREATEDB)`,
      })
    })
  })

  it('takes a database of a role without other rights, and says which extension it may not make', async () => {
    await scratch.query('CREATE EXTENSION file_fdw')
    await withRole('CREATEDB', async (url) => {
      project.write({ url, models: models("sa.Column('a', sa.Text())") })
      expect(await project.verify('aaa1')).toEqual({
        status: 'verified',
        place,
        lacks: ['extension file_fdw'],
      })
    })
  })

  it('takes a schema where a connection was handed over', async () => {
    project.project.write(
      'alembic/env.ts',
      `import { context, sa } from 'alembic-ts'
import pg from '${join(process.cwd(), 'node_modules/pg/esm/index.mjs')}'
${models()}
const client = new pg.Client({ connectionString: '${scratch.url}' })
await client.connect()
await context.configure({ connection: client, targetMetadata })
await context.beginTransaction(() => context.runMigrations())
await client.end()
`,
    )
    expect(await project.verify('aaa1')).toEqual({ status: 'verified', place: 'a scratch schema' })
  })

  it('keeps the search path', async () => {
    await scratch.query('CREATE SCHEMA app')
    project.write({
      url: `${scratch.url}?options=-csearch_path%3Dapp,public`,
      models: models("sa.Column('a', sa.Enum('x', 'y', { name: 'letters' }))"),
    })
    expect(await project.verify('aaa1')).toEqual({ status: 'verified', place })
    await upgrade(project.project.config, 'head')
    expect(await scratch.query("SELECT to_regclass('app.t')::text AS t")).toEqual([{ t: 'app.t' }])
    expect(await check(project.project.config, { verify: true })).toMatchObject({
      verification: { status: 'verified', place },
    })
  })

  it('removes the database of a run that was killed, and none that is in use', async () => {
    project.write({ url: scratch.url, models: models() })
    const name = `alembic_verify_${randomBytes(8).toString('hex')}`
    const hanging = join(project.project.folder, 'hang.mjs')
    project.project.write(
      'hang.mjs',
      `import { createEngine } from ${JSON.stringify(join(process.cwd(), 'dist/index.js'))}
const connection = await createEngine(process.argv[2]).connect()
await connection.execute("SET application_name = '${name}'")
await connection.execute('CREATE DATABASE ${name}')
console.log('ready')
setInterval(() => undefined, 1000)`,
    )
    const worker = spawn(process.execPath, [hanging, scratch.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void worker.kill('SIGKILL'))
    await once(worker.stdout, 'data')
    const isThere = async (): Promise<boolean> =>
      (await scratch.query(`SELECT 1 FROM pg_database WHERE datname = '${name}'`)).length > 0
    await project.verify('bbb2')
    expect(await isThere()).toBe(true)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await vi.waitFor(async () => {
      expect(await leftBehind()).toContainEqual({ datname: name })
    }, 10_000)
    project.forget()
    await project.verify('ccc3')
    expect(await isThere()).toBe(false)
  })
})

describeDatabases(['mariadb'], '--verify', (db) => {
  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  it("refuses a statement that names the user's own database", async () => {
    await scratch.query('CREATE TABLE t (id integer AUTO_INCREMENT PRIMARY KEY, a integer)')
    await scratch.query('INSERT INTO t (id, a) VALUES (1, 1)')
    const own = new URL(scratch.url).pathname.slice(1)
    for (const sql of [
      `DELETE FROM ${own}.t`,
      `UPDATE \`${own}\` . t SET a = 2 /* x */`,
      `USE ${own}`,
      `DROP DATABASE IF EXISTS \`${own}\``,
    ]) {
      project.write({
        url: scratch.url,
        models: `import { ExecuteSQLOp } from 'alembic-ts/operations'\n${models()}`,
        options: `processRevisionDirectives: (_context, _row, [script]) => {
          script.upgradeOps.ops.push(new ExecuteSQLOp(${JSON.stringify(sql)}))
        }`,
      })
      project.forget()
      const result = await project.verify('aaa1')
      expect(result).toMatchObject({ status: 'impossible' })
      expect(JSON.stringify(result)).toContain(`names the database '${own}' itself`)
    }
    expect(await scratch.query('SELECT id, a FROM t')).toEqual([{ id: 1, a: 1 }])
  })

  it('copies sequences, those that columns take numbers from too', async () => {
    await scratch.query('CREATE SEQUENCE numbers START 5')
    await scratch.query(
      'CREATE TABLE t (id integer AUTO_INCREMENT PRIMARY KEY, n bigint DEFAULT nextval(numbers))',
    )
    project.write({
      url: scratch.url,
      models: `${models("sa.Column('n', sa.BigInteger(), { serverDefault: sa.text('nextval(numbers)') })", "sa.Column('b', sa.Integer())")}
targetMetadata.addSequence(sa.Sequence('numbers', { start: 5, increment: 2 }))`,
    })
    expect(await project.verify('aaa1')).toEqual({
      status: 'verified',
      place: 'a scratch database',
    })
  })

  it('lets a database be named in texts, and says what is no table', async () => {
    const own = new URL(scratch.url).pathname.slice(1)
    await scratch.query('CREATE TABLE t (id integer AUTO_INCREMENT PRIMARY KEY, a integer)')
    await scratch.query('CREATE VIEW v AS SELECT id FROM t')
    project.write({
      url: scratch.url,
      models: models(`sa.Column('b', sa.Text(), { comment: 'from ${own}.t' })`),
    })
    expect(await project.verify('aaa1')).toEqual({
      status: 'verified',
      place: 'a scratch database',
      lacks: ['view v'],
    })
  })
})

describeDatabases(['sqlite'], '--verify', (db) => {
  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  describe('with views and triggers', () => {
    it('copies them', async () => {
      await scratch.query('CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, a TEXT)')
      await scratch.query('CREATE VIEW v AS SELECT a FROM t')
      await scratch.query('CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END')
      project.write({
        url: scratch.url,
        models: models("sa.Column('a', sa.Text())", "sa.Column('b', sa.Text())"),
      })
      expect(await project.verify('aaa1')).toEqual({
        status: 'verified',
        place: 'a database in memory',
      })
      project.write({ url: scratch.url, models: models("sa.Column('b', sa.Text())") })
      project.forget()
      await expect(project.verify('bbb2')).rejects.toThrow(
        /Verification failed: upgrade\(\) failed in a database in memory: .*error in view v/,
      )
    })
  })
})
