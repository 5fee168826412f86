import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'

/** A number of `op.*` calls, as a migration makes them. */
export type OpWork = (count: number) => Promise<void>

/** Four operations on a column, over and over. */
export const simple: OpWork = async (count) => {
  for (let i = 0; i < count / 4; i++) {
    await op.addColumn(`table_${i}`, sa.Column('name', sa.String(50), { nullable: false }))
    await op.createIndex(`ix_${i}`, `table_${i}`, ['name', 'id'])
    await op.alterColumn(`table_${i}`, 'name', { type: sa.String(100), nullable: true })
    await op.dropColumn(`table_${i}`, 'old')
  }
}

/** Tables of ten columns. */
export const createTable: OpWork = async (count) => {
  for (let i = 0; i < count; i++) {
    await op.createTable(
      `table_${i}`,
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('owner_id', sa.Integer(), sa.ForeignKey('owners.id'), { nullable: false }),
      sa.Column('name', sa.String(50), { nullable: false }),
      sa.Column('title', sa.String(200), { serverDefault: 'none' }),
      sa.Column('price', sa.Numeric(10, 2)),
      sa.Column('is_open', sa.Boolean(), { nullable: false }),
      sa.Column('made_at', sa.DateTime(), { serverDefault: sa.text('now()') }),
      sa.Column('born_on', sa.Date()),
      sa.Column('notes', sa.Text()),
      sa.Column('size', sa.BigInteger()),
      sa.UniqueConstraint('name', { name: `uq_${i}` }),
    )
  }
}

/** As many operations without an `await`: all of them wait in the queue. */
export const unawaited: OpWork = (count) => {
  for (let i = 0; i < count; i++) void op.dropColumn(`table_${i}`, 'old')
  return Promise.resolve()
}

/** One table of so many columns, which bring foreign keys, CHECKs, UNIQUEs, indexes and comments along. */
export const wideTable: OpWork = async (count) => {
  const columns = Array.from({ length: count }, (_, i) => {
    const type = sa.Boolean({ createConstraint: true, name: `check_${i}` })
    const options = { unique: i % 3 === 0, index: i % 3 === 1, comment: `column ${i}` }
    return i % 3 === 2
      ? sa.Column(`column_${i}`, type, sa.ForeignKey('owners.id'), options)
      : sa.Column(`column_${i}`, type, options)
  })
  await op.createTable('wide', ...columns)
}
