import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { inMemoryHistory } from '../runtime/history.ts'

interface Database {
  readonly cars: { readonly id: number; readonly colour: string | null }
}

const history = inMemoryHistory([
  {
    id: 'a1',
    down: null,
    upgrade: async () => {
      void op.execute('CREATE TABLE cars (id INTEGER, colour VARCHAR(20))')
      const db = await op.kysely<Database>()
      await db
        .insertInto('cars')
        .values([
          { id: 1, colour: "it's red" },
          { id: 2, colour: null },
        ])
        .execute()
      await db.updateTable('cars').set({ colour: 'blue' }).where('id', '=', 2).execute()
    },
  },
  {
    id: 'b2',
    down: 'a1',
    upgrade: async () => {
      const db = await op.kysely<Database>()
      const found = await db.selectFrom('cars').select(['id', 'colour']).orderBy('id').execute()
      await db
        .transaction()
        .execute(async (trx) => {
          await trx.deleteFrom('cars').execute()
          throw new Error('not after all')
        })
        .catch(() => undefined)
      if (found.length === 2) throw new Error(`the migration fails: ${JSON.stringify(found)}`)
    },
  },
])

describeEachDatabase('op.kysely()', (db) => {
  let scratch: ScratchDatabase

  beforeEach(async () => {
    scratch = await db.createScratch()
  })
  afterEach(async () => {
    await scratch.dispose()
  })

  async function upgradeTo(target: string, options: MigrationContextOptions = {}): Promise<void> {
    const engine = createEngine(scratch.url)
    try {
      const context = await MigrationContext.configure({
        connection: await engine.connect(),
        fn: history.upgradeTo(target),
        ...options,
      })
      await context.beginTransaction(() => context.runMigrations())
    } finally {
      await engine.dispose()
    }
  }

  it('reads and writes in the migration, in the order of its operations', async () => {
    await upgradeTo('a1')
    expect(await scratch.query('SELECT id, colour FROM cars ORDER BY id')).toMatchObject([
      { id: 1, colour: "it's red" },
      { id: 2, colour: 'blue' },
    ])
  })

  it("shares the migration's transaction; its own ones are savepoints", async () => {
    await upgradeTo('a1')
    await expect(upgradeTo('b2')).rejects.toThrow(
      `the migration fails: [{"id":1,"colour":"it's red"},{"id":2,"colour":"blue"}]`,
    )
    expect(await scratch.query('SELECT id FROM cars')).toHaveLength(2)
  })

  it('writes its values into a script', async () => {
    let script = ''
    await upgradeTo('a1', {
      asSql: true,
      outputBuffer: { write: (text: string) => (script += text) },
    })
    const quote = db.name === 'mariadb' ? '`' : '"'
    const q = (name: string): string => `${quote}${name}${quote}`
    expect(script).toContain(
      `insert into ${q('cars')} (${q('id')}, ${q('colour')}) values (1, 'it''s red'), (2, NULL);`,
    )
    expect(script).toContain(
      `update ${q('cars')} set ${q('colour')} = 'blue' where ${q('id')} = 2;`,
    )
  })
})
