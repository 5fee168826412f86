import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { IdentifierError } from '../../../src/errors/compile-error.ts'
import { SchemaError } from '../../../src/errors/schema-error.ts'
import { op, sa } from '../../../src/index.ts'
import { resolveName } from '../../../src/sql/schema/naming.ts'
import { scriptOf } from '../../property/run.ts'
import { DIALECTS, type DialectName } from '../compile/every-dialect.ts'

/** A table with every kind of constraint, named by the convention. */
function tableNamedBy(namingConvention: Readonly<Record<string, unknown>>): sa.Table {
  const metadata = sa.MetaData({ namingConvention })
  sa.Table(
    'parent',
    metadata,
    sa.Column('p', sa.Integer(), { primaryKey: true }),
    sa.Column('q', sa.Integer(), { primaryKey: true }),
    { schema: 's1' },
  )
  return sa.Table(
    'child',
    metadata,
    sa.Column('a', sa.Integer(), { primaryKey: true, key: 'keyOfA' }),
    sa.Column('b', sa.Integer()),
    sa.Column('on', sa.Boolean({ createConstraint: true })),
    sa.ForeignKeyConstraint(['keyOfA', 'b'], ['s1.parent.p', 's1.parent.q']),
    sa.UniqueConstraint('b', 'keyOfA'),
    sa.CheckConstraint('b > 5', { name: 'positive' }),
    sa.Index(null, 'keyOfA', 'b'),
    { schema: 's1' },
  )
}

function nameOf(kind: 'pk' | 'uq' | 'fk' | 'ix' | 'ck', convention: string, custom = {}): string {
  const table = tableNamedBy({ [kind]: convention, ...custom })
  const object = {
    pk: () => table.primaryKey,
    uq: () => table.constraints.find((one) => one instanceof sa.UniqueConstraint),
    fk: () => table.foreignKeyConstraints[0],
    ix: () => table.indexes[0],
    ck: () => table.constraints.find(({ name }) => name === 'positive'),
  }[kind]()
  if (object === undefined) throw new TypeError(`no ${kind}`)
  return resolveName(object)?.text ?? ''
}

it.each([
  ['pk', 'pk_%(table_name)s', 'pk_child'],
  ['uq', '%(column_0_name)s', 'b'],
  ['uq', '%(column_1_name)s', 'a'],
  ['uq', '%(column_0_key)s', 'b'],
  ['uq', '%(column_1_key)s', 'keyOfA'],
  ['uq', '%(column_0_label)s', 's1_child_b'],
  ['uq', '%(column_0N_name)s', 'ba'],
  ['uq', '%(column_0_N_name)s', 'b_a'],
  ['uq', '%(column_0N_key)s', 'bkeyOfA'],
  ['uq', '%(column_0_N_key)s', 'b_keyOfA'],
  ['uq', '%(column_0N_label)s', 's1_child_bs1_child_a'],
  ['uq', '%(column_0_N_label)s', 's1_child_b_s1_child_a'],
  ['ix', 'ix_%(column_0_label)s', 'ix_s1_child_a'],
  ['ix', 'ix_%(column_0_N_name)s', 'ix_a_b'],
  ['fk', '%(referred_table_name)s', 'parent'],
  ['fk', '%(referred_column_0_name)s', 'p'],
  ['fk', '%(referred_column_1_name)s', 'q'],
  ['fk', '%(referred_column_0N_name)s', 'pq'],
  ['fk', '%(referred_column_0_N_name)s', 'p_q'],
  ['fk', 'fk_%(table_name)s_%(column_0_N_name)s', 'fk_child_a_b'],
  ['ck', 'ck_%(table_name)s_%(constraint_name)s', 'ck_child_positive'],
  ['pk', '100%%_%(table_name)s', '100%_child'],
] as const)('%s by %s is %s', (kind, convention, name) => {
  expect(nameOf(kind, convention)).toBe(name)
})

