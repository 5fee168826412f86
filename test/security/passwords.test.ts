// A password reaches the driver and nothing else: no output, no error, no file, no table, whatever the command and its end.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { pgDriver } from '../../src/dialects/postgresql/drivers/pg.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { runAlembic } from '../cli/run-alembic.ts'
import { makeCertificates, type Certificates } from './certificates.ts'
import { describePrivate } from './private-server.ts'
import { expectFailingUpgrade, PASSWORD, runAll, WORDS, WRONG } from './secret-run.ts'
import { makeSecretProject, type SecretProject } from './secret-project.ts'
import { runHere } from './run-here.ts'
import { told } from './told.ts'
import { startTlsPostgresql, type TlsServer } from './tls-servers.ts'

const EMPTY = [
  'DROP SCHEMA public CASCADE',
  'CREATE SCHEMA public',
  'GRANT ALL ON SCHEMA public TO PUBLIC',
]

let certificates: Certificates
let server: TlsServer
const projects: SecretProject[] = []

/** Runs statements as the one who may everything; gives the rows of the last. */
async function asRoot(database: string, statements: readonly string[]): Promise<readonly object[]> {
  const url = `postgresql://postgres@localhost:${server.port}/${database}`
  const connection = await pgDriver.connect(makeUrl(url))
  try {
    let rows: readonly object[] = []
    for (const statement of statements) ({ rows } = await connection.execute(statement))
    return rows
  } finally {
    await connection.close()
  }
}

/** Where the password stands; each makes a project around the URL. */
const PLACES: Readonly<
  Record<string, (target: Target) => Parameters<typeof makeSecretProject>[0]>
> = {
  'url of alembic.config.ts': (target) => ({ kind: 'config', url: urlOf(target) }),
  'alembic.ini': (target) => ({ kind: 'ini', url: urlOf(target) }),
  '${NAME} in alembic.ini': (target) => {
    vi.stubEnv('SHOP_URL', urlOf(target))
    return { kind: 'ini', url: '${SHOP_URL}' }
  },
  '?password=': (target) => ({
    kind: 'config',
    url: `${urlOf({ ...target, password: undefined })}&password=${encodeURIComponent(target.password ?? '')}`,
  }),
  'connect_args of alembic.ini': (target) => ({
    kind: 'ini',
    url: urlOf({ ...target, password: undefined }),
    more: { 'sqlalchemy.connect_args.password': target.password ?? '', 'sqlalchemy.echo': 'debug' },
  }),
  'a client of the env file': (target) => ({
    kind: 'client',
    url: urlOf({ ...target, password: undefined }),
    client: {
      host: 'localhost',
      port: target.port,
      user: 'locked',
      password: target.password,
      database: target.database,
      ssl: { rejectUnauthorized: false },
    },
  }),
  '?sslpassword=': (target) => ({
    kind: 'config',
    url: `postgresql://certified@localhost:${target.port}/${target.database}?sslmode=require&sslcert=${certificates.path('client.crt')}&sslkey=${certificates.path('client-locked.key')}&sslpassword=${encodeURIComponent(target.password ?? '')}`,
  }),
}

interface Target {
  readonly password: string | undefined
  readonly port: number
  readonly database: string
}

function urlOf({ password, port, database }: Target): string {
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`
  return `postgresql://locked${secret}@localhost:${port}/${database}?sslmode=require`
}

function project(parts: Parameters<typeof makeSecretProject>[0]): SecretProject {
  const made = makeSecretProject(parts)
  projects.push(made)
  return made
}

describePrivate('postgresql', 'a password', () => {
  beforeAll(async () => {
    certificates = await makeCertificates(PASSWORD)
    server = (await startTlsPostgresql(certificates))!
    await asRoot('postgres', [
      'CREATE ROLE certified LOGIN',
      `CREATE ROLE locked LOGIN PASSWORD '${PASSWORD.replaceAll("'", "''")}'`,
      'CREATE DATABASE shop',
    ])
    await asRoot('shop', EMPTY)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await asRoot('shop', EMPTY)
  })
  afterAll(async () => {
    for (const project of projects) project.dispose()
    await server.stop()
    await certificates.dispose()
  })

  const right = (): Target => ({ password: PASSWORD, port: server.port, database: 'shop' })

  it.each(Object.keys(PLACES))('in %s, where all goes well', async (place) => {
    const statuses = await runAll(project(PLACES[place]!(right())))
    // They did connect.
    for (const line of ['upgrade head', 'current --verbose', 'downgrade base', 'current --json'])
      expect({ [line]: statuses.get(line) }).toEqual({ [line]: 0 })
    const tables = await asRoot('shop', [
      `SELECT tablename AS name, query_to_xml('SELECT * FROM public.' || quote_ident(tablename), true, true, '')::text AS rows
       FROM pg_tables WHERE schemaname = 'public'`,
    ])
    expect(JSON.stringify(tables)).toContain('alembic_version')
    expect(JSON.stringify(tables)).not.toMatch(WORDS)
  })

  it.each<[what: string, change: Partial<Target>, says: RegExp]>([
    ['is wrong', { password: WRONG }, /password authentication failed/],
    ['is for a server that is not there', { port: 1 }, /connection refused/],
    ['is for a database that is not there', { database: 'nowhere' }, /does not exist/],
  ])('that %s', async (_what, change, says) => {
    for (const [place, parts] of Object.entries(PLACES)) {
      if (place === '?sslpassword=') continue
      const made = project(parts({ ...right(), ...change }))
      await runAll(made)
      // What `init` made stands beside it by now.
      const { status, output } = await runHere(made.folder, [
        ...['-c', made.kind === 'config' ? 'alembic.config.ts' : 'alembic.ini'],
        ...['--raiseerr', 'current', '--verbose'],
      ])
      expect({ place, status }).toEqual({ place, status: 1 })
      expect(output).toMatch(place === 'a client of the env file' ? /./ : says)
    }
  })

  it('of a key that it does not open', async () => {
    const made = project(PLACES['?sslpassword=']!({ ...right(), password: WRONG }))
    const statuses = await runAll(made)
    expect(statuses.get('current')).not.toBe(0)
  })

  it('of a database whose migration fails', async () => {
    for (const parts of Object.values(PLACES)) {
      const made = project(parts(right()))
      made.addFailingRevision()
      await expectFailingUpgrade(made, /no_such_table/)
      await asRoot('shop', EMPTY)
    }
  })

  it('to the built command, whatever becomes of it', () => {
    for (const change of [{}, { password: WRONG }, { port: 1 }, { database: 'nowhere' }]) {
      const made = project(PLACES['alembic.ini']!({ ...right(), ...change }))
      for (const argv of [
        ['--raiseerr', 'upgrade', 'head'],
        ['current', '--verbose'],
        ['check', '--json'],
      ]) {
        const { stdout, stderr } = runAlembic(made.folder, argv)
        expect({ argv, told: told(stdout + stderr, WORDS) }).toEqual({ argv, told: [] })
        if (argv.includes('--verbose') && Object.keys(change).length === 0)
          expect(stdout).toContain('postgresql://locked:***@localhost')
      }
    }
  })
})
