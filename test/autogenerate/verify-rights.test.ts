// What `--verify` says where the user may not make a scratch place, and where the session is not its own to use.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { check } from '../../src/command/check.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

vi.setConfig({ testTimeout: 60_000 })

const models = `const targetMetadata = sa.MetaData()
sa.Table('t', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }))`

let project: AutogenProject
let scratch: ScratchDatabase

afterEach(async () => {
  await scratch.dispose()
  project.dispose()
})

/** Brings the database to the head, then checks as another user. */
const checkAs = async (url: string, options = ''): Promise<string> => {
  project.write({ url: scratch.url, models })
  await project.generate('aaa1')
  await upgrade(project.project.config, 'head')
  project.write({ url, models, options })
  return await project.project.printed((config) => check(config, { verify: true }))
}

const IN_SYNC = 'No new upgrade operations detected.\n'

describeDatabases(['postgresql'], '--verify', (db) => {
  const role = `verify_reader_${process.pid}`
  const database = (): string => new URL(scratch.url).pathname.slice(1)

  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
    await scratch.query(`CREATE ROLE ${role} LOGIN`)
    await scratch.query(
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${role}`,
    )
  })

  afterEach(async () => {
    await scratch.query(`DROP OWNED BY ${role}`)
    await scratch.query(`DROP ROLE ${role}`)
  })

  const asRole = (parameters = ''): string => {
    const url = new URL(scratch.url)
    url.username = role
    return url.href + parameters
  }

  it('names the rights that the role lacks', async () => {
    expect(await checkAs(asRole())).toBe(
      `${IN_SYNC}Not verified: the scratch place could not be made: the role '${role}' may make neither a database (ALTER ROLE ${role} CREATEDB) nor a schema (GRANT CREATE ON DATABASE ${database()} TO ${role}).\n`,
    )
  })

  it('says that the session is read-only', async () => {
    for (const url of [asRole(), scratch.url]) {
      project.forget()
      await scratch.query('DROP TABLE IF EXISTS t, alembic_version')
      expect(await checkAs(`${url}?options=-cdefault_transaction_read_only%3Don`)).toBe(
        `${IN_SYNC}Not verified: the scratch place could not be made: the session is read-only (default_transaction_read_only), and neither a database nor a schema can be made in it.\n`,
      )
    }
  })

  /** An environment that began the transaction by itself. */
  const inTransaction = (connect: string, close: string): void => {
    project.project.write(
      'alembic/env.ts',
      `import { context, createEngine, sa } from 'alembic-ts'
import pg from '${join(process.cwd(), 'node_modules/pg/esm/index.mjs')}'
${models}
${connect}
await context.configure({ connection, targetMetadata, externalTransaction: true })
await context.runMigrations()
${close}
`,
    )
  }

  it("takes a session of its own where the caller's transaction is open, with the same role and path", async () => {
    await scratch.query(`ALTER ROLE ${role} CREATEDB`)
    await scratch.query(`CREATE SCHEMA app AUTHORIZATION ${role}`)
    inTransaction(
      `const connection = await createEngine('${scratch.url}').connect()
await connection.execute("SELECT set_config('search_path', 'app', false), set_config('role', '${role}', false)")
await connection.begin()`,
      `const { rows } = await connection.execute("SELECT now() = statement_timestamp() AS begun")
if (rows[0]?.begun !== false) throw new TypeError('the transaction was ended')
await connection.commit()
await connection.close()`,
    )
    expect(await project.verify('aaa1')).toEqual({
      status: 'verified',
      place: 'a scratch database',
    })
  })

  it('says that no other session can be opened over a client that was handed over', async () => {
    inTransaction(
      `const connection = new pg.Client({ connectionString: '${scratch.url}' })
await connection.connect()
await connection.query('BEGIN')`,
      `await connection.query('COMMIT')
await connection.end()`,
    )
    expect(await project.verify('aaa1')).toEqual({
      status: 'impossible',
      reason:
        'the scratch place could not be made: a transaction is open on the connection, and no other session can be opened over it; hand in a connection without an open transaction, or use createEngine() with a URL of the server',
    })
  })
})

describeDatabases(['mariadb'], '--verify', (db) => {
  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  it('names the rights that the user lacks', async () => {
    const user = `verify_reader_${process.pid}`
    const url = new URL(scratch.url)
    await scratch.query(`CREATE OR REPLACE USER ${user} IDENTIFIED BY 'p'`)
    try {
      await scratch.query(`GRANT SELECT ON \`${url.pathname.slice(1)}\`.* TO ${user}`)
      url.username = user
      url.password = 'p'
      const printed = await checkAs(url.href)
      expect(printed.replace(/alembic_verify_[0-9a-f]+/g, 'X')).toBe(
        `${IN_SYNC}Not verified: the scratch place could not be made: Access denied for user '${user}'@'%' to database 'X' [SQL: CREATE DATABASE X CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci]; the user needs GRANT ALL ON \`alembic\\_verify\\_%\`.* TO ….\n`,
      )
    } finally {
      await scratch.query(`DROP USER ${user}`)
    }
  })
})
