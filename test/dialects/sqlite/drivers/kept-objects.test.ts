import Database from 'better-sqlite3'
import Libsql from 'libsql'
import { expect, it } from 'vitest'
import { mayAbortWhenCollected } from '../../../../src/dialects/sqlite/drivers/kept-objects.ts'

it.each([
  ['20.20.2', false],
  ['22.23.3', false],
  ['24.19.0', true],
  ['26.10.0', true],
])('Node %s may abort when an object of an old addon is collected: %s', (version, may) => {
  const database = new Database(':memory:')
  const isNodeApi = 'explain' in database
  expect(mayAbortWhenCollected(database, version)).toBe(may && !isNodeApi)
  const libsql = new Libsql(':memory:', {})
  expect(mayAbortWhenCollected(libsql, version)).toBe(false)
  expect(mayAbortWhenCollected({ explain: () => {} }, version)).toBe(false)
  database.close()
  libsql.close()
})
