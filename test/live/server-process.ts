// What starting a server takes, whichever it is.
import { execFile, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** Runs a program to its end. */
export const run = promisify(execFile)

const nobody = 65_534

/** PostgreSQL and MariaDB refuse to run as root. */
export const serverUser: Readonly<Record<'uid' | 'gid', number>> | Record<string, never> =
  process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** An empty folder that the server may write to. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alembic-ts-server-'))
  if (serverUser.uid !== undefined) await chown(folder, serverUser.uid, serverUser.gid)
  await chmod(folder, 0o700)
  return folder
}

/** A server program, where it listens and the folder of its data. */
export interface ServerProcess {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly port: number
  readonly data: string
}

/** Starts a server that ends with this process at the latest; what is returned ends it and removes its data. */
export async function startServer(server: ServerProcess): Promise<() => Promise<void>> {
  const { program, args, env = process.env, port, data } = server
  const child = spawn(program, args, { ...serverUser, env, stdio: 'ignore' })
  // What it holds is thrown away; Firebird 3.0.11 may wait forever when it is asked to end.
  const kill = (): boolean => child.kill('SIGKILL')
  const clear = (): void => {
    kill()
    rmSync(data, { recursive: true, force: true })
  }
  const end = (signal: NodeJS.Signals): void => {
    clear()
    process.kill(process.pid, signal)
  }
  process.once('exit', clear)
  process.once('SIGTERM', end)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    process.off('exit', clear)
    process.off('SIGTERM', end)
    kill()
    await ended
    await rm(data, { recursive: true })
  }
  for (let tries = 0; tries < 100; tries++) {
    if (await answers('127.0.0.1', port)) return stop
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await stop()
  throw new TypeError(`${program} does not listen on port ${port}`)
}

/** Where a program is installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'])
    if ((await namesIn(folder)).includes(name)) return join(folder, name)
  return undefined
}

/** Empty where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((): string[] => [])
}

/** Whether something listens there. */
export function answers(host: string, port: number): Promise<boolean> {
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

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
