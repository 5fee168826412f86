// SELECT, and the operators of expressions. Statements and rows that come back: test/histories.
import { describe, expect, it } from 'vitest'
import '../../../src/dialects/builtin.ts'
import { loadDialect } from '../../../src/engine/registry.ts'
import * as sa from '../../../src/sa.ts'
import type { SqlExpression } from '../../../src/sql/elements/expression.ts'
import type { DmlStatement } from '../../../src/sql/elements/statements.ts'

const dialect = (await loadDialect('postgresql')).createDialect()

function sql(statement: SqlExpression | DmlStatement): string {
  return dialect.sql.compile(statement, { literalBinds: true }).sql
}

const a = sa.table('a', sa.column('id', sa.Integer()), sa.column('x', sa.String()))
const b = sa.table('b', sa.column('id'), sa.column('a_id'), { schema: 's' })

describe('a SELECT', () => {
  it('reads every table that its columns and conditions name', () => {
    expect(sql(sa.select(a.c.x).where(a.c.id.eq(b.c.a_id)))).toBe(
      'SELECT a.x FROM a, s.b WHERE a.id = s.b.a_id',
    )
    expect(sql(sa.select(sa.func.max(a.c.id)).where(a.c.x.eq('y')))).toBe(
      "SELECT max(a.id) AS max_1 FROM a WHERE a.x = 'y'",
    )
    expect(sql(sa.select(sa.func.count()).selectFrom(a))).toBe('SELECT count(*) AS count_1 FROM a')
    expect(sql(a.select())).toBe('SELECT a.id, a.x FROM a')
  })

  it('names columns apart', () => {
    expect(sql(sa.select(a.c.id, b.c.id, a.c.id.op('+', 1), a.c.x.label('Name')))).toBe(
      'SELECT a.id, s.b.id AS id_1, a.id + 1 AS anon_1, a.x AS "Name" FROM a, s.b',
    )
    expect(
      sql(sa.select(sa.cast(a.c.id, sa.String(5)), sa.func.max(a.c.x), sa.func.max(a.c.id))),
    ).toBe('SELECT CAST(a.id AS VARCHAR(5)) AS id, max(a.x) AS max_1, max(a.id) AS max_2 FROM a')
  })

  it('within a statement means its row', () => {
    const ofRow = sa.select(b.c.id).where(b.c.a_id.eq(a.c.id))
    expect(sql(a.update().values({ x: ofRow }))).toBe(
      'UPDATE a SET x=(SELECT s.b.id FROM s.b WHERE s.b.a_id = a.id)',
    )
    expect(sql(a.delete().where(sa.func.exists(ofRow)))).toBe(
      'DELETE FROM a WHERE EXISTS (SELECT s.b.id FROM s.b WHERE s.b.a_id = a.id)',
    )
    expect(sql(a.delete().where(a.c.id.in(sa.select(sa.func.max(a.c.id)))))).toBe(
      'DELETE FROM a WHERE a.id IN (SELECT max(a.id) AS max_1 FROM a)',
    )
    expect(sql(sa.select(a.c.id, sa.func.coalesce(ofRow, 0).label('n')))).toBe(
      'SELECT a.id, coalesce((SELECT s.b.id FROM s.b WHERE s.b.a_id = a.id), 0) AS n FROM a',
    )
  })

  it('that would read nothing but the rows around it is refused', () => {
    const inner = sa.select(a.c.id).where(a.c.id.eq(b.c.a_id))
    const outer = sa.select(a.c.x, b.c.id).where(a.c.id.in(inner))
    expect(() => sql(outer)).toThrow('reads no table but those of that statement')
  })
})

describe('operators', () => {
  it('stand in parentheses where they would be read otherwise', () => {
    expect(sql(a.c.id.op('+', 1).op('*', 2))).toBe('(a.id + 1) * 2')
    expect(sql(a.c.id.op('*', 2).op('+', 1))).toBe('a.id * 2 + 1')
    expect(sql(sa.binary(10, '-', a.c.id.op('-', 1)))).toBe('10 - (a.id - 1)')
    expect(sql(a.c.x.op('||', 'b').op('||', 'c').eq('abc'))).toBe("a.x || 'b' || 'c' = 'abc'")
    expect(sql(a.c.id.gt(1).eq(true))).toBe('(a.id > 1) = true')
    expect(sql(a.c.x.op('->>', 'k').eq('v'))).toBe("(a.x ->> 'k') = 'v'")
  })

  it('IN takes lists, empty ones too, and rows', () => {
    expect(sql(a.c.id.in([1, 2]))).toBe('a.id IN (1, 2)')
    expect(sql(a.c.id.notIn([1, 2]))).toBe('(a.id NOT IN (1, 2))')
    expect(sql(a.c.id.in([]))).toBe('(a.id IN (NULL) AND (1 != 1))')
    expect(sql(a.c.id.notIn([]))).toBe('(a.id NOT IN (NULL) OR (1 = 1))')
    expect(sql(a.c.id.notIn(sa.select(b.c.a_id)))).toBe('(a.id NOT IN (SELECT s.b.a_id FROM s.b))')
  })

  it('IS takes what is no value', () => {
    expect(sql(a.c.x.is(null))).toBe('a.x IS NULL')
    expect(sql(sa.func.lower(a.c.x).isNot(null))).toBe('lower(a.x) IS NOT NULL')
    expect(sql(a.c.x.is(true))).toBe('a.x IS true')
  })
})
