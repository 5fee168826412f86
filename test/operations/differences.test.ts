import { describe, expect, it } from 'vitest'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { setWarningHandler } from '../../src/util/warnings.ts'
import { scriptOf } from './op-fixture.ts'

describe('comments on SQLite', () => {
  it('are left out, with one warning', async () => {
    const warnings: string[] = []
    setWarningHandler((message) => void warnings.push(message))
    const body = (): unknown => [
      op.createTable('t', sa.Column('a', sa.Integer(), { comment: 'x' }), { comment: 'y' }),
      op.createTableComment('t', 'x'),
      op.dropTableComment('t'),
      op.addColumn('t', sa.Column('b', sa.Integer(), { comment: 'x' })),
    ]
    expect(await scriptOf('sqlite', body)).toEqual([
      'CREATE TABLE t ( a INTEGER );',
      'ALTER TABLE t ADD COLUMN b INTEGER;',
    ])
    expect(warnings).toEqual([
      'Comments are left out: sqlite has no comments on tables and columns',
    ])
  })

  it('are refused where a column is altered for nothing else', async () => {
    const script = scriptOf('sqlite', () => op.alterColumn('t', 'a', { comment: 'x' }))
    await expect(script).rejects.toThrow(/SQLite has no comments.*op\.batchAlterTable\('t'/)
  })
})

describe('comments on tables of SQL Server', () => {
  const body = (): unknown => [op.createTableComment('t', 'x'), op.dropTableComment('t')]
  const script = (schema: string): string[] => [
    `execute sp_addextendedproperty 'MS_Description', N'x', 'schema', ${schema}, 'table', t;`,
    'GO',
    `execute sp_dropextendedproperty 'MS_Description', 'schema', ${schema}, 'table', t;`,
    'GO',
  ]

  it('are those of schema dbo unless another is known', async () => {
    expect(await scriptOf('mssql', body)).toEqual(script('dbo'))
    const known = { defaultSchemaName: 'Sales' }
    expect(await scriptOf('mssql', body, {}, known)).toEqual(script('[Sales]'))
  })
})

it.each(['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'])(
  'percent signs of a script stay as they are on %s',
  async (dialect) => {
    const body = (): unknown => [
      op.execute("UPDATE t SET a = '50%'"),
      op.bulkInsert(sa.table('t', sa.column('a', sa.String())), [{ a: '5%' }]),
      op.createTable('t', sa.Column('a%', sa.Text(), { serverDefault: '%' })),
    ]
    expect((await scriptOf(dialect, body)).join(' ').match(/%+/g)).toEqual(['%', '%', '%', '%'])
  },
)
