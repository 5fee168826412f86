import { describe, expect, it } from 'vitest'
import { NoReferencedTableError, SchemaError } from '../../src/errors/schema-error.ts'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { scriptOf } from './op-fixture.ts'

const named = (namingConvention: Readonly<Record<string, string>>) => ({
  targetMetadata: sa.MetaData({ namingConvention }),
})

describe('op.dropIndex() without a name', () => {
  it.each([
    ['postgresql', 'DROP INDEX ix_no_table_x;', 'DROP INDEX s.ix_s_no_table_x;'],
    ['sqlite', 'DROP INDEX ix_no_table_x;', 'DROP INDEX s.ix_s_no_table_x;'],
    ['oracle', 'DROP INDEX ix_no_table_x', 'DROP INDEX s.ix_s_no_table_x'],
    ['db2', 'DROP INDEX ix_no_table_x;', 'DROP INDEX s.ix_s_no_table_x;'],
    ['sybase', 'DROP INDEX "no_table".ix_no_table_x;', 'DROP INDEX "no_table".ix_s_no_table_x;'],
  ])('takes the naming convention’s, on %s', async (dialect, plain, inSchema) => {
    expect((await scriptOf(dialect, () => op.dropIndex(null)))[0]).toBe(plain)
    expect((await scriptOf(dialect, () => op.dropIndex(null, { schema: 's' })))[0]).toBe(inSchema)
  })

  it('takes the convention of the models, and the table where it is given', async () => {
    const options = named({ ix: 'i_%(table_name)s_%(column_0_name)s' })
    const body = (): unknown => [op.dropIndex(null), op.dropIndex(null, 't')]
    expect(await scriptOf('postgresql', body, options)).toEqual([
      'DROP INDEX i_no_table_x;',
      'DROP INDEX i_t_x;',
    ])
  })

  it.each(['mysql', 'mariadb', 'mssql'])('is refused without a table on %s', async (dialect) => {
    const script = scriptOf(dialect, () => op.dropIndex(null))
    await expect(script).rejects.toThrow(/say which table index 'ix_no_table_x' is on/)
  })
})

describe('columns of constraints', () => {
  it('may be one name', async () => {
    const body = (): unknown => [
      op.createPrimaryKey('pk', 't', 'id' as never),
      op.createUniqueConstraint('uq', 't', 'name' as never),
      op.createForeignKey('fk', 't', 'u', 'u_id' as never, 'id' as never),
    ]
    expect(await scriptOf('postgresql', body)).toEqual([
      'ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (id);',
      'ALTER TABLE t ADD CONSTRAINT uq UNIQUE (name);',
      'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(u_id) REFERENCES u (id);',
    ])
    await expect(
      scriptOf('postgresql', () => op.createPrimaryKey('pk', 't', 5 as never)),
    ).rejects.toThrow("createPrimaryKey takes a list of column names, for example ['id']")
  })

  it.each([
    ['postgresql', 'ALTER TABLE t ADD;'],
    ['mssql', 'ALTER TABLE t ADD;'],
    ['informix', 'ALTER TABLE t ADD CONSTRAINT;'],
  ])('of a UNIQUE may be none, which is nothing: %s', async (dialect, added) => {
    const add = (): unknown => op.createUniqueConstraint('uq', 't', [])
    expect((await scriptOf(dialect, add))[0]).toBe(added)
    const create = (): unknown =>
      op.createTable('t', sa.Column('a', sa.Text()), sa.UniqueConstraint({ name: 'uq' }))
    expect((await scriptOf(dialect, create))[0]).not.toMatch(/UNIQUE|uq/)
  })

  it('are let through behind SET NULL where the server is to judge', async () => {
    const body = (): unknown =>
      op.createForeignKey('fk', 't', 'u', ['a', 'b'], ['c', 'd'], { ondelete: 'SET NULL (a)' })
    for (const dialect of ['postgresql', 'oracle', 'db2', 'informix']) {
      expect((await scriptOf(dialect, body))[0]).toContain(' ON DELETE SET NULL (a)')
    }
    for (const dialect of ['mysql', 'mssql', 'firebird', 'sybase']) {
      await expect(scriptOf(dialect, body)).rejects.toThrow('Unexpected SQL phrase')
    }
  })
})

