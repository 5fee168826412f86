import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { describeDatabases } from './servers.ts'

describeDatabases(
  ['sqlite', 'postgresql', 'mariadb', 'firebird'],
  'reflection of a whole schema',
  (db) => {
    it('sends as many queries for forty tables as for two', async () => {
      const scratch = await db.createScratch()
      const connection = await createEngine(scratch.url).connect()
      let statements = 0
      connection.observe(() => {
        statements += 1
      })
      const makeTables = async (from: number, to: number): Promise<void> => {
        for (let number = from; number < to; number += 1) {
          await connection.execute(
            `CREATE TABLE t${number} (id INTEGER PRIMARY KEY, a VARCHAR(10) DEFAULT 'x' NOT NULL, b INTEGER REFERENCES t0 (id), UNIQUE (a), CHECK (b > 0))`,
          )
          await connection.execute(`CREATE INDEX ix_${number} ON t${number} (b)`)
        }
      }
      const countReflection = async (): Promise<{ tables: number; sent: number }> => {
        statements = 0
        const tables = await (await inspect(connection)).reflectTables()
        return { tables: tables.size, sent: statements }
      }
      try {
        await makeTables(0, 2)
        const few = await countReflection()
        await makeTables(2, 40)
        const many = await countReflection()
        expect([few.tables, many.tables]).toEqual([2, 40])
        expect(many.sent).toBe(few.sent)
      } finally {
        await connection.close()
        await scratch.dispose()
      }
    })
  },
)
