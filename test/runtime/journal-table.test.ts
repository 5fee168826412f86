// The journal of servers that no test here can reach: exact SQL only, nothing was run on them.
import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { OfflineRecorder } from '../../src/engine/offline-recorder.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import type { MigrationImpl } from '../../src/impl/migration-impl.ts'
import { createImpl } from '../../src/impl/registry.ts'
import { OfflineSink } from '../../src/impl/statement-sink.ts'
import { makeJournalTable } from '../../src/runtime/journal/journal-table.ts'

async function implOf(name: string): Promise<MigrationImpl> {
  const dialect = (await loadDialect(name)).createDialect()
  const output = { write: () => true }
  const sink = new OfflineSink((terminators) => new OfflineRecorder(output, terminators))
  return createImpl(dialect, sink, {})
}

it.each([
  [
    'db2',
    `CREATE TABLE alembic_version_journal (
    "position" INT NOT NULL,
    revision VARCHAR(255) NOT NULL,
    direction VARCHAR(9) NOT NULL,
    state VARCHAR(8) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    excerpt VARCHAR(2402) NOT NULL,
    fingerprint VARCHAR(64),
    row_count BIGINT,
    CONSTRAINT alembic_version_journal_pkc PRIMARY KEY ("position")
)`,
  ],
  [
    'sybase',
    // All of a row in 2 kB.
    `CREATE TABLE alembic_version_journal (
    position INTEGER NOT NULL,
    revision VARCHAR(255) NOT NULL,
    direction VARCHAR(9) NOT NULL,
    state VARCHAR(8) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    excerpt VARCHAR(1202) NOT NULL,
    fingerprint VARCHAR(64) NULL,
    row_count BIGINT NULL,
    CONSTRAINT alembic_version_journal_pkc PRIMARY KEY (position)
)`,
  ],
])('the table on %s', async (name, expected) => {
  const impl = await implOf(name)
  const table = makeJournalTable('alembic_version_journal', null, impl.journal)
  const sql = impl.dialect.ddl.compile({ kind: 'createTable', table, ifNotExists: false })
  expect(sql.replaceAll(/ +$/gm, '').trim()).toBe(expected)
})

it('Db2 runs REORG again, which commits what came before it', async () => {
  const { journal, rollsBackDdl } = await implOf('db2')
  expect(rollsBackDdl).toBe(false)
  expect(journal?.commitsWithEntry).toBe(true)
  expect(journal?.natureOf("CALL SYSPROC.ADMIN_CMD('REORG TABLE s.t')")).toBe('session')
  expect(journal?.natureOf('CALL p()')).toBe('opaque')
  expect(journal?.natureOf('ALTER TABLE t DROP COLUMN c')).toBe('schema')
})

it('Informix needs none: it rolls DDL back', async () => {
  const { journal, rollsBackDdl, transactionalDdl } = await implOf('informix')
  expect([journal, rollsBackDdl, transactionalDdl]).toEqual([null, true, false])
})

it('Adaptive Server has no transaction around DDL', async () => {
  const { journal, rollsBackDdl } = await implOf('sybase')
  expect(rollsBackDdl).toBe(false)
  expect(journal?.commitsWithEntry).toBe(undefined)
  expect(journal?.natureOf("EXEC sp_rename 'a.b', 'c'")).toBe('opaque')
})
