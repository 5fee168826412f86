// The examples of docs/extending.md, run: they import nothing but the public entry points. First in the process, on the
// sources; then in a project of their own, by the built package under its name.
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sa } from '../src/index.ts'
import { renderCode } from '../src/autogenerate/index.ts'
import { op } from '../src/operations/operations.ts'
import { UpgradeOps, type MigrateOperation } from '../src/operations/index.ts'
import { loadDialect } from '../src/engine/registry.ts'
import type { Dialect } from '../src/sql/compile/dialect.ts'
import { runAlembic } from './cli/run-alembic.ts'
import { migrate, scriptOf } from './property/run.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'alembic-ts-extending-'))

/** The entry points, as the sources behind them. */
const entries = Object.entries(
  (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, string | { default: string }>
    }
  ).exports,
).flatMap(([key, target]) =>
  typeof target === 'string'
    ? []
    : [
        [
          `alembic-ts${key.slice(1)}`,
          join(root, target.default.replace('/dist/', '/src/').replace(/\.js$/, '.ts')),
        ] as const,
      ],
)

/** The code under a heading of the page. */
function codeUnder(title: string, fence = 'ts'): string {
  const page = readFileSync(join(root, 'docs/extending.md'), 'utf8')
  const section = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
  const [, code] = new RegExp(`^\`\`\`${fence}\\n([^]*?)^\`\`\``, 'm').exec(section) ?? []
  if (code === undefined)
    throw new Error(`docs/extending.md has no \`\`\`${fence} under '${title}'`)
  return code
}

async function example<T>(title: string): Promise<T> {
  let code = codeUnder(title)
  for (const [name, file] of entries) code = code.replaceAll(`'${name}'`, JSON.stringify(file))
  const path = join(folder, `${title.replaceAll(/\W/g, '-')}.ts`)
  writeFileSync(path, code)
  return (await import(path)) as T
}

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe("an operation of one's own", () => {
  interface Example {
    readonly CreateViewOp: new (name: string, query: string) => MigrateOperation
    upgrade(): Promise<void>
    downgrade(): Promise<void>
  }
  let views: Example

  beforeAll(async () => {
    views = await example<Example>("An operation of one's own")
  })

  it('runs on a database, and is taken back', async () => {
    const connection = await sa.createEngine('sqlite://').connect()
    const names = async (): Promise<readonly string[]> =>
      await (await sa.inspect(connection)).getViewNames()
    try {
      await connection.execute('CREATE TABLE people (age INTEGER)')
      await migrate({ connection }, () => views.upgrade())
      expect(await names()).toEqual(['Adults'])
      await migrate({ connection }, () => views.downgrade())
      expect(await names()).toEqual([])
    } finally {
      await connection.close()
    }
  })

  it('is written into scripts, for one database in its own way', async () => {
    const query = 'AS SELECT * FROM people WHERE age >= 18;\n\n'
    const script = (dialectName: string) => scriptOf({ dialectName }, () => views.upgrade())
    expect(await script('mysql')).toBe(`CREATE VIEW \`Adults\` ${query}`)
    expect(await script('postgresql')).toBe(`CREATE OR REPLACE VIEW "Adults" ${query}`)
  })

  it('is written into migrations with its reverse', async () => {
    const create = new views.CreateViewOp('v', 'SELECT 1')
    const dialect = (await loadDialect('sqlite')).createDialect()
    const { code } = await renderCode(new UpgradeOps([create, create.reverse()]), { dialect })
    expect(code).toContain('await op.createView("v", "SELECT 1")')
    expect(code).toContain('await op.dropView("v")')
    expect(create.reverse().reverse()).toBe(create)
  })
})

describe("a type of one's own", () => {
  it('is spelled as each database has it', async () => {
    const { upgrade } = await example<{ upgrade(): Promise<void> }>("A type of one's own")
    const script = (dialectName: string) => scriptOf({ dialectName }, upgrade)
    expect(await script('postgresql')).toBe(
      'CREATE TABLE places (\n    id SERIAL NOT NULL, \n    owner CITEXT NOT NULL, \n    at geometry(POINT, 4326), \n    PRIMARY KEY (id)\n);\n\n',
    )
    expect(await script('mysql')).toBe(
      'CREATE TABLE places (\n    id INTEGER NOT NULL AUTO_INCREMENT, \n    owner VARCHAR(320) NOT NULL, \n    at POINT, \n    PRIMARY KEY (id)\n);\n\n',
    )
  })
})