it('a function makes a token of its own', () => {
  const digest = (constraint: sa.UniqueConstraint, table: { readonly name: string }): string =>
    `${table.name}${constraint.columnKeys.length}`
  expect(nameOf('uq', 'uq_%(digest)s', { digest })).toBe('uq_child2')
})

it("a type's CHECK takes the name of its column", () => {
  const table = tableNamedBy({ ck: 'ck_%(table_name)s_%(column_0_name)s' })
  const check = table.constraints.find(
    (one) => one instanceof sa.CheckConstraint && one.typeBound !== null,
  )
  expect(check === undefined ? null : resolveName(check)?.text).toBe('ck_child_on')
})

it('a name that was given wins, unless the convention asks for it; a final one always wins', () => {
  const metadata = sa.MetaData({
    namingConvention: { uq: 'uq_%(column_0_name)s', ck: 'ck_%(constraint_name)s' },
  })
  const unique = sa.UniqueConstraint('a', { name: 'mine' })
  const check = sa.CheckConstraint('a > 1', { name: 'positive' })
  const final = sa.CheckConstraint('a > 2', { name: sa.conv('ck_as_it_is') })
  sa.Table('t', metadata, sa.Column('a', sa.Integer()), unique, check, final)
  expect([unique, check, final].map((one) => resolveName(one)?.text)).toEqual([
    'mine',
    'ck_positive',
    'ck_as_it_is',
  ])
})

it('a convention that asks for a name which was not given is refused, and so is a token that means nothing', () => {
  const metadata = sa.MetaData({
    namingConvention: { ck: 'ck_%(constraint_name)s', uq: '%(colum_0_name)s' },
  })
  const check = sa.CheckConstraint('a > 1')
  const unique = sa.UniqueConstraint('a')
  sa.Table('t', metadata, sa.Column('a', sa.Integer()), check, unique)
  expect(() => resolveName(check)).toThrow(
    'Naming convention including %(constraint_name)s token requires that constraint is explicitly named.',
  )
  expect(() => resolveName(unique)).toThrow(SchemaError)
})

/** The longest name of an index or a constraint, and the longest of all, in characters. */
const LIMITS: Readonly<Record<DialectName, readonly [number, number]>> = {
  postgresql: [63, 63],
  mysql: [64, 255],
  mariadb: [64, 255],
  sqlite: [9999, 9999],
  mssql: [128, 128],
  oracle: [128, 128],
  firebird: [31, 31],
  db2: [128, 128],
  informix: [128, 128],
  sybase: [255, 255],
}

describe.each(DIALECTS)('names that are too long, on $name', ({ name, dialect }) => {
  const [limit, longest] = LIMITS[name]
  const scriptOptions = { dialectName: name }
  const shortened = (long: string): string =>
    `${long.slice(0, limit - 8)}_${createHash('md5').update(long).digest('hex').slice(-4)}`

  it.each([
    ['just fits', limit],
    ['is one too long', limit + 1],
    ['is 50 characters longer', limit + 50],
  ])('a name by convention that %s', async (_what, length) => {
    const long = 'x'.repeat(length)
    const expected = length > limit ? shortened(long) : long
    const script = await scriptOf(scriptOptions, () =>
      op.createIndex(op.f(long), 't', ['a'], { unique: true }),
    )
    expect(script).toContain(`UNIQUE INDEX ${expected} ON t (a)`)
    const constraint = sa.UniqueConstraint('a', { name: sa.conv(long) })
    sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer()), constraint)
    expect(dialect.ddl.constraints.compile(constraint)).toContain(`CONSTRAINT ${expected}`)
  })

  it('a name as it was given is refused', async () => {
    const long = 'x'.repeat(longest + 1)
    await expect(scriptOf(scriptOptions, () => op.createIndex(long, 't', ['a']))).rejects.toThrow(
      IdentifierError,
    )
  })
})
