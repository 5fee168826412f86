import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { tableFromReflection } from '../../src/engine/table-from-reflection.ts'
import { op, sa } from '../../src/index.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { MetaData } from '../../src/sql/schema/metadata.ts'
import { expectedFacts, inspectedFacts } from './facts.ts'
import { migrate, propertyOptions, scriptOf } from './run.ts'
import { build, models, takeDown, type Model, type ModelOptions } from './schema.ts'
import type { RawConnection } from './raw-connection.ts'
import type { DatabaseName } from '../live/servers.ts'
import { firebird } from './firebird.ts'
import { describeServers, openScratch, propertyServers } from './servers.ts'

const RUNS = 100

describeServers<DatabaseName>([...propertyServers, firebird], 'names and texts', (server) => {
  const { abilities } = server
  let scratch: Awaited<ReturnType<typeof openScratch>>
  let engine: Engine
  let connection: Connection
  let raw: RawConnection

  beforeAll(async () => {
    scratch = await openScratch(server)
    raw = await server.connect(scratch.rawUrl)
    engine = createEngine(scratch.url)
    connection = await engine.connect()
  })

  afterAll(async () => {
    await engine.dispose()
    await raw.close()
    await scratch.dispose()
  })

  const property = (
    check: (model: Model) => Promise<void>,
    options: ModelOptions = {},
  ): Promise<void> =>
    fc.assert(
      fc.asyncProperty(models(abilities, options), async (model) => {
        await server.reset(raw, model)
        await check(model)
      }),
      propertyOptions(Math.ceil(RUNS / server.share)),
    )

  const write = { name: server.quoteName, literal: server.quoteText }
  const make = (model: Model) => () => build(model, abilities, write)

  async function expectModel(model: Model): Promise<void> {
    const expected = expectedFacts(model, {
      comments: abilities.hasComments,
      nativeEnum: server.database === 'postgresql' || server.database === 'mariadb',
      keyNames: server.database !== 'mariadb',
    })
    expect(await server.readFacts(raw, model)).toEqual(expected)
    const inspector = await inspect(connection)
    expect(await inspectedFacts(inspector, model)).toEqual(expected)
    await expectValues(model)
  }

  /** Defaults, enumeration values and conditions are what the server makes of them. */
  async function expectValues(m: Model): Promise<void> {
    const { quoteName: q, placeholder } = server
    const table = m.schema === null ? q(m.parent) : `${q(m.schema)}.${q(m.parent)}`
    const insert = (columns: readonly string[], values: readonly unknown[]) =>
      raw.query(
        `INSERT INTO ${table} (${columns.map(q).join(', ')}) VALUES (${values.map((_, at) => placeholder(at + 1)).join(', ')})`,
        values,
      )
    await insert([m.id], [0])
    for (const [at, value] of m.enumValues.entries()) {
      await insert([m.id, m.kind, m.code], [at + 1, value, 'unrelated'])
    }
    const rows = await raw.query(
      `SELECT ${q(m.code)} AS code, ${q(m.added)} AS added, ${q(m.kind)} AS kind FROM ${table} ORDER BY ${q(m.id)}`,
    )
    expect(rows).toEqual([
      { code: m.default, added: m.alteredDefault, kind: null },
      ...m.enumValues.map((kind) => ({ code: 'unrelated', added: m.alteredDefault, kind })),
    ])
    for (const code of [m.forbidden, m.alsoForbidden]) {
      await expect(insert([m.id, m.code], [99, code])).rejects.toThrow(/constraint/i)
    }
    await raw.query(`DELETE FROM ${table}`)
  }

  it('arrive in the catalog, and are found there again to be taken away', async () => {
    await property(async (model) => {
      await migrate({ connection }, make(model))
      await expectModel(model)
      await migrate({ connection }, () => takeDown(model, abilities))
      expect(await server.readFacts(raw, model)).toEqual({})
    })
  }, 120_000)

  it('arrive in the catalog by a script', async () => {
    await property(
      async (model) => {
        const options = { dialectName: server.database, dialectOpts: server.dialectOpts }
        await raw.script(await scriptOf(options, make(model)))
        await expectModel(model)
        await raw.script(await scriptOf(options, () => takeDown(model, abilities)))
        expect(await server.readFacts(raw, model)).toEqual({})
      },
      { forScript: true },
    )
  }, 120_000)

  it('come out of reflection such that the same is made of them', async () => {
    await property(
      async (model) => {
        await migrate({ connection }, make(model))
        const inspector = await inspect(connection)
        const metadata = MetaData()
        const tables = await inspector.reflectTables({ schema: model.schema })
        for (const table of tables.values()) tableFromReflection(table, metadata)
        await server.reset(raw, model)
        await createAll(metadata, connection)
        await expectModel(model)
      },
      { forReflection: true },
    )
  }, 120_000)
})

const NUL = 'a\0b'
const HALF = 'a\uD83D'

describe.each([
  ['a NUL character', NUL],
  ['half of a surrogate pair', HALF],
])('%s is refused', (what, text) => {
  const column = () => sa.Column('c', sa.String(50))
  const places: Readonly<Record<string, () => unknown>> = {
    'table name': () => op.createTable(text, column()),
    'schema name': () => op.createTable('t', column(), { schema: text }),
    'column name': () => op.createTable('t', sa.Column(text, sa.Integer())),
    'constraint name': () =>
      op.createTable('t', column(), sa.UniqueConstraint('c', { name: text })),
    'index name': () => op.createIndex(text, 't', ['c']),
    default: () => op.addColumn('t', sa.Column('c', sa.Text(), { serverDefault: text })),
    'CHECK literal': () =>
      op.createTable('t', column(), sa.CheckConstraint(sa.column('c').ne(text))),
    'enumeration value': () =>
      op.createTable(
        't',
        sa.Column('c', sa.Enum('x', text, { name: 'e', createConstraint: true })),
      ),
    comment: () => op.createTable('t', column(), { comment: text }),
    'column comment': () => op.createTable('t', sa.Column('c', sa.Integer(), { comment: text })),
  }
  const databases = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'firebird'] as const

  it.each(
    databases.flatMap((database) =>
      Object.keys(places)
        .filter((place) => !(database === 'sqlite' && place.includes('comment')))
        .filter((place) => !(database === 'firebird' && place === 'schema name'))
        .map((place) => [database, place] as const),
    ),
  )('by %s as a %s', async (dialectName, place) => {
    await expect(scriptOf({ dialectName }, places[place]!)).rejects.toThrow(
      expect.objectContaining({
        code: 'COMPILE_ERROR',
        message: expect.stringContaining(`holds ${what}`) as string,
      }) as Error,
    )
  })
})
