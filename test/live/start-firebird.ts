import { rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  dataFolder,
  findProgram,
  freePort,
  namesIn,
  run,
  serverUser,
  startServer,
} from './server-process.ts'

// The server listens on this machine only, and ends with the tests.
const PASSWORD = 'masterkey'

/**
 * Starts a Firebird server beside the packaged one, with a configuration, users and databases of its own. Answers with the
 * URL of its folder, or with nothing where Firebird is not installed.
 */
export async function startFirebird(stops: (() => Promise<void>)[]): Promise<string | undefined> {
  const program = await findProgram('firebird')
  const isql = await findProgram('isql-fb')
  const installed = await findInstalledFiles()
  if (program === undefined || isql === undefined || installed === undefined) return undefined
  const data = await dataFolder()
  const port = await freePort()
  const env = { ...process.env, FIREBIRD: data, FIREBIRD_LOCK: data, FIREBIRD_TMP: data }
  for (const name of ['intl', 'plugins', 'plugins.conf', 'firebird.msg']) {
    await symlink(join(installed, name), join(data, name))
  }
  await writeFile(join(data, 'databases.conf'), '')
  await writeFile(join(data, 'firebird.conf'), configuration(data, port))
  await createUsers(isql, data, env)
  stops.push(await startServer({ program, args: [], env, port, data }))
  return `firebird://SYSDBA:${PASSWORD}@127.0.0.1:${port}/${data}/`
}

function configuration(data: string, port: number): string {
  const settings = {
    RemoteBindAddress: '127.0.0.1',
    RemoteServicePort: port,
    // One port for notices of events would do for one server only.
    RemoteAuxPort: 0,
    SecurityDatabase: join(data, 'users.fdb'),
    AuthServer: 'Srp',
    AuthClient: 'Srp',
    UserManager: 'Srp',
    // With a thread of its own for that, 3.0.11 hangs for good where a table is dropped and made anew after DELETE.
    GCPolicy: 'cooperative',
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}

/** Makes the database of users, with SYSDBA in it. */
async function createUsers(isql: string, data: string, env: NodeJS.ProcessEnv): Promise<void> {
  const script = join(data, 'users.sql')
  const users = join(data, 'users.fdb')
  // On a fresh database of users CREATE USER works, but not CREATE OR ALTER USER (Firebird 3.0.11).
  await writeFile(
    script,
    `CREATE DATABASE '${users}' USER 'SYSDBA';
COMMIT;
CREATE USER SYSDBA PASSWORD '${PASSWORD}' USING PLUGIN Srp;
COMMIT;
SELECT plg$salt FROM plg$srp;
`,
  )
  for (let tries = 0; tries < 20; tries++) {
    const { stdout } = await run(isql, ['-q', '-b', '-i', script], { ...serverUser, env })
    // node-firebird 2.17.1 is refused where the salt's first digit is zero, which the server leaves out.
    if (/^[1-9A-F][0-9A-F]{63}\s*$/m.test(stdout)) return
    await rm(users)
  }
  throw new TypeError(`${isql} made no usable SYSDBA`)
}

/** The folder of Debian's package, such as `/usr/lib/x86_64-linux-gnu/firebird/3.0`. */
async function findInstalledFiles(): Promise<string | undefined> {
  for (const machine of await namesIn('/usr/lib')) {
    const folder = join('/usr/lib', machine, 'firebird')
    const newest = (await namesIn(folder)).toSorted((a, b) => Number(b) - Number(a))[0]
    if (newest !== undefined) return join(folder, newest)
  }
  return undefined
}
