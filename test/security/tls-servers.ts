// Servers of the test's own that speak TLS, on free ports.
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  dataFolder,
  findProgram,
  freePort,
  namesIn,
  run,
  serverUser,
  startServer,
} from '../live/server-process.ts'
import { giveToServer, type Certificates } from './certificates.ts'

export interface TlsServer {
  readonly port: number
  /** Puts another certificate in its place; the server has to be told. */
  present(name: string): Promise<void>
  stop(): Promise<void>
}

async function presenter(
  data: string,
  certificates: Certificates,
): Promise<(name: string) => Promise<void>> {
  const present = async (name: string): Promise<void> => {
    for (const end of ['crt', 'key']) {
      const target = join(data, `server.${end}`)
      await copyFile(certificates.path(`${name}.${end}`), target)
      await giveToServer(target)
    }
  }
  await present('named')
  return present
}

/** Lets in everybody over TLS, nobody without; the user `certified` by a certificate, `locked` by a password. */
export async function startTlsPostgresql(
  certificates: Certificates,
): Promise<TlsServer | undefined> {
  const [version] = (await namesIn('/usr/lib/postgresql')).toSorted((a, b) => Number(b) - Number(a))
  if (version === undefined) return undefined
  const bin = join('/usr/lib/postgresql', version, 'bin')
  const data = await dataFolder()
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    serverUser,
  )
  const present = await presenter(data, certificates)
  await copyFile(certificates.path('ca.crt'), join(data, 'ca.crt'))
  await giveToServer(join(data, 'ca.crt'))
  await writeFile(
    join(data, 'pg_hba.conf'),
    [
      'hostssl all certified all cert',
      'hostssl all locked all scram-sha-256',
      'hostssl all all all trust',
      'hostnossl all all all reject',
      '',
    ].join('\n'),
  )
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    ssl: 'on',
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
    ssl_ca_file: 'ca.crt',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = join(bin, 'postgres')
  const stop = await startServer({
    program,
    args: ['-D', data, '-p', String(port), ...options],
    port,
    data,
  })
  return { port, present, stop }
}

/** Root needs no password, with TLS or without. */
export async function startTlsMariadb(certificates: Certificates): Promise<TlsServer | undefined> {
  const install = await findProgram('mariadb-install-db')
  const program = await findProgram('mariadbd')
  if (install === undefined || program === undefined) return undefined
  const data = await dataFolder()
  const present = await presenter(data, certificates)
  const port = await freePort()
  await run(
    install,
    [
      ...['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'],
      '--skip-test-db',
    ],
    serverUser,
  )
  const stop = await startServer({
    program,
    args: [
      ...['--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1'],
      ...[`--socket=${join(data, 'socket')}`, `--pid-file=${join(data, 'pid')}`],
      ...[`--ssl-cert=${join(data, 'server.crt')}`, `--ssl-key=${join(data, 'server.key')}`],
      `--ssl-ca=${certificates.path('ca.crt')}`,
    ],
    port,
    data,
  })
  return { port, present, stop }
}
