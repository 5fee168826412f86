import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'
import { finalState } from './final-state.ts'
import type { Course } from './long-migration.ts'
import { migrate as run } from './migrate.ts'

const UPGRADE: Course = {
  direction: 'upgrade',
  transactionPerMigration: false,
  autocommit: false,
}

describeDatabases(['sqlite'], 'a disk without room', (db) => {
  async function migrate(
    scratch: ScratchDatabase,
    target: string,
    pragma = 'PRAGMA busy_timeout = 100',
  ): Promise<void> {
    const connection = await createEngine(scratch.url).connect()
    try {
      await connection.execute(pragma)
      await run('sqlite', connection, UPGRADE, { target })
    } finally {
      await connection.close()
    }
  }

  const everything = async (scratch: ScratchDatabase): Promise<string> =>
    JSON.stringify([
      await scratch.query('SELECT * FROM sqlite_master ORDER BY name'),
      await scratch.query('SELECT * FROM alembic_version'),
    ])

  it('stops a revision as a whole, whenever it comes to its end', async () => {
    const whole = await db.createScratch()
    await migrate(whole, 'c3')
    const expected = await finalState(db.name, whole)
    await whole.dispose()
    let failures = 0
    for (let room = 0; ; room += 1) {
      const scratch = await db.createScratch()
      try {
        await migrate(scratch, 'a1')
        const before = await everything(scratch)
        const [{ page_count: pages } = {}] = await scratch.query('PRAGMA page_count')
        const limit = `PRAGMA max_page_count = ${Number(pages) + room}`
        try {
          await migrate(scratch, 'b2', limit)
          break
        } catch (error) {
          failures += 1
          expect(String(error)).toMatch(/database or disk is full/)
          expect(await everything(scratch)).toBe(before)
        }
        await migrate(scratch, 'c3')
        expect(await finalState(db.name, scratch)).toBe(expected)
      } finally {
        await scratch.dispose()
      }
    }
    expect(failures).toBeGreaterThan(2)
  })

  it.each(['upgrade', 'downgrade'] as const)(
    'is like a file that was opened for reading: nothing changes in a %s',
    async (direction) => {
      const scratch = await db.createScratch()
      await migrate(scratch, 'b2')
      const before = await everything(scratch)
      const connection = await createEngine(`${scratch.url}?mode=ro`).connect()
      await expect(run('sqlite', connection, { ...UPGRADE, direction })).rejects.toThrow(/readonly/)
      await connection.close()
      expect(await everything(scratch)).toBe(before)
      await scratch.dispose()
    },
  )

  it('is like a file that can only be read: nothing changes', async () => {
    const scratch = await db.createScratch()
    await migrate(scratch, 'a1')
    const before = await everything(scratch)
    await expect(migrate(scratch, 'c3', 'PRAGMA query_only = 1')).rejects.toThrow(/readonly/)
    expect(await everything(scratch)).toBe(before)
    await scratch.dispose()
  })
})
