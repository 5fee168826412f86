import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'

const runner = fileURLToPath(new URL('../../scripts/run-ts.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../scripts/bench/bulk-memory.ts', import.meta.url))

/** Megabytes for objects that last: a third of what the rows take as a list. */
const HEAP = 28
const ROWS = 300_000

it('inserts 300,000 rows of an iterator in little memory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alembic-bulk-memory-'))
  try {
    const insert = (...args: readonly string[]) => {
      const url = `sqlite:///${join(folder, 'app.db')}`
      const command = [`--max-old-space-size=${HEAP}`, runner, program, url, ...args]
      return spawnSync(process.execPath, command, { encoding: 'utf8' })
    }
    const { status, stderr } = insert(String(ROWS))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const database = new Database(join(folder, 'app.db'), { readonly: true })
    expect(database.prepare('SELECT count(*) AS n, max(id) AS last FROM people').get()).toEqual({
      n: ROWS,
      last: ROWS,
    })
    database.close()
    // The limit is one: the same rows as a list exceed it.
    expect(insert(String(ROWS), 'list').stderr).toContain('heap out of memory')
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 180_000)
