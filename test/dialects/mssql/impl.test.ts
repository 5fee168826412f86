import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MssqlComparison } from '../../../src/dialects/mssql/impl/comparison.ts'
import { createDialect } from '../../../src/dialects/mssql/compile/index.ts'
import { MssqlImpl } from '../../../src/dialects/mssql/index.ts'
import { CommandError } from '../../../src/errors/command-error.ts'
import { op } from '../../../src/index.ts'
import * as sa from '../../../src/sa.ts'
import { setWarningHandler } from '../../../src/util/warnings.ts'
import { scriptOf, sentBy } from '../../operations/op-fixture.ts'

const warnings: string[] = []
beforeEach(() => setWarningHandler((message) => void warnings.push(message)))
afterEach(() => void warnings.splice(0))

/** The script without the separators, which each statement has. */
async function script(body: () => unknown): Promise<string[]> {
  const chunks = await scriptOf('mssql', body)
  return chunks.filter((chunk) => chunk !== 'GO')
}

const DROP_DEFAULT =
  "declare @const_name varchar(256) select @const_name = QUOTENAME([name]) from sys.default_constraints where parent_object_id = object_id('t') and col_name(parent_object_id, parent_column_id) = 'c' exec('alter table t drop constraint ' + @const_name);"

describe('batches', () => {
  it('are parted by GO, or as the option says', async () => {
    const body = (): unknown => op.execute('SELECT 1')
    expect(await scriptOf('mssql', body)).toEqual(['SELECT 1;', 'GO'])
    expect(await scriptOf('mssql', body, { mssqlBatchSeparator: 'BYE' })).toEqual([
      'SELECT 1;',
      'BYE',
    ])
    expect(await scriptOf('mssql', body, { mssqlBatchSeparator: '' })).toEqual(['SELECT 1;'])
    expect(await scriptOf('mssql', body, { mssqlBatchSeparator: null })).toEqual(['SELECT 1;'])
  })

  it("begin and end transactions in this database's words", () => {
    const written: string[] = []
    const sink = {
      offline: true,
      execute: () => Promise.resolve({ rows: [], rowCount: undefined }),
      executeMany: () => Promise.resolve(),
      writeStatic: (text: string) => void written.push(text),
    }
    const impl = new MssqlImpl({ dialect: createDialect(), sink })
    impl.emitBegin()
    impl.emitCommit()
    expect(written).toEqual(['BEGIN TRANSACTION;', 'COMMIT;', 'GO'])
    expect(impl.implName).toBe('MSSQLImpl')
    expect(impl.transactionalDdl).toBe(true)
  })
})

describe('altering a column', () => {
  it('states type and nullability together', async () => {
    const body = (): unknown =>
      op.alterColumn('t', 'c', { type: sa.String(9), existingNullable: false })
    expect(await script(body)).toEqual(['ALTER TABLE t ALTER COLUMN c VARCHAR(9) NOT NULL;'])
    await expect(script(() => op.alterColumn('t', 'c', { nullable: false }))).rejects.toThrow(
      CommandError,
    )
  })

  it('warns where nullability would be lost', async () => {
    expect(await script(() => op.alterColumn('t', 'c', { type: sa.String(9) }))).toEqual([
      'ALTER TABLE t ALTER COLUMN c VARCHAR(9);',
    ])
    expect(warnings.join()).toMatch(/should also specify nullable or existingNullable/)
  })

  it('drops the default before the type changes, adds it after, and renames last', async () => {
    const body = (): unknown =>
      op.alterColumn('t', 'c', {
        newColumnName: 'New',
        type: sa.Integer(),
        nullable: true,
        serverDefault: '5',
        existingServerDefault: '6',
      })
    expect(await script(body)).toEqual([
      DROP_DEFAULT,
      'ALTER TABLE t ALTER COLUMN c INTEGER NULL;',
      "ALTER TABLE t ADD DEFAULT '5' FOR c;",
      "EXEC sp_rename 't.c', [New], 'COLUMN';",
    ])
    expect(await script(() => op.alterColumn('t', 'c', { serverDefault: null }))).toEqual([
      DROP_DEFAULT,
    ])
  })

  it('describes it, in schema dbo unless another is known', async () => {
    const existingType = sa.Integer()
    const body = async (): Promise<void> => {
      await op.alterColumn('t', 'c', { existingType, comment: 'ü' })
      await op.alterColumn('t', 'c', { existingType, comment: 'b', existingComment: 'ü' })
      await op.alterColumn('t', 'c', { existingType, comment: null, schema: 's' })
    }
    expect(await script(body)).toEqual([
      "exec sp_addextendedproperty 'MS_Description', N'ü', 'schema', dbo, 'table', t, 'column', c;",
      "exec sp_updateextendedproperty 'MS_Description', N'b', 'schema', dbo, 'table', t, 'column', c;",
      "exec sp_dropextendedproperty 'MS_Description', 'schema', s, 'table', t, 'column', c;",
    ])
  })
})

