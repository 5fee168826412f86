import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import '../../../src/dialects/builtin.ts'
import type { MysqlSettings } from '../../../src/dialects/mysql/compile/traits.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { makeUrl } from '../../../src/engine/url.ts'
import { serverUrls } from '../../../test/live/server-urls.ts'

/** A database that every case of a file finds empty. */
export interface EmptyDatabases {
  /**
   * Empties the database and opens a connection to it, through the dialect of the vectors' `server`. With
   * `asReference: false` what is reflected is all that this project reads. Default `true`.
   */
  connect(options?: { readonly asReference?: boolean }): Promise<Connection>
  dispose(): Promise<void>
}

/** Makes the database for the cases of one `server`; `mysql` is the MariaDB server through the dialect of that name. */
export async function openEmptyDatabases(server: string): Promise<EmptyDatabases> {
  switch (server) {
    case 'postgresql':
      return await postgresql()
    case 'mariadb':
    case 'mysql':
      return await mariadb(server)
    case 'sqlite':
      return await sqlite()
    default:
      throw new TypeError(`no database for cases of server ${server}`)
  }
}

/** Every schema is dropped, those of earlier cases with it. */
const EMPTY_POSTGRESQL = `DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  CREATE SCHEMA public;
END $$`

async function postgresql(): Promise<EmptyDatabases> {
  const server = makeUrl(serverUrls().ALEMBIC_TEST_POSTGRESQL_URL)
  const database = `alembic_parity_${randomBytes(6).toString('hex')}`
  const admin = await createEngine(server).connect()
  await admin.execute(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`)
  const engine = createEngine(server.set({ database }))
  return {
    async connect() {
      const connection = await engine.connect()
      await connection.execute('SET client_min_messages = error')
      await connection.execute(EMPTY_POSTGRESQL)
      return connection
    },
    async dispose() {
      await engine.dispose()
      await admin.execute(`DROP DATABASE ${database} WITH (FORCE)`)
      await admin.close()
    },
  }
}

const MARIADB_DATABASE = 'vec_autogen'

/** By default this project reads more of a table's definition there than the reference does. */
const AS_REFERENCE: MysqlSettings = { flags: { reflectsAsReference: true } }

/** The role that the cases were recorded with: it sees the databases of the cases and no other. */
async function mariadb(dialect: 'mariadb' | 'mysql'): Promise<EmptyDatabases> {
  const server = makeUrl(serverUrls().ALEMBIC_TEST_MARIADB_URL)
  const admin = await createEngine(server).connect()
  // The name of the database is part of the cases: another run with it must end first.
  await admin.execute(`SELECT GET_LOCK('${MARIADB_DATABASE}', 600)`)
  // Databases that refer to each other can be dropped in any order.
  await admin.execute('SET foreign_key_checks = 0')
  const user = `'${MARIADB_DATABASE}'@'%'`
  await admin.execute(`CREATE OR REPLACE USER ${user} IDENTIFIED BY ''`)
  for (const pattern of ['vec\\_%', 'test\\_schema%']) {
    await admin.execute(`GRANT ALL ON \`${pattern}\`.* TO ${user}`)
  }
  const url = server.set({ drivername: dialect, username: MARIADB_DATABASE })
  const engine = createEngine(url.set({ database: MARIADB_DATABASE }), {
    dialectSettings: AS_REFERENCE,
  })
  const faithful = createEngine(url.set({ database: MARIADB_DATABASE }))
  const empty = async (): Promise<void> => {
    const { rows } = await admin.execute(
      `SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name REGEXP '^(vec_|test_schema)'`,
    )
    for (const { name } of rows) await admin.execute(`DROP DATABASE \`${String(name)}\``)
  }
  return {
    async connect({ asReference = true } = {}) {
      await empty()
      await admin.execute(
        `CREATE DATABASE ${MARIADB_DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`,
      )
      return await (asReference ? engine : faithful).connect()
    },
    async dispose() {
      await engine.dispose()
      await faithful.dispose()
      await empty()
      await admin.execute(`DROP USER ${user}`)
      await admin.close()
    },
  }
}

async function sqlite(): Promise<EmptyDatabases> {
  const folder = await mkdtemp(join(tmpdir(), 'alembic-parity-'))
  let count = 0
  return {
    connect: async () => {
      count += 1
      return await createEngine(`sqlite:///${join(folder, `${count}.db`)}`).connect()
    },
    dispose: () => rm(folder, { recursive: true }),
  }
}
