import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../src/engine/connection.ts'
import * as sa from '../../src/sa.ts'
import '../../src/dialects/builtin.ts'
import { describeDatabases, describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'

/** Authors write books, a book has a favourite author: a circle, and `awards` outside of it. */
function library(): sa.MetaData {
  const metadata = sa.MetaData()
  sa.Table(
    'awards',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('book_id', sa.Integer(), sa.ForeignKey('books.id')),
  )
  sa.Table(
    'authors',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('best_book_id', sa.Integer()),
    sa.ForeignKeyConstraint(['best_book_id'], ['books.id'], { name: 'fk_best' }),
  )
  sa.Table(
    'books',
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('title', sa.String(50), { nullable: false, index: true }),
    sa.Column('author_id', sa.Integer()),
    sa.ForeignKeyConstraint(['author_id'], ['authors.id'], { name: 'fk_author' }),
  )
  return metadata
}

describeEachDatabase('createAll and dropAll', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection
  beforeAll(async () => {
    scratch = await db.createScratch()
    connection = await sa.createEngine(scratch.url).connect()
  })
  afterAll(async () => {
    await connection.close()
    await scratch.dispose()
  })
  const tables = async (): Promise<readonly string[]> =>
    (await (await sa.inspect(connection)).getTableNames()).toSorted()

  it('create tables with foreign keys in a circle, and drop them', async () => {
    await sa.createAll(library(), connection)
    expect(await tables()).toEqual(['authors', 'awards', 'books'])
    const inspector = await sa.inspect(connection)
    for (const [table, referred] of [
      ['awards', 'books'],
      ['authors', 'books'],
      ['books', 'authors'],
    ] as const) {
      const [foreignKey] = await inspector.getForeignKeys(table)
      expect(foreignKey?.referredTable).toBe(referred)
    }
    expect((await inspector.getIndexes('books')).map(({ name }) => name)).toContain(
      'ix_books_title',
    )
    await sa.dropAll(library(), connection)
    expect(await tables()).toEqual([])
  })

  it('leave alone what is there, or is not there, already', async () => {
    const metadata = library()
    await sa.createAll(metadata, connection)
    await sa.createAll(metadata, connection)
    await sa.dropAll(metadata, connection)
    await sa.dropAll(metadata, connection)
    expect(await tables()).toEqual([])
    await expect(sa.dropAll(metadata, connection, { checkfirst: false })).rejects.toThrow(
      /no such table|does not exist|Unknown table|doesn't exist/,
    )
  })

  it('take some of the tables', async () => {
    const metadata = library()
    const chosen = [metadata.table('authors'), metadata.table('books')]
    await sa.createAll(metadata, connection, { tables: chosen })
    expect(await tables()).toEqual(['authors', 'books'])
    await sa.dropAll(metadata, connection, { tables: chosen })
    expect(await tables()).toEqual([])
  })
})

describeDatabases(['postgresql', 'mariadb', 'firebird'], 'free sequences', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection
  beforeAll(async () => {
    scratch = await db.createScratch()
    connection = await sa.createEngine(scratch.url).connect()
  })
  afterAll(async () => {
    await connection.close()
    await scratch.dispose()
  })
  /** Without those that SERIAL columns bring along. */
  const names = async (): Promise<readonly string[]> =>
    (await (await sa.inspect(connection)).getSequenceNames()).filter(
      (name) => !name.endsWith('_id_seq'),
    )

  it('are left alone where they are there, or not there, already', async () => {
    const metadata = library()
    metadata.addSequence(sa.Sequence('invoice_number', { start: 1000 }))
    await sa.createAll(metadata, connection)
    await sa.createAll(metadata, connection)
    expect(await names()).toEqual(['invoice_number'])
    await expect(sa.createAll(metadata, connection, { checkfirst: false })).rejects.toThrow(
      'invoice_number',
    )
    await sa.dropAll(metadata, connection)
    await sa.dropAll(metadata, connection)
    expect(await names()).toEqual([])
  })

  it('go with all tables, not with some of them', async () => {
    const metadata = library()
    metadata.addSequence(sa.Sequence('invoice_number'))
    const tables = [metadata.table('authors'), metadata.table('books')]
    await sa.createAll(metadata, connection, { tables })
    expect(await names()).toEqual([])
    await sa.dropAll(metadata, connection, { tables })
  })
})

describe('a client that the caller opened', () => {
  it('is taken, too', async () => {
    const { default: Database } = await import('better-sqlite3')
    const client = new Database(':memory:')
    await sa.createAll(library(), client)
    const names = client
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .pluck()
    expect(names.all()).toEqual(['authors', 'awards', 'books'])
    client.close()
  })
})
