// The examples of docs/extending.md, run: they import nothing but the public entry points.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sa } from '../src/index.ts'
import { renderCode } from '../src/autogenerate/index.ts'
import { op } from '../src/operations/operations.ts'
import { UpgradeOps, type MigrateOperation } from '../src/operations/index.ts'
import { loadDialect } from '../src/engine/registry.ts'
import type { Dialect } from '../src/sql/compile/dialect.ts'
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

async function example<T>(title: string): Promise<T> {
  const page = readFileSync(join(root, 'docs/extending.md'), 'utf8')
  const section = page.split(`\n## ${title}\n`)[1] ?? ''
  let [, code = ''] = /^```ts\n([^]*?)^```/m.exec(section) ?? []
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
