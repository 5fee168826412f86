// Projects around a URL with a password in it, which log all that can be logged.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SecretParts {
  /** One file of settings; `alembic.ini` with an env file; or an env file that connects by a client of its own. */
  readonly kind: 'config' | 'ini' | 'client'
  readonly url: string
  /** Options of `alembic.ini`. */
  readonly more?: Readonly<Record<string, string>>
  /** Options of a `pg.Client`. */
  readonly client?: Readonly<Record<string, unknown>>
}

export interface SecretProject {
  readonly folder: string
  readonly kind: SecretParts['kind']
  /** The files that hold the password, because somebody put it there. */
  readonly own: readonly string[]
  addFailingRevision(): void
  dispose(): void
}

const LOGGING = `
[loggers]
keys = root,alembic,sqlalchemy
[handlers]
keys = console
[formatters]
keys = generic
[logger_root]
level = DEBUG
handlers = console
[logger_alembic]
level = DEBUG
handlers =
qualname = alembic
[logger_sqlalchemy]
level = DEBUG
handlers =
qualname = sqlalchemy
[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic
[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
`

const MODELS = `import { op, sa, context, engineFromConfig, fileConfig } from 'alembic-ts'
const targetMetadata = sa.MetaData()
sa.Table('users', targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }))
`

/** The generic template's env file, with echo. */
const ENV = `${MODELS}
const config = context.config
fileConfig(config.configFileName)
if (context.isOfflineMode()) {
  await context.configure({ url: config.getMainOption('sqlalchemy.url'), targetMetadata })
  await context.beginTransaction(() => context.runMigrations())
} else {
  const engine = engineFromConfig(config.getSection(config.configIniSection, {}), { prefix: 'sqlalchemy.' })
  const connection = await engine.connect()
  try {
    await context.configure({ connection, targetMetadata })
    await context.beginTransaction(() => context.runMigrations())
  } finally {
    await connection.close()
  }
}
`

const clientEnv = (client: Readonly<Record<string, unknown>>): string => `${MODELS}
import pg from 'pg'
fileConfig(context.config.configFileName)
if (context.isOfflineMode()) {
  await context.configure({ url: context.config.getMainOption('sqlalchemy.url'), targetMetadata })
  await context.beginTransaction(() => context.runMigrations())
} else {
  const connection = new pg.Client(${JSON.stringify(client)})
  await connection.connect()
  try {
    await context.configure({ connection, targetMetadata })
    await context.beginTransaction(() => context.runMigrations())
  } finally {
    await connection.end()
  }
}
`

const revision = (id: string, down: string | null, body: string): string =>
  `import { op, sa } from 'alembic-ts'\n\nexport const revision = '${id}'\nexport const downRevision = ${JSON.stringify(down)}\n` +
  `export const branchLabels = null\nexport const dependsOn = null\n\n` +
  `export async function upgrade(): Promise<void> {\n  ${body}\n}\n\n` +
  `export async function downgrade(): Promise<void> {}\n`

export function makeSecretProject({
  kind,
  url,
  more = {},
  client = {},
}: SecretParts): SecretProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-secret-')))
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(process.cwd(), join(folder, 'node_modules/alembic-ts'))
  symlinkSync(join(process.cwd(), 'node_modules/pg'), join(folder, 'node_modules/pg'))
  write('alembic/versions/a1.ts', revision('a1', null, `await op.execute('SELECT 1')`))
  if (kind === 'config') {
    write(
      'alembic.config.ts',
      `export default { url: ${JSON.stringify(url)}, scriptLocation: 'alembic' }\n`,
    )
  } else {
    const options = { script_location: 'alembic', 'sqlalchemy.url': url, ...more }
    const lines = Object.entries(options).map(
      ([name, value]) => `${name} = ${value.replaceAll('%', '%%')}`,
    )
    write('alembic.ini', `[alembic]\n${lines.join('\n')}\n${LOGGING}`)
    write('alembic/env.ts', kind === 'ini' ? ENV : clientEnv(client))
    cpSync('templates/generic/script.ts.eta', join(folder, 'alembic/script.ts.eta'))
  }
  return {
    folder,
    kind,
    own: ['alembic.config.ts', 'alembic.ini', ...(kind === 'client' ? ['alembic/env.ts'] : [])],
    addFailingRevision: () =>
      write(
        'alembic/versions/b2.ts',
        revision('b2', 'a1', `await op.execute("INSERT INTO no_such_table VALUES (1)")`),
      ),
    dispose: () => rmSync(folder, { recursive: true }),
  }
}
