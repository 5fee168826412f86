import { describe, expect, it } from 'vitest'
import { createDialect } from '../../../../src/dialects/postgresql/compile/index.ts'
import * as sa from '../../../../src/sa.ts'
import { TableClass } from '../../../../src/sql/schema/table.ts'
import { describePostgresql } from '../live.ts'

const dialect = createDialect()

function indexed(index: ReturnType<typeof sa.Index>, schema: string | null = null): typeof index {
  const columns = [
    sa.Column('a', sa.Text()),
    sa.Column('b', sa.Integer()),
    sa.Column('c D', sa.Integer(), { key: 'c' }),
  ]
  const table = new TableClass('t', sa.MetaData(), [...columns, index], { schema })
  return table.indexes[0]!
}

const create = (index: ReturnType<typeof sa.Index>, schema: string | null = null): string =>
  dialect.ddl.compile({ kind: 'createIndex', index: indexed(index, schema), ifNotExists: false })

const drop = (index: ReturnType<typeof sa.Index>, ifExists = false): string =>
  dialect.ddl.compile({ kind: 'dropIndex', index: indexed(index, 's'), ifExists })

const b = sa.column('b')

describe('elements', () => {
  it.each([
    [sa.Index('ix', 'a', 'c'), '(a, "c D")'],
    [sa.Index('ix', sa.text('lower(a)')), '(lower(a))'],
    [sa.Index('ix', sa.func.lower(sa.column('a'))), '(lower(a))'],
    [sa.Index('ix', sa.binary(b, '+', 1)), '((b + 1))'],
    [sa.Index('ix', sa.desc(sa.binary(b, '+', 1))), '((b + 1) DESC)'],
    [sa.Index('ix', sa.nullsLast(sa.desc(b)), sa.asc('a')), '(b DESC NULLS LAST, a ASC)'],
    [sa.Index('ix', sa.cast(b, sa.Text())), '(CAST(b AS TEXT))'],
  ])('%#', (index, expected) => {
    expect(create(index)).toBe(`CREATE INDEX ix ON t ${expected}`)
  })
})

describe('options', () => {
  it('stand in the order of the manual', () => {
    const index = sa.Index('ix', 'a', 'b', {
      unique: true,
      postgresql: {
        concurrently: true,
        using: 'BTREE',
        ops: { a: 'text_pattern_ops' },
        include: ['c'],
        nullsNotDistinct: true,
        with: { fillfactor: 50 },
        tablespace: 'My TS',
        where: 'b > 5',
      },
    })
    expect(create(index, 's')).toBe(
      'CREATE UNIQUE INDEX CONCURRENTLY ix ON s.t USING btree (a text_pattern_ops, b) INCLUDE ("c D") NULLS NOT DISTINCT WITH (fillfactor = 50) TABLESPACE "My TS" WHERE b > 5',
    )
  })

  it('an operator class stands before the ordering, and goes by expression too', () => {
    const ops = { a: 'text_pattern_ops', 'lower(a)': 'varchar_pattern_ops' }
    const index = sa.Index('ix', sa.desc('a'), sa.text('lower(a)'), { postgresql: { ops } })
    expect(create(index)).toBe(
      'CREATE INDEX ix ON t (a text_pattern_ops DESC, lower(a) varchar_pattern_ops)',
    )
  })

  it('a condition may be an expression', () => {
    const index = sa.Index('ix', 'a', { postgresql: { where: b.gt(5) } })
    expect(create(index)).toBe('CREATE INDEX ix ON t (a) WHERE b > 5')
  })

  it('a method that is no word is refused', () => {
    expect(() => create(sa.Index('ix', 'a', { postgresql: { using: 'gin (' } }))).toThrow(
      'not the name of an index method',
    )
  })
})

it('an index is dropped in its schema', () => {
  expect(drop(sa.Index('Ix', 'a'))).toBe('DROP INDEX s."Ix"')
  const index = sa.Index('ix', 'a', { postgresql: { concurrently: true } })
  expect(drop(index, true)).toBe('DROP INDEX CONCURRENTLY IF EXISTS s.ix')
})

describePostgresql('indexes on a server', (connection) => {
  it('are created', async () => {
    const ops = { a: 'text_pattern_ops', 'lower(a)': 'text_pattern_ops' }
    await connection().execute('CREATE TABLE t (a text, b integer, "c D" integer)')
    const statements = [
      create(sa.Index('i1', sa.desc('a'), sa.text('lower(a)'), { postgresql: { ops } })),
      create(sa.Index('i2', sa.nullsLast(sa.desc(sa.binary(b, '+', 1))))),
      create(
        sa.Index('i3', 'b', {
          unique: true,
          postgresql: {
            concurrently: true,
            include: ['c'],
            with: { fillfactor: 50 },
            where: 'b > 5',
          },
        }),
      ),
      create(sa.Index('i4', sa.cast(b, sa.Text()))),
    ]
    for (const statement of statements) await connection().execute(statement)
    const { rows } = await connection().execute(
      `SELECT pg_get_indexdef(indexrelid) AS sql FROM pg_index WHERE indrelid = 't'::regclass ORDER BY indexrelid`,
    )
    expect(rows.map(({ sql }) => sql)).toEqual([
      'CREATE INDEX i1 ON public.t USING btree (a text_pattern_ops DESC, lower(a) text_pattern_ops)',
      'CREATE INDEX i2 ON public.t USING btree (((b + 1)) DESC NULLS LAST)',
      `CREATE UNIQUE INDEX i3 ON public.t USING btree (b) INCLUDE ("c D") WITH (fillfactor='50') WHERE (b > 5)`,
      'CREATE INDEX i4 ON public.t USING btree (((b)::text))',
    ])
  })
})
