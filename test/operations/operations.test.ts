import { describe, expect, it } from 'vitest'
import { NoRunningMigrationError, OperationError } from '../../src/errors/operation-error.ts'
import { AddColumnOp } from '../../src/operations/add-column.ts'
import { MigrateOperation } from '../../src/operations/migrate-operation.ts'
import type { RunContext } from '../../src/operations/run-context.ts'
import { op, Operations } from '../../src/operations/operations.ts'
import type { Queued } from '../../src/operations/queued.ts'
import * as sa from '../../src/sa.ts'
import { scriptOf, sentBy } from './op-fixture.ts'

declare module '../../src/operations/index.ts' {
  interface CustomOperations {
    createView(name: string, query: string): Queued<string>
  }
}

class CreateViewOp extends MigrateOperation<string> {
  readonly name: string
  readonly query: string

  constructor(name: string, query: string) {
    super()
    this.name = name
    this.query = query
  }

  override async run(ctx: RunContext): Promise<string> {
    await ctx.impl.execute(`CREATE VIEW ${this.name} AS ${this.query}`)
    return this.name
  }
}

describe('op', () => {
  it('works only while a migration runs', () => {
    expect(() => op.createTable('t')).toThrow(NoRunningMigrationError)
    expect(() => op.createTable('t')).toThrow(
      "Can't invoke function 'createTable': no migration is running here. Call op.createTable() inside upgrade() or downgrade(), not at the top of a module",
    )
  })

  it('runs what is not awaited, in the order of the calls', async () => {
    const script = await scriptOf('sqlite', () => {
      void op.createTable('a', sa.Column('x', sa.Integer()))
      void op.dropTable('b')
    })
    expect(script).toEqual(['CREATE TABLE a ( x INTEGER );', 'DROP TABLE b;'])
  })

  it('fails at the place of a call that is wrong in itself', async () => {
    const reached: string[] = []
    const failing = scriptOf('sqlite', () => {
      void op.dropTable('a')
      // @ts-expect-error -- no column
      void op.addColumn('t', 'c')
      reached.push('the next line')
    })
    await expect(failing).rejects.toThrow('addColumn takes a column, sa.Column(…), not c')
    expect(reached).toEqual(['the next line'])
  })

  it('lets a migration handle the failure of a wrong call', async () => {
    const script = await scriptOf('sqlite', async () => {
      const call = op.createTable('t', { nonsense: 1 } as never)
      await expect(call).rejects.toThrow("createTable takes no option 'nonsense'")
      await op.dropTable('b')
    })
    expect(script).toEqual(['DROP TABLE b;'])
  })

  it('resolves createTable to the table, which bulkInsert also takes as a promise', async () => {
    const script = await scriptOf('sqlite', async () => {
      const table = op.createTable('t', sa.Column('a', sa.Integer()))
      await op.bulkInsert(table, [{ a: 1 }])
      expect((await table).columns.map(({ name }) => name)).toEqual(['a'])
    })
    expect(script).toEqual(['CREATE TABLE t ( a INTEGER );', 'INSERT INTO t (a) VALUES (1);'])
  })

  it('names constraints by the convention of the models', async () => {
    const targetMetadata = sa.MetaData({
      namingConvention: {
        ck: 'ck_%(table_name)s_%(constraint_name)s',
        uq: 'uq_%(table_name)s_%(column_0_name)s',
      },
    })
    const body = async (): Promise<void> => {
      await op.createCheckConstraint('positive', 't', 'a > 0')
      await op.createCheckConstraint(op.f('final'), 't', 'a > 0')
      await op.createUniqueConstraint(null, 't', ['a'])
      await op.dropConstraint('positive', 't', 'check')
    }
    expect(await scriptOf('postgresql', body, { targetMetadata })).toEqual([
      'ALTER TABLE t ADD CONSTRAINT ck_t_positive CHECK (a > 0);',
      'ALTER TABLE t ADD CONSTRAINT final CHECK (a > 0);',
      'ALTER TABLE t ADD CONSTRAINT uq_t_a UNIQUE (a);',
      'ALTER TABLE t DROP CONSTRAINT ck_t_positive;',
    ])
    const nameless = scriptOf(
      'postgresql',
      () => op.addColumn('t', sa.Column('a', sa.Integer(), sa.ForeignKey('o.id')), {}),
      {
        targetMetadata: sa.MetaData({ namingConvention: { fk: 'fk_%(constraint_name)s' } }),
      },
    )
    await expect(nameless).rejects.toThrow('requires that constraint is explicitly named')
  })

  it('refuses an unknown kind of constraint', async () => {
    const call = scriptOf('postgresql', () => op.dropConstraint('n', 't', 'fk' as never))
    await expect(call).rejects.toThrow("'type' can be one of 'check', 'foreignkey', 'primary'")
  })
})

describe('op.getBind()', () => {
  it('takes its place among the operations and resolves to the rows', async () => {
    const sent = await sentBy('postgresql', async () => {
      void op.dropTable('a')
      const rows = op.getBind().execute('SELECT 1 WHERE x = :x', { x: 5 })
      void op.dropTable('b')
      expect(await rows).toEqual([{ answer: 2 }])
    })
    expect(sent).toEqual([
      ['DROP TABLE a', []],
      ['SELECT 1 WHERE x = $1', [5]],
      ['DROP TABLE b', []],
    ])
  })

  it('writes the statement in a script, its values as literals', async () => {
    const script = await scriptOf('postgresql', async () => {
      expect(op.getBind().connection).toBeNull()
      const rows = await op.getBind().execute('UPDATE t SET a = :a', { a: "it's" })
      expect(rows).toEqual([])
    })
    expect(script).toEqual(["UPDATE t SET a = 'it''s';"])
  })
})

