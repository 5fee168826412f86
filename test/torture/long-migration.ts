import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { type InMemoryRevision, inMemoryHistory } from '../runtime/history.ts'
import type { DatabaseName } from '../live/servers.ts'

/** What a database can do; the rest of the migration is the same on each. */
interface Abilities {
  /** An index built outside any transaction, in the middle: PostgreSQL only. */
  readonly concurrently: boolean
  /** Firebird can't. */
  readonly renamesTables: boolean
}

/** Which way the migration is run. */
export interface Course {
  readonly direction: 'upgrade' | 'downgrade'
  readonly transactionPerMigration: boolean
  /** A part of it commits what came before it, and each of its own statements. */
  readonly autocommit: boolean
}

/** All ways that are tried, each with what a failed test calls it. */
export const COURSES: readonly (readonly [string, Course])[] = [
  ['upgrade', { direction: 'upgrade', transactionPerMigration: false, autocommit: false }],
  [
    'upgrade with an autocommit block, revision by revision',
    { direction: 'upgrade', transactionPerMigration: true, autocommit: true },
  ],
  ['downgrade', { direction: 'downgrade', transactionPerMigration: false, autocommit: false }],
]

/**
 * A revision of twelve operations and more statements, which make, fill, change and read tables; each works on what those
 * before it left, so that one that is left out or done twice fails or shows in the end.
 */
function upgradeOf(
  { concurrently, renamesTables }: Abilities,
  autocommit: boolean,
): () => Promise<void> {
  return async () => {
    const accounts = op.createTable(
      'accounts',
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('owner', sa.String(40), { nullable: false }),
      sa.Column('cents', sa.Integer(), { nullable: false, serverDefault: '0' }),
    )
    void op.bulkInsert(accounts, [
      { id: 1, owner: "O'Neill", cents: 100 },
      { id: 2, owner: 'Zoë', cents: 250 },
    ])
    void op.addColumn('accounts', sa.Column('note', sa.String(40), { nullable: true }))
    void op.execute("UPDATE accounts SET note = 'seen', cents = cents + 7")
    if (autocommit) await runAutocommitBlock()
    await op.createIndex('ix_accounts_owner', 'accounts', ['owner'])
    const [{ total } = { total: 0 }] = await op
      .getBind()
      .execute('SELECT count(*) AS total FROM accounts')
    if (Number(total) !== 2) throw new RangeError(`${String(total)} accounts instead of 2`)
    void op.createTable(
      'entries',
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('account_id', sa.Integer(), sa.ForeignKey('accounts.id'), { nullable: false }),
      sa.Column('cents', sa.Integer(), { nullable: false }),
    )
    // Numbers that the server gives are not taken back with a transaction.
    void op.execute(
      'INSERT INTO entries (id, account_id, cents) SELECT id, id, cents FROM accounts',
    )
    if (concurrently) {
      await op.createIndex('ix_entries_cents', 'entries', ['cents'], {
        postgresql: { concurrently: true },
      })
    } else void op.createIndex('ix_entries_cents', 'entries', ['cents'])
    void op.execute('UPDATE entries SET cents = cents * 2')
    void op.batchAlterTable('accounts', (batch) => {
      void batch.dropColumn('cents')
    })
    if (renamesTables) void op.renameTable('entries', 'postings')
    void op.execute(`DELETE FROM ${renamesTables ? 'postings' : 'entries'} WHERE cents < 300`)
    void op.execute("UPDATE accounts SET note = 'done'")
  }
}

async function runAutocommitBlock(): Promise<void> {
  await op.getContext().autocommitBlock(async () => {
    void op.execute('UPDATE accounts SET cents = cents + 1000 WHERE id = 2')
    await op.createIndex('ix_accounts_note', 'accounts', ['note'])
    void op.execute('UPDATE accounts SET cents = cents * 3 WHERE id = 2')
    await op.addColumn('earlier', sa.Column('inside', sa.Integer(), { nullable: true }))
  })
}

/** The way back, with as many statements; what was in the tables is kept in another one. */
function downgradeOf({ concurrently, renamesTables }: Abilities): () => Promise<void> {
  return async () => {
    void op.execute("UPDATE accounts SET note = 'back'")
    if (renamesTables) void op.renameTable('postings', 'entries')
    void op.addColumn('accounts', sa.Column('cents', sa.Integer(), { nullable: true }))
    void op.execute(
      'UPDATE accounts SET cents = (SELECT sum(cents) FROM entries WHERE account_id = accounts.id)',
    )
    void op.batchAlterTable('accounts', (batch) => {
      const existing = { existingType: sa.String(40), existingNullable: false }
      void batch.alterColumn('owner', { type: sa.String(60), ...existing })
    })
    void op.createTable(
      'archive',
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('owner', sa.String(60), { nullable: false }),
      sa.Column('cents', sa.Integer(), { nullable: true }),
    )
    void op.execute('INSERT INTO archive (id, owner, cents) SELECT id, owner, cents FROM accounts')
    const index = concurrently ? { postgresql: { concurrently: true } } : {}
    await op.dropIndex('ix_entries_cents', 'entries', index)
    void op.dropTable('entries')
    void op.dropIndex('ix_accounts_owner', 'accounts')
    void op.execute('UPDATE archive SET cents = coalesce(cents, 0) + id')
    void op.dropTable('accounts')
    void op.addColumn('archive', sa.Column('kept', sa.Integer(), { nullable: true }))
    void op.execute('UPDATE archive SET kept = cents * 10')
  }
}

/** A small revision, the long one, and one more behind it. */
export function longHistory(
  database: DatabaseName,
  autocommit = false,
): ReturnType<typeof inMemoryHistory> {
  const abilities = {
    concurrently: database === 'postgresql',
    renamesTables: database !== 'firebird',
  }
  const revisions: readonly InMemoryRevision[] = [
    {
      id: 'a1',
      down: null,
      upgrade: () => op.createTable('earlier', sa.Column('id', sa.Integer(), { primaryKey: true })),
    },
    {
      id: 'b2',
      down: 'a1',
      upgrade: upgradeOf(abilities, autocommit),
      downgrade: downgradeOf(abilities),
    },
    {
      id: 'c3',
      down: 'b2',
      upgrade: () => {
        void op.addColumn('earlier', sa.Column('n', sa.Integer(), { nullable: true }))
        void op.execute('INSERT INTO earlier (id, n) VALUES (1, 1)')
      },
      downgrade: () => {
        void op.execute('UPDATE earlier SET id = id + 10')
        void op.dropColumn('earlier', 'n')
      },
    },
  ]
  return inMemoryHistory(revisions)
}
