import { expect, it } from 'vitest'
import {
  readForeignKeys,
  setForeignKeys,
} from '../../../../src/dialects/sqlite/drivers/foreign-keys.ts'
import { createEngine } from '../../../../src/engine/engine.ts'
import { registerLiveDialects } from '../../../engine/live-dialects.ts'

registerLiveDialects()

it('reads and sets the enforcement, and refuses inside a transaction', async () => {
  const connection = await createEngine('sqlite://').connect()
  expect(await readForeignKeys(connection)).toBe(true)
  await setForeignKeys(connection, false)
  expect(await readForeignKeys(connection)).toBe(false)
  await connection.transaction(async () => {
    await expect(setForeignKeys(connection, true)).rejects.toMatchObject({
      code: 'TRANSACTION_STATE',
      message: "SQLite can't change PRAGMA foreign_keys inside a transaction",
    })
  })
  await connection.close()
})
