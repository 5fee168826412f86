import { expect, it } from 'vitest'
import { createImpl } from '../../../src/impl/registry.ts'
import { LiveSink } from '../../../src/impl/statement-sink.ts'
import * as sa from '../../../src/sa.ts'
import { describePostgresql } from './live.ts'

describePostgresql('named types of new tables', (connection) => {
  const table = (name: string, ...labels: string[]): ReturnType<typeof sa.Table> =>
    sa.Table(
      name,
      sa.MetaData(),
      sa.Column('mood', sa.Enum(...labels, { name: 'Mood' })),
      sa.Column('moods', sa.postgresql.ARRAY(sa.Enum(...labels, { name: 'Mood' }))),
    )
  const create = async (...tables: ReturnType<typeof sa.Table>[]): Promise<void> => {
    const impl = createImpl(connection().dialect, new LiveSink(connection()))
    for (const one of tables) await impl.createTable(one)
  }

  it('are created once, however many tables have them', async () => {
    await create(table('a', 'good', "it's"), table('b', 'good', "it's"))
    // As left by a downgrade, which drops tables only.
    await connection().execute('DROP TABLE a, b')
    await create(table('a', 'good', "it's"))
  })

  it('are an error where they are there with other labels', async () => {
    await expect(create(table('c', "it's", 'good'))).rejects.toThrow('type "Mood" already exists')
  })

  it('are created anew where they were dropped in between', async () => {
    const impl = createImpl(connection().dialect, new LiveSink(connection()))
    await connection().execute('DROP TABLE a')
    await connection().execute('DROP TYPE "Mood"')
    await impl.createTable(table('d', 'x'))
    await connection().execute('DROP TABLE d')
    await connection().execute('DROP TYPE "Mood"')
    await impl.createTable(table('d', 'x'))
  })
})