it('a column is dropped with what hangs on it', async () => {
  const mssql = { dropDefault: true, dropCheck: true, dropForeignKey: true }
  const statements = await script(() => op.dropColumn('t', 'c', { mssql }))
  expect(statements.map((sql) => / from (\S+)/.exec(sql)?.[1] ?? sql)).toEqual([
    'sys.default_constraints',
    'sys.check_constraints',
    'sys.foreign_keys',
    'ALTER TABLE t DROP COLUMN c;',
  ])
})

it('a column is added without COLUMN, its constraints after it or with a warning', async () => {
  const column = sa.Column('c', sa.Integer(), sa.ForeignKey('o.id'), sa.CheckConstraint('c > 5'))
  expect(await script(() => op.addColumn('t', column))).toEqual([
    'ALTER TABLE t ADD c INTEGER NULL;',
    'ALTER TABLE t ADD FOREIGN KEY(c) REFERENCES o (id);',
  ])
  expect(warnings.join()).toMatch(/without its CHECK/)
})

describe('rows', () => {
  const table = sa.Table('t', sa.MetaData(), sa.Column('id', sa.Integer(), { primaryKey: true }))

  it('of a script may give numbers of identity columns', async () => {
    expect(await script(() => op.bulkInsert(table, [{ id: 1 }]))).toEqual([
      'SET IDENTITY_INSERT t ON;',
      'INSERT INTO t (id) VALUES (1);',
      'SET IDENTITY_INSERT t OFF;',
    ])
  })

  it('on a server are told apart', async () => {
    const sent = await sentBy('mssql', async () => {
      await op.bulkInsert(table, [{ id: 1 }])
      await op.bulkInsert(sa.table('u', sa.column('a', sa.LargeBinary())), [{ a: null }])
    })
    expect(sent.map(([sql]) => sql)).toEqual([
      'SET IDENTITY_INSERT t ON',
      'INSERT INTO t (id) VALUES (@1)',
      'SET IDENTITY_INSERT t OFF',
      'INSERT INTO u (a) VALUES (@1)',
    ])
    // Not null: the driver must know that it is a binary column's.
    expect(sent.at(-1)?.[1]).toEqual([Symbol.for('alembic-ts.mssql.binary-null')])
  })
})

describe('comparing', () => {
  const comparison = new MssqlComparison({
    dialect: createDialect(),
    connection: undefined as never,
  })
  const column = (type: sa.TypeEngine): sa.Column => sa.Column('c', type)

  it('takes types that the server stores alike for the same', () => {
    expect(comparison.compareType(column(sa.mssql.FLOAT()), column(sa.Double()))).toBe(false)
    expect(comparison.compareType(column(sa.String(5)), column(sa.Unicode(5)))).toBe(false)
    expect(comparison.compareType(column(sa.String(5)), column(sa.String(6)))).toBe(true)
  })

  it('ignores the parentheses that the server puts around defaults', () => {
    const compare = (inspectedDefault: string, metadataDefault: string): boolean =>
      comparison.compareServerDefault({
        inspected: column(sa.Integer()),
        metadata: column(sa.Integer()),
        inspectedDefault,
        metadataDefault,
      })
    expect(compare('((5))', '5')).toBe(false)
    expect(compare("(N'x')", 'x')).toBe(false)
    expect(compare('(getdate())', 'getdate()')).toBe(false)
    expect(compare('((5))', '6')).toBe(true)
  })

  it('knows that a primary key numbers itself', () => {
    const key = sa.Column('id', sa.Integer(), { primaryKey: true })
    const inspected = sa.Identity({ start: 1, increment: 1 })
    expect(comparison.compareIdentity(null, inspected, key).isDifferent).toBe(false)
    expect(comparison.compareIdentity(null, inspected, column(sa.Integer())).isDifferent).toBe(true)
    expect(comparison.compareIdentity(sa.Identity({ start: 5 }), inspected, key)).toEqual({
      isDifferent: true,
      options: ['start'],
    })
  })

  it('knows names that the server made', () => {
    expect(comparison.isServerMadeCheckName('CK__users__age__5EBF139D')).toBe(true)
    expect(comparison.isServerMadeCheckName('ck_users_age')).toBe(false)
  })
})