describe('a dialect', () => {
  interface Example {
    createDialect(): Dialect
    readonly events: sa.Table
    readonly HUGEINT: () => sa.TypeEngine<bigint>
  }
  let duckdb: Example
  const script = (body: () => unknown) => scriptOf({ url: 'duckdb:///a.db' }, body)

  beforeAll(async () => {
    duckdb = await example<Example>('A dialect')
  })

  it('writes its own SQL and the common one', async () => {
    const { events } = duckdb
    expect(
      await script(async () => {
        const items = [
          ...events.columns.map((column) => column.copyDefinition()),
          sa.PrimaryKeyConstraint('id'),
        ]
        await op.createTable('events', ...items, { comment: "it's" })
        await op.alterColumn('events', 'tags', { type: sa.Text(), nullable: false })
        await op.bulkInsert(sa.table('events', sa.column('id', duckdb.HUGEINT()), sa.column('b')), [
          { id: 2n ** 100n, b: Uint8Array.of(0, 255) },
        ])
      }),
    ).toBe(
      `CREATE TABLE events (
    id HUGEINT NOT NULL, 
    at TIMESTAMPTZ, 
    tags VARCHAR[], 
    PRIMARY KEY (id)
);

COMMENT ON TABLE events IS 'it''s';

ALTER TABLE events ALTER COLUMN tags SET NOT NULL;

ALTER TABLE events ALTER COLUMN tags SET DATA TYPE VARCHAR;

INSERT INTO events (id, b) VALUES (1267650600228229401496703205376, from_hex('00ff'));

`,
    )
  })

  it('refuses what its database has not', async () => {
    await expect(script(() => op.createUniqueConstraint('uq', 'events', ['at']))).rejects.toThrow(
      'DuckDB adds no unique constraint to a table that is there',
    )
    expect(() => sa.Index('ix', 'at', { duckdb: { using: 'art' } } as never)).toThrow(
      "Option 'using' is not accepted by dialect duckdb on indexes",
    )
  })
})

describe('a project with extensions of its own', () => {
  const project = mkdtempSync(join(realpathSync(tmpdir()), 'alembic-ts-extended-'))
  const write = (path: string, text: string): void => writeFileSync(join(project, path), text)
  const alembic = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = runAlembic(project, args)
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
    return stdout
  }

  beforeAll(() => {
    for (const path of ['node_modules', 'src', 'alembic/versions']) {
      mkdirSync(join(project, path), { recursive: true })
    }
    symlinkSync(root, join(project, 'node_modules/alembic-ts'))
    write('package.json', '{ "type": "module" }')
    write('src/views.ts', codeUnder("An operation of one's own"))
    write('src/types.ts', codeUnder("A type of one's own"))
    write('src/duckdb.ts', codeUnder('A dialect'))
    write('src/plugin.ts', codeUnder("An operation of one's own", 'ts ignore'))
    write(
      'alembic.ini',
      '[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = sqlite:///app.db\n',
    )
    write(
      'alembic/script.ts.eta',
      readFileSync(join(root, 'templates/generic/script.ts.eta'), 'utf8'),
    )
    write('alembic/env.ts', environment(codeUnder("A type of one's own", 'ts ignore')))
  })
  afterAll(() => rmSync(project, { recursive: true }))

  it('finds its operations and types in autogenerate, and runs what was written', async () => {
    alembic('revision', '--autogenerate', '-m', 'people', '--rev-id', 'a1')
    const [name = ''] = readdirSync(join(project, 'alembic/versions'))
    const file = readFileSync(join(project, 'alembic/versions', name), 'utf8')
    expect(file).toContain("import { op, sa } from 'alembic-ts'\n")
    expect(file).toContain("import { Email } from '../../src/types.ts'\n")
    expect(file).toContain("sa.Column('email', new Email(), { nullable: false })")
    expect(file).toMatch(
      /await op\.createTable\([^]*await op\.createView\([^]*await op\.dropView\([^]*await op\.dropTable\(/,
    )
    alembic('upgrade', 'head')
    const connection = await sa.createEngine(`sqlite:///${join(project, 'app.db')}`).connect()
    const inspector = await sa.inspect(connection)
    expect(await inspector.getViewNames()).toEqual(['Adults'])
    expect((await inspector.getColumns('people')).map(({ type }) => type.toString())).toContain(
      'VARCHAR(length=320)',
    )
    expect(alembic('check')).toContain('No new upgrade operations detected')
    alembic('downgrade', 'base')
    inspector.clearCache()
    expect([...(await inspector.getTableNames()), ...(await inspector.getViewNames())]).toEqual([
      'alembic_version',
    ])
    await connection.close()
  }, 60_000)

  it('writes a script for its own dialect, which the URL chooses', () => {
    const script = alembic('-x', 'url=duckdb:///app.db', 'upgrade', 'head', '--sql')
    expect(script).toContain('email VARCHAR(320) NOT NULL')
    expect(script).toContain('CREATE VIEW "Adults" AS SELECT * FROM people WHERE age >= 18;')
    const postgresql = alembic('-x', 'url=postgresql://', 'upgrade', 'head', '--sql')
    expect(postgresql).toContain('email CITEXT NOT NULL')
    expect(postgresql).toContain('CREATE OR REPLACE VIEW "Adults"')
  }, 60_000)
})

/** An env file that uses all of it; `configure` is the call on the page. */
function environment(configure: string): string {
  return `import { context, sa } from 'alembic-ts'
import '../src/duckdb.ts'
import '../src/plugin.ts'
import { Email } from '../src/types.ts'

const targetMetadata = sa.MetaData()
sa.Table(
  'people',
  targetMetadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('age', sa.Integer()),
  sa.Column('email', new Email(), { nullable: false }),
)
const { url } = context.getXArgument({ asDictionary: true })
if (context.isOfflineMode()) {
  await context.configure({ url, targetMetadata })
  await context.runMigrations()
} else {
  const connection = await sa.engineFromConfig(context.config.getSection('alembic')).connect()
  ${configure
    .trim()
    .replace('  connection,', "  connection,\n  autogeneratePlugins: ['alembic.*', 'shop.*'],")
    .replaceAll('\n', '\n  ')}
  await context.beginTransaction(() => context.runMigrations())
  await connection.close()
}
`
}
