// A server may ask the client for one of its files, whatever the statement: LOAD DATA LOCAL, in its protocol.
import { afterAll, beforeAll, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { makeUrl } from '../../src/engine/url.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'

describeDatabases(['mariadb'], 'local files', (db) => {
  let scratch: ScratchDatabase
  beforeAll(async () => {
    scratch = await db.createScratch()
    await scratch.query('CREATE TABLE taken (content TEXT)')
  })
  afterAll(() => scratch.dispose())

  it.each(['mariadb+mysql2', 'mariadb+mariadb'])('are not sent by %s', async (drivername) => {
    for (const query of [{}, { local_infile: '1' }]) {
      const connection = await createEngine(
        makeUrl(scratch.url).set({ drivername, query }),
      ).connect()
      await expect(
        connection.execute("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE taken"),
      ).rejects.toMatchObject({ code: 'STATEMENT_FAILED' })
      await connection.close().catch(() => undefined)
      expect(await scratch.query('SELECT * FROM taken')).toEqual([])
    }
  })
})
