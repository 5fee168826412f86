// Certificates of an authority of the test's own, by openssl.
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, serverUser } from '../live/server-process.ts'

export const KEY_PASSWORD = 'k3y-s3cret'

export interface Certificates {
  readonly folder: string
  /** `ca.crt` and the like. */
  path(name: string): string
  dispose(): Promise<void>
}

/**
 * `ca.crt`; `other-ca.crt`, which signed nothing; `named.crt`/`.key` for localhost and 127.0.0.1, `local.crt` for localhost only,
 * `foreign.crt` for another host; `client.crt` for the user `certified`, its key also as `client-locked.key`.
 */
export async function makeCertificates(keyPassword = KEY_PASSWORD): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'alembic-tls-'))
  const path = (name: string): string => join(folder, name)
  const openssl = async (...args: readonly string[]): Promise<void> => {
    await run('openssl', [...args], { cwd: folder })
  }
  const authority = (name: string): Promise<void> =>
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', `${name}.key`, '-out', `${name}.crt`, '-days', '2', '-subj', `/CN=${name}`],
    )
  const signed = async (name: string, subject: string, names: string): Promise<void> => {
    await openssl(
      ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`],
    )
    await writeFile(path(`${name}.ext`), `subjectAltName=${names}\n`)
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.crt`],
    )
  }
  await authority('ca')
  await authority('other-ca')
  await signed('named', 'localhost', 'DNS:localhost,IP:127.0.0.1')
  await signed('local', 'localhost', 'DNS:localhost')
  await signed('foreign', 'db.example', 'DNS:db.example')
  await signed('client', 'certified', 'DNS:certified')
  await openssl(
    ...['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-in', 'client.key'],
    ...['-out', 'client-locked.key', '-passout', `pass:${keyPassword}`],
  )
  for (const name of ['named', 'local', 'foreign']) await giveToServer(path(`${name}.key`))
  if (serverUser.uid !== undefined) await chown(folder, serverUser.uid, serverUser.gid)
  return { folder, path, dispose: () => rm(folder, { recursive: true }) }
}

/** Servers read a key that is theirs alone. */
export async function giveToServer(file: string): Promise<void> {
  if (serverUser.uid !== undefined) await chown(file, serverUser.uid, serverUser.gid)
  await chmod(file, 0o600)
}
