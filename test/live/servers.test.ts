import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ScratchDatabase, describeDatabases } from './servers.ts'

const ALL = ['sqlite', 'postgresql', 'mariadb', 'firebird'] as const

describeDatabases(ALL, 'a scratch database', (db) => {
  let scratch: ScratchDatabase
  beforeAll(async () => {
    scratch = await db.createScratch()
  })
  afterAll(() => scratch.dispose())

  it('is empty, takes statements and answers', async () => {
    await scratch.query('CREATE TABLE t (id INTEGER)')
    await scratch.query('INSERT INTO t VALUES (1)')
    expect(await scratch.query('SELECT id FROM t')).toEqual([{ id: 1 }])
  })

  it('is a new one each time', async () => {
    const other = await db.createScratch()
    expect(other.url).not.toBe(scratch.url)
    await expect(other.query('SELECT id FROM t')).rejects.toThrow(
      /no such table|does not exist|doesn't exist|Table unknown/,
    )
    await other.dispose()
  })
})
