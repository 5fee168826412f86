import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dataFolder, findProgram, freePort, serverUser, startServer } from './server-process.ts'
import { serverUrls } from './server-urls.ts'

/** A PgBouncer before the test server of PostgreSQL, which gives its sessions on after every transaction. */
export interface Pooler {
  /** The URL of a database of that server, through the pooler. */
  urlOf(database: string): string
  stop(): Promise<void>
}

/** Whether PgBouncer is installed. */
export async function hasPgbouncer(): Promise<boolean> {
  return (await findProgram('pgbouncer')) !== undefined
}

/** Starts a pooler with so many sessions for each database. */
export async function startPgbouncer(sessions: number): Promise<Pooler> {
  const program = await findProgram('pgbouncer')
  if (program === undefined) throw new TypeError('pgbouncer is not installed')
  const { hostname, port, username, password } = new URL(serverUrls().ALEMBIC_TEST_POSTGRESQL_URL)
  const data = await dataFolder()
  const own = await freePort()
  const login = `user=${username}${password === '' ? '' : ` password=${password}`}`
  const settings = join(data, 'pgbouncer.ini')
  await writeFile(
    settings,
    `[databases]
* = host=${hostname} port=${port === '' ? 5432 : port} ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${sessions}
ignore_startup_parameters = extra_float_digits
`,
  )
  if (serverUser.uid !== undefined) await chown(settings, serverUser.uid, serverUser.gid)
  const stop = await startServer({ program, args: [settings], port: own, data })
  return {
    urlOf: (database) => `postgresql://${username}@127.0.0.1:${own}/${database}`,
    stop,
  }
}
