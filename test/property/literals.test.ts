import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import { op, sa } from '../../src/index.ts'
import { migrate, propertyOptions, scriptOf } from './run.ts'
import type { RawConnection } from './raw-connection.ts'
import { describeEachServer, openScratch } from './servers.ts'
import { commonKinds, ownKinds, type ValueKind } from './values.ts'

const RUNS = 40

describeEachServer('values', (server) => {
  const scriptOptions = { dialectName: server.database, dialectOpts: server.dialectOpts }
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

  const tableOf = (name: string, type: sa.TypeEngine) =>
    sa.table(name, sa.column('id', sa.Integer()), sa.column('v', type))
  const insert = (name: string, type: sa.TypeEngine, values: readonly unknown[]) => () =>
    op.bulkInsert(
      tableOf(name, type),
      values.map((v, id) => ({ id, v })),
    )

  async function makeTables(type: sa.TypeEngine): Promise<void> {
    await migrate({ connection }, async () => {
      for (const name of ['bound', 'written']) {
        await op.execute(`DROP TABLE IF EXISTS ${name}`)
        await op.createTable(
          name,
          sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
          sa.Column('v', type, { nullable: true }),
        )
      }
    })
  }

  async function read(table: string, kind: ValueKind): Promise<unknown[]> {
    const rows = await raw.query(`SELECT ${kind.read('v')} AS v FROM ${table} ORDER BY id`)
    return rows.map(({ v }) => (v === null ? null : kind.stored(v)))
  }

  it.each([...commonKinds(server.database), ...ownKinds(server.database)])(
    '$name is stored as it was given, bound or written',
    async (kind) => {
      await makeTables(kind.type)
      const rows = fc.array(fc.option(kind.values), { minLength: 1, maxLength: 5 })
      await fc.assert(
        fc.asyncProperty(rows, async (values) => {
          await raw.script('DELETE FROM bound; DELETE FROM written;')
          await migrate({ connection }, insert('bound', kind.type, values))
          await raw.script(await scriptOf(scriptOptions, insert('written', kind.type, values)))
          const expected = values.map((value) => (value === null ? null : kind.given(value)))
          expect(await read('bound', kind)).toEqual(expected)
          expect(await read('written', kind)).toEqual(expected)
        }),
        propertyOptions(Math.ceil(RUNS / server.share)),
      )
    },
    60_000,
  )

  const refused: readonly (readonly [what: string, type: sa.TypeEngine, value: unknown])[] = [
    ['an invalid date', sa.DateTime(), new Date(Number.NaN)],
    ['a date before year 1', sa.Date(), new Date('-000044-03-15T00:00:00Z')],
    ['a date beyond year 9999', sa.DateTime(), new Date('+012024-01-01T00:00:00Z')],
    ['an object in a column of text', sa.String(50), { a: 1 }],
    ['a list in a column of text', sa.Text(), ['a']],
    ['an object in a column of numbers', sa.Integer(), { a: 1 }],
    ['half of a surrogate pair', sa.String(50), 'a\uD800b'],
    ['a bigint in a document', sa.JSON(), { a: 10n }],
    ['a function as a document', sa.JSON(), () => 5],
    ...(server.database === 'postgresql'
      ? []
      : ([
          ['NaN', sa.Float(), Number.NaN],
          ['a list', sa.ARRAY(sa.Integer()), [1]],
        ] as const)),
    ...(server.database === 'mariadb' ? ([['Infinity', sa.Double(), Infinity]] as const) : []),
    ...(server.database === 'sqlite'
      ? ([['a bigint of more than 64 bits', sa.BigInteger(), 2n ** 64n]] as const)
      : []),
  ]

  it.each(refused)('%s is refused, with row and column', async (_what, type, value) => {
    const message = expect.objectContaining({
      code: 'COMPILE_ERROR',
      message: expect.stringMatching(/^Row 1 of the rows for table 't', column 'v': /) as string,
    }) as Error
    const run = insert('t', type, [null, value])
    await expect(scriptOf(scriptOptions, run)).rejects.toEqual(message)
    // SQLite's packages refuse what has more bits than an integer themselves.
    if (typeof value === 'bigint') return
    await expect(migrate({ connection }, run)).rejects.toEqual(message)
  })

  it('NUL is refused in a script', async () => {
    await expect(scriptOf(scriptOptions, insert('t', sa.Text(), ['a\0b']))).rejects.toThrow(
      String.raw`Row 0 of the rows for table 't', column 'v': String "a\u0000b" holds a NUL character`,
    )
  })
})
