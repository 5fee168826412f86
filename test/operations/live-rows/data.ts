import { CreateUniqueConstraintOp } from '../../../src/operations/create-unique-constraint.ts'
import { op } from '../../../src/operations/operations.ts'
import * as sa from '../../../src/sa.ts'
import { createT } from './given.ts'
import { CONSTRAINTS_BY_BATCH } from './refusals.ts'
import type { LiveRow } from './row.ts'

const id = sa.column('id', sa.Integer())
const a = sa.column('a', sa.Integer())
const b = sa.column('b', sa.String())
const t = sa.table('t', id, a, b)
const clear = () => op.execute('DELETE FROM t')
const createFilled = () => {
  void createT()
  void op.bulkInsert(t, [
    { id: 1, a: 1, b: "it's" },
    { id: 2, a: 2, b: null },
  ])
}
const putBack = () => {
  void clear()
  void op.bulkInsert(t, [
    { id: 1, a: 1, b: "it's" },
    { id: 2, a: 2, b: null },
  ])
}
const rows = 'SELECT id, a, b FROM t ORDER BY id'

export const dataRows: readonly LiveRow[] = [
  {
    title: 'bulkInsert',
    given: () => createT(),
    run: () =>
      op.bulkInsert(t, [
        { id: 1, a: 1, b: "it's" },
        { id: 2, a: 2, b: null },
        { id: 3, a: 3, b: 'a\\b\n?;--' },
      ]),
    back: clear,
    rows,
    changes: { all: ["+ row 1 | 1 | it's", '+ row 2 | 2 | null', '+ row 3 | 3 | a\\b\n?;--'] },
  },
  {
    title: 'bulkInsert of rows with different keys, one by one',
    given: () => createT(),
    run: () =>
      op.bulkInsert(
        t,
        [
          { id: 1, a: 1, b: 'x' },
          { id: 2, a: op.inlineLiteral(2) },
        ],
        {
          multiinsert: false,
        },
      ),
    back: clear,
    rows,
    changes: { all: ['+ row 1 | 1 | x', '+ row 2 | 2 | null'] },
  },
  {
    title: 'bulkInsert into what createTable made, with a column that is added in between',
    run: () => {
      const made = op.createTable(
        't',
        sa.Column('id', sa.Integer(), { primaryKey: true, autoincrement: false }),
        sa.Column('a', sa.Integer()),
      )
      void op.bulkInsert(made, [{ id: 1, a: 1 }])
      void op.addColumn('t', sa.Column('b', sa.String(20)))
      void op.bulkInsert(t, [{ id: 2, a: 2, b: 'new' }])
      void op.execute("UPDATE t SET b = 'old' WHERE b IS NULL")
      return op.alterColumn('t', 'a', {
        newColumnName: 'c',
        existingType: sa.Integer(),
        existingNullable: true,
      })
    },
    back: () => op.dropTable('t'),
    changes: {
      all: [
        '+ table t',
        '+ t.id INTEGER not null',
        '+ t.c INTEGER',
        '+ t.b VARCHAR(20)',
        '+ t: primary key (id)',
      ],
      postgresql: [
        '+ table t',
        '+ t.id INTEGER not null',
        '+ t.c INTEGER',
        '+ t.b VARCHAR(20)',
        '+ t: primary key t_pkey(id)',
      ],
    },
  },
  {
    title: 'bulkInsert of a number that is too long for a float',
    given: () => op.createTable('t', sa.Column('n', sa.BigInteger())),
    run: () =>
      op.bulkInsert(sa.table('t', sa.column('n', sa.BigInteger())), [{ n: 9007199254740993n }]),
    back: clear,
    rows: 'SELECT n FROM t',
    changes: { all: ['+ row 9007199254740993'] },
  },
  {
    title: 'bulkInsert of a row that the table refuses',
    given: () => createFilled(),
    run: () =>
      op.bulkInsert(t, [
        { id: 3, a: 3 },
        { id: 1, a: 1 },
      ]),
    rows,
    changes: {
      postgresql: {
        refused:
          'duplicate key value violates unique constraint "t_pkey" (rows 0 to 1 of the rows for table \'t\') [SQL: INSERT INTO t (id, a) VALUES ($1, $2)]',
      },
      mariadb: {
        refused:
          "Duplicate entry … for key 'PRIMARY' (rows 0 to 1 of the rows for table 't') [SQL: INSERT INTO t (id, a) VALUES (?, ?)]",
      },
      sqlite: {
        refused:
          "UNIQUE constraint failed: t.id (row 1 of the rows for table 't') [SQL: INSERT INTO t (id, a) VALUES (?, ?)]",
      },
      firebird: {
        refused:
          'Violation of PRIMARY or UNIQUE KEY constraint "" on table "T", Problematic key value is (…) (row 1 of the rows for table \'t\') [SQL: INSERT INTO t (id, a) VALUES (?, ?)]',
      },
    },
  },
  {
    title: 'execute a text',
    given: () => createFilled(),
    run: () => op.execute("UPDATE t SET b = 'x\\:y 100%' WHERE id = 2"),
    back: putBack,
    rows,
    changes: { all: ['- row 2 | 2 | null', '+ row 2 | 2 | x:y 100%'] },
  },
  {
    title: 'execute a text with parameters',
    given: () => createFilled(),
    run: () =>
      op.execute(sa.text('UPDATE t SET a = :a WHERE id = :id').bindparams({ a: 9, id: 1 })),
    back: putBack,
    rows,
    changes: { all: ["- row 1 | 1 | it's", "+ row 1 | 9 | it's"] },
  },
  {
    title: 'execute insert, update and delete',
    given: () => createFilled(),
    run: () => {
      void op.execute(sa.insert(t).values({ id: 3, a: 3, b: 'three' }))
      void op.execute(sa.update(t).where(id.eq(2)).values({ b: 'two' }))
      return op.execute(sa.delete(t).where(sa.and_(id.lt(2), b.eq("it's"))))
    },
    back: putBack,
    rows,
    changes: {
      all: ["- row 1 | 1 | it's", '- row 2 | 2 | null', '+ row 2 | 2 | two', '+ row 3 | 3 | three'],
    },
  },
  {
    title: 'execute what the server refuses',
    given: () => createFilled(),
    run: () => {
      void op.execute("UPDATE t SET b = 'lost' WHERE id = 1")
      return op.execute('UPDATE nowhere SET b = 1')
    },
    rows,
    changes: {
      postgresql: { refused: 'relation "nowhere" does not exist [SQL: UPDATE nowhere SET b = 1]' },
      mariadb: { refused: "Table 'scratch.nowhere' doesn't exist [SQL: UPDATE nowhere SET b = 1]" },
      sqlite: { refused: 'no such table: nowhere [SQL: UPDATE nowhere SET b = 1]' },
      firebird: {
        refused:
          'Dynamic SQL Error, SQL error code = -204, Table unknown, NOWHERE, At line 1, column 8 [SQL: UPDATE nowhere SET b = 1]',
      },
    },
  },
  {
    title: 'getContext, f and invoke',
    given: () => createT(),
    run: async ({ name }) => {
      if (op.getContext().dialect.name !== name) return
      await op.invoke(new CreateUniqueConstraintOp(op.f('uq_t_a'), 't', ['a']))
    },
    changes: {
      all: ['+ t: unique uq_t_a(a)'],
      mariadb: ['+ t: unique index uq_t_a(a)'],
      sqlite: CONSTRAINTS_BY_BATCH,
    },
  },
  {
    title: 'kysely',
    given: () => createFilled(),
    run: async () => {
      const db = await op.kysely<{ readonly t: { readonly a: number } }>()
      await db.updateTable('t').set({ a: 9 }).where('a', '=', 1).execute()
    },
    back: putBack,
    rows,
    changes: {
      all: ["- row 1 | 1 | it's", "+ row 1 | 9 | it's"],
      firebird: {
        refused:
          'Kysely has no dialect for firebird; use op.execute() or sa.insert(), sa.update(), sa.delete_()',
      },
    },
  },
  {
    title: 'getBind, runAsync and inlineLiteral',
    given: () => createFilled(),
    run: async () => {
      const [row] = await op.getBind().execute('SELECT a FROM t WHERE id = :id', { id: 2 })
      await op.runAsync(async (connection) => {
        await connection.execute(`UPDATE t SET a = ${String(Number(row?.['a']) + 40)} WHERE id = 2`)
      })
      return op.execute(
        sa
          .update(t)
          .where(id.eq(op.inlineLiteral(1)))
          .values({ a: 41 }),
      )
    },
    back: putBack,
    rows,
    changes: {
      all: [
        "- row 1 | 1 | it's",
        '- row 2 | 2 | null',
        "+ row 1 | 41 | it's",
        '+ row 2 | 42 | null',
      ],
    },
  },
]
