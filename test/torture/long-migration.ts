import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { type InMemoryRevision, inMemoryHistory } from '../runtime/history.ts'

/** Which parts a database can do; the rest of the migration is the same on each. */
export interface LongMigrationOptions {
  /** An index built outside any transaction, in the middle: PostgreSQL only. */
  readonly concurrently: boolean
}

/**
 * A revision of twelve operations and more statements, which make, fill, change and read tables; each works on what those
 * before it left, so that one that is left out or done twice fails or shows in the end.
 */
function longRevision({ concurrently }: LongMigrationOptions): InMemoryRevision {
  return {
    id: 'b2',
    down: 'a1',
    async upgrade() {
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
      void op.execute('INSERT INTO entries (account_id, cents) SELECT id, cents FROM accounts')
      if (concurrently) {
        await op.createIndex('ix_entries_cents', 'entries', ['cents'], {
          postgresql: { concurrently: true },
        })
      } else void op.createIndex('ix_entries_cents', 'entries', ['cents'])
      void op.execute('UPDATE entries SET cents = cents * 2')
      void op.batchAlterTable('accounts', (batch) => {
        void batch.dropColumn('cents')
      })
      void op.renameTable('entries', 'postings')
      void op.execute('DELETE FROM postings WHERE cents < 300')
      void op.execute("UPDATE accounts SET note = 'done'")
    },
  }
}

/** A small revision, the long one, and one more behind it. */
export function longHistory(options: LongMigrationOptions): ReturnType<typeof inMemoryHistory> {
  return inMemoryHistory([
    {
      id: 'a1',
      down: null,
      upgrade: () => op.createTable('earlier', sa.Column('id', sa.Integer(), { primaryKey: true })),
    },
    longRevision(options),
    {
      id: 'c3',
      down: 'b2',
      upgrade: () => {
        void op.addColumn('earlier', sa.Column('n', sa.Integer(), { nullable: true }))
        void op.execute('INSERT INTO earlier (id, n) VALUES (1, 1)')
      },
    },
  ])
}
