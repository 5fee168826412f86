import { expect, it } from 'vitest'
import * as sa from '../../../src/sa.ts'
import { sortTables } from '../../../src/sql/schema/sort-tables.ts'

/** Tables, each with a foreign key to each of those named behind it. */
function model(...tables: readonly (readonly [string, ...string[]])[]): sa.MetaData {
  const metadata = sa.MetaData()
  for (const [name, ...parents] of tables) {
    const table = sa.Table(name, metadata, sa.Column('id', sa.Integer(), { primaryKey: true }))
    for (const parent of parents)
      table.appendConstraint(sa.ForeignKeyConstraint(['id'], [`${parent}.id`]))
  }
  return metadata
}

function sorted(metadata: sa.MetaData): string {
  return metadata.sortedTables.map(({ name }) => name).join(' ')
}

it('puts each table after those that it refers to, by name where that leaves a choice', () => {
  expect(sorted(model(['b', 'd'], ['a', 'b'], ['d'], ['c'], ['e', 'c', 'd']))).toBe('c d b e a')
})

it('sets the foreign keys of a circle aside, and only those', () => {
  const metadata = model(['a', 'b', 'self'], ['b', 'c'], ['c', 'a'], ['d', 'a'], ['self', 'self'])
  const { tables, cyclic } = sortTables([...metadata.tables.values()])
  expect(tables.map(({ name }) => name)).toEqual(['self', 'a', 'b', 'c', 'd'])
  expect(cyclic.map(({ table, referredTable }) => [table?.name, referredTable?.name])).toEqual([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
  ])
})

it('sorts a chain of any length', () => {
  const names = Array.from({ length: 5000 }, (_, i) => `t${String(i).padStart(4, '0')}`)
  const metadata = model(
    ...names.map((name, i): [string, ...string[]] => [name, ...names.slice(i + 1, i + 2)]),
  )
  expect(sorted(metadata)).toBe(names.toReversed().join(' '))
})