describe('a foreign key to what its MetaData does not have', () => {
  const convention = named({ fk: 'fk_%(table_name)s_%(referred_column_0_name)s' })
  const column = (name?: string): ReturnType<typeof sa.Column> =>
    sa.Column('a', sa.Integer(), sa.ForeignKey('u.id', name === undefined ? {} : { name }))

  it('can’t be named by the column that it points at', async () => {
    const message = `Foreign key associated with column 't.a' could not find table 'u' with which to generate a foreign key to target column 'id'; give the foreign key a name`
    for (const body of [
      () => op.createTable('t', column()),
      () => op.addColumn('t', column()),
      () => op.createTable('t', sa.Column('a'), sa.ForeignKeyConstraint(['a'], ['u.id'])),
    ]) {
      const script = scriptOf('postgresql', body, convention)
      await expect(script).rejects.toThrow(NoReferencedTableError)
      await expect(scriptOf('postgresql', body, convention)).rejects.toThrow(message)
    }
  })

  it('is written where it has a name, another convention, or is the table’s own', async () => {
    const create = (item: ReturnType<typeof sa.Column>) => (): unknown => op.createTable('t', item)
    const script = async (item: ReturnType<typeof sa.Column>, options = {}): Promise<unknown> =>
      (await scriptOf('postgresql', create(item), options))[0]
    expect(await script(column('own'), convention)).toContain('CONSTRAINT own FOREIGN KEY')
    expect(await script(column())).toContain(' FOREIGN KEY(a) REFERENCES u (id)')
    const other = named({ fk: 'fk_%(table_name)s_%(referred_table_name)s' })
    expect(await script(column(), other)).toContain('CONSTRAINT fk_t_u FOREIGN KEY')
    const self = sa.Column('a', sa.Integer(), sa.ForeignKey('t.a'))
    expect(await script(self, convention)).toContain('CONSTRAINT fk_t_a FOREIGN KEY')
    const missing = sa.Column('a', sa.Integer(), sa.ForeignKey('t.nope'))
    await expect(script(missing, convention)).rejects.toThrow(
      "Could not initialize target column for ForeignKey 't.nope' on table 't': table 't' has no column named 'nope'; give",
    )
  })

  it('is named in an operation of its own, which knows the table', async () => {
    const body = (): unknown => op.createForeignKey(null, 't', 'u', ['a'], ['id'])
    expect(await scriptOf('postgresql', body, convention)).toEqual([
      'ALTER TABLE t ADD CONSTRAINT fk_t_id FOREIGN KEY(a) REFERENCES u (id);',
    ])
  })

  it('is not meant by a column whose name has a dot', async () => {
    const script = scriptOf('postgresql', () => op.createForeignKey('fk', 't', 'u', ['a'], ['b.c']))
    expect(await script).toEqual([
      'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES u ("b.c");',
    ])
    const dotted = (): unknown => op.createForeignKey('fk', 't.u', 'v.w', ['a.b'], ['c'])
    expect(await scriptOf('postgresql', dotted)).toEqual([
      'ALTER TABLE "t.u" ADD CONSTRAINT fk FOREIGN KEY("a.b") REFERENCES "v.w" (c);',
    ])
  })

  it('is no table argument of a batch', async () => {
    const copyFrom = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('a', sa.Integer()),
      sa.Column('b', sa.Integer(), sa.ForeignKey('known.id', { name: 'fk_b' })),
    )
    const batch = (target: string) => (): unknown =>
      op.batchAlterTable(
        't',
        { copyFrom, recreate: 'always', tableArgs: [sa.ForeignKeyConstraint(['a'], [target])] },
        () => undefined,
      )
    const script = scriptOf('sqlite', batch('u.id'))
    await expect(script).rejects.toThrow(
      "column '_alembic_tmp_t.a' could not find table 'u' with which to generate a foreign key to target column 'id'; a key to another table is no table argument of a batch, add it with batchOp.createForeignKey()",
    )
    expect((await scriptOf('sqlite', batch('known.id')))[0]).toContain(
      'FOREIGN KEY(a) REFERENCES known (id)',
    )
    await expect(scriptOf('sqlite', batch('known.other'))).rejects.toThrow(NoReferencedTableError)
  })
})

describe('a server default that is neither a string nor SQL', () => {
  const change = { serverDefault: 5 as never, existingType: sa.String(50), nullable: true }

  it.each([
    ['mssql', ['ALTER TABLE t ALTER COLUMN c VARCHAR(50) NULL;', 'GO']],
    ['oracle', ['ALTER TABLE t MODIFY c NULL', '/']],
    ['postgresql', ['ALTER TABLE t ALTER COLUMN c DROP NOT NULL;']],
    ['mysql', []],
  ])('stops op.alterColumn() where it would be written, on %s', async (dialect, before) => {
    let failure: unknown
    const body = async (): Promise<void> => {
      failure = await op.alterColumn('t', 'c', change).then(
        () => undefined,
        (error: unknown) => error,
      )
    }
    expect(await scriptOf(dialect, body)).toEqual(before)
    expect(failure).toBeInstanceOf(SchemaError)
    expect((failure as SchemaError).message).toBe(
      "serverDefault is a string (a quoted literal) or SQL (sa.text('5')), not number 5",
    )
  })

  it('stops a batch before anything is written', async () => {
    const copyFrom = sa.Table('t', sa.MetaData(), sa.Column('c', sa.String(50)))
    const body = (): unknown =>
      op.batchAlterTable('t', { copyFrom, recreate: 'always' }, (batchOp) =>
        batchOp.alterColumn('c', change),
      )
    await expect(scriptOf('postgresql', body)).rejects.toThrow(SchemaError)
  })
})