describe('op.bulkInsert() on a server', () => {
  const table = sa.table('t', sa.column('a', sa.Integer()), sa.column('b', sa.String()))

  it('sends one statement for all rows, columns in the order of the table', async () => {
    const sent = await sentBy('postgresql', () =>
      op.bulkInsert(table, [
        { b: 'x', a: 1 },
        { a: 2, b: null },
      ]),
    )
    expect(sent).toEqual([
      ['INSERT INTO t (a, b) VALUES ($1, $2)', [1, 'x']],
      ['INSERT INTO t (a, b) VALUES ($1, $2)', [2, null]],
    ])
  })

  it.each([
    [
      [{ a: 1, b: 'x' }, { a: 2 }],
      "A value is required for bind parameter 'b', in parameter group 1; give all rows the same keys, or pass multiinsert: false",
    ],
    [[{ a: 1 }, { a: 2, b: 'x' }], "Row 1 of the rows for table 't' has a value for 'b'"],
    [[{ c: 1 }], "Unconsumed column names: c; table 't' has a, b"],
    [{ a: 1 }, 'List expected'],
    [[['a']], 'List of dictionaries expected'],
  ])('refuses %j', async (given, message) => {
    const call = sentBy('postgresql', () => op.bulkInsert(table, given as never))
    await expect(call).rejects.toThrow(message)
  })

  it('sends a statement a row where rows differ, or hold SQL', async () => {
    const expression = [{ a: sa.func['now']?.() }, { a: 2 }]
    expect(await sentBy('postgresql', () => op.bulkInsert(table, expression))).toEqual([
      ['INSERT INTO t (a) VALUES (now())', []],
      ['INSERT INTO t (a) VALUES ($1)', [2]],
    ])
    const differing = [{ a: 1 }, { b: 'x' }]
    const call = (): unknown => op.bulkInsert(table, differing, { multiinsert: false })
    expect(await sentBy('postgresql', call)).toEqual([
      ['INSERT INTO t (a) VALUES ($1)', [1]],
      ['INSERT INTO t (b) VALUES ($1)', ['x']],
    ])
  })
})

describe('Operations', () => {
  it('runs any operation, and resolves to what it gives', async () => {
    const script = await scriptOf('sqlite', async () => {
      expect(await op.invoke(new CreateViewOp('v', 'SELECT 1'))).toBe('v')
    })
    expect(script).toEqual(['CREATE VIEW v AS SELECT 1;'])
  })

  it('takes directives of one’s own', async () => {
    Operations.registerOperation('createView', (ctx, name: string, query: string) =>
      ctx.invoke(new CreateViewOp(name, query)),
    )
    expect(await scriptOf('sqlite', () => op.createView('v', 'SELECT 1'))).toEqual([
      'CREATE VIEW v AS SELECT 1;',
    ])
    expect(() => Operations.registerOperation('addColumn', () => undefined)).toThrow(OperationError)
  })

  it('takes other implementations: of the dialect first, then of the class, then of its ancestors', async () => {
    class OwnOp extends CreateViewOp {}
    class OwnerOp extends OwnOp {}
    const emit =
      (text: string) =>
      async (ctx: RunContext): Promise<void> => {
        await ctx.impl.execute(text)
      }
    Operations.implementationFor(OwnOp, emit('for all'))
    Operations.implementationFor(OwnOp, emit('for sqlite'), { dialect: 'sqlite' })
    const call = (): unknown => op.invoke(new OwnerOp('v', 'q'))
    expect(await scriptOf('sqlite', call)).toEqual(['for sqlite;'])
    expect(await scriptOf('postgresql', call)).toEqual(['for all;'])
    expect(() => Operations.implementationFor(OwnOp, emit('again'))).toThrow('key already exists')
    Operations.implementationFor(OwnOp, emit('again'), { replace: true })
    expect(await scriptOf('postgresql', call)).toEqual(['again;'])
    expect(await scriptOf('postgresql', () => op.invoke(new CreateViewOp('v', 'q')))).toEqual([
      'CREATE VIEW v AS q;',
    ])
  })

  it('says what to do where an operation has no implementation', async () => {
    class EmptyOp extends MigrateOperation {}
    await expect(scriptOf('sqlite', () => op.invoke(new EmptyOp()))).rejects.toThrow(
      'EmptyOp has no implementation; give the class a run() method',
    )
  })

  it('can run one operation twice', async () => {
    const operation = new AddColumnOp('t', sa.Column('c', sa.Integer(), { index: true }))
    const twice = await scriptOf('sqlite', () => {
      void op.invoke(operation)
      void op.invoke(operation)
    })
    expect(twice).toEqual([
      ...['ALTER TABLE t ADD COLUMN c INTEGER;', 'CREATE INDEX ix_t_c ON t (c);'],
      ...['ALTER TABLE t ADD COLUMN c INTEGER;', 'CREATE INDEX ix_t_c ON t (c);'],
    ])
  })
})
