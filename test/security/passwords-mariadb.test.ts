// As passwords.test.ts, on a server that keeps a journal of runs, through both of its packages.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { mariadbDriver } from '../../src/dialects/mysql/drivers/mariadb.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { makeCertificates, type Certificates } from './certificates.ts'
import { describePrivate } from './private-server.ts'
import { makeSecretProject, type SecretProject } from './secret-project.ts'
import { expectFailingUpgrade, PASSWORD, runAll, WORDS, WRONG } from './secret-run.ts'
import { told } from './told.ts'
import { startTlsMariadb, type TlsServer } from './tls-servers.ts'

describePrivate('mariadb', 'a password', () => {
  let certificates: Certificates
  let server: TlsServer
  const projects: SecretProject[] = []
  const project = (parts: Parameters<typeof makeSecretProject>[0]): SecretProject => {
    const made = makeSecretProject(parts)
    projects.push(made)
    return made
  }

  async function asRoot(statements: readonly string[]): Promise<readonly object[]> {
    const connection = await mariadbDriver.connect(
      makeUrl(`mariadb://root@127.0.0.1:${server.port}/mysql`),
    )
    try {
      let rows: readonly object[] = []
      for (const statement of statements) ({ rows } = await connection.execute(statement))
      return rows
    } finally {
      await connection.close()
    }
  }

  beforeAll(async () => {
    certificates = await makeCertificates(PASSWORD)
    server = (await startTlsMariadb(certificates))!
    await asRoot([
      `CREATE USER locked IDENTIFIED BY '${PASSWORD.replaceAll("'", "''")}'`,
      'GRANT ALL ON shop.* TO locked',
    ])
  })
  afterEach(() => vi.unstubAllEnvs())
  afterAll(async () => {
    for (const made of projects) made.dispose()
    await server.stop()
    await certificates.dispose()
  })

  const urlOf = (driver: string, password: string, database = 'shop', query = ''): string =>
    `${driver}://locked:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}${query}`

  it.each([
    ['mysql+mysql2', 'config'],
    ['mariadb+mariadb', 'config'],
    ['mysql+pymysql', 'ini'],
  ] as const)('through %s (%s)', async (driver, kind) => {
    await asRoot(['CREATE OR REPLACE DATABASE shop'])
    const { folder, own } = project({ kind, url: urlOf(driver, PASSWORD) })
    const statuses = await runAll({ folder, own })
    for (const line of ['upgrade head', 'current --verbose', 'current --json', 'downgrade base'])
      expect({ [line]: statuses.get(line) }).toEqual({ [line]: 0 })
    const tables = await asRoot([
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'shop'",
    ])
    expect(JSON.stringify(tables)).toContain('alembic_version')
    for (const { name } of tables as readonly { readonly name: string }[])
      expect(told(JSON.stringify(await asRoot([`SELECT * FROM shop.${name}`])), WORDS)).toEqual([])
  })

  it.each(['mysql+mysql2', 'mariadb+mariadb'])(
    'refused, or failing, through %s',
    async (driver) => {
      await asRoot(['CREATE OR REPLACE DATABASE shop'])
      const key = `?ssl_cert=${certificates.path('client.crt')}&ssl_key=${certificates.path('client-locked.key')}`
      for (const [url, says] of [
        [urlOf(driver, WRONG), /Access denied/],
        [urlOf(driver, PASSWORD, 'nowhere'), /Access denied|Unknown database/],
        [urlOf(driver, PASSWORD, 'shop', '?nope=1'), /doesn't know the parameter/],
        [
          urlOf(driver, PASSWORD, 'shop', `${key}&ssl_key_password=${encodeURIComponent(WRONG)}`),
          /./,
        ],
        [urlOf(driver, PASSWORD), /no_such_table/],
      ] as const) {
        const made = project({ kind: 'config', url })
        made.addFailingRevision()
        await expectFailingUpgrade(made, says)
      }
    },
  )
})
