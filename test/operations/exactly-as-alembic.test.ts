import { describe, expect, it } from 'vitest'
import type { BatchBody } from '../../src/operations/batch-alter-table.ts'
import { op } from '../../src/operations/operations.ts'
import * as sa from '../../src/sa.ts'
import { scriptOf } from './op-fixture.ts'

const asAlembic = (dialect: string, body: () => unknown): Promise<string[]> =>
  scriptOf(dialect, body, {}, { flags: { exactlyAsAlembic: true } })

function shop(schema: string | null = null): ReturnType<typeof sa.Table> {
  return sa.Table(
    'shop',
    sa.MetaData(),
    sa.Column('id', sa.Integer(), { primaryKey: true }),
    sa.Column('town', sa.Integer()),
    { schema },
  )
}

describe('what this project does better, and the reference’s way of it', () => {
  const rename =
    (...columns: readonly string[]): (() => unknown) =>
    () =>
      op.batchAlterTable('shop', { copyFrom: shop() }, (batchOp) => {
        void batchOp.alterColumn('town', { newColumnName: 'city' })
        void batchOp.createUniqueConstraint('uq_city', columns)
      })
  const renamed = (constraint: string): string =>
    `CREATE TABLE _alembic_tmp_shop ( id INTEGER NOT NULL, city INTEGER, PRIMARY KEY (id)${constraint} );`
  const unique = ', CONSTRAINT uq_city UNIQUE (city)'

  it('a batch keeps a constraint that names a renamed column by its new name', async () => {
    expect((await scriptOf('sqlite', rename('city')))[0]).toBe(renamed(unique))
    expect((await asAlembic('sqlite', rename('city')))[0]).toBe(renamed(''))
  })

  it('a batch keeps a constraint that names a renamed column by its old name, as the reference', async () => {
    expect((await scriptOf('sqlite', rename('town')))[0]).toBe(renamed(unique))
    expect((await asAlembic('sqlite', rename('town')))[0]).toBe(renamed(unique))
  })

  it('a foreign key to a column whose name has a dot is written', async () => {
    const create = (): unknown => op.createForeignKey('fk', 't', 'u', ['a'], ['b.c'])
    expect(await scriptOf('postgresql', create)).toEqual([
      'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES u ("b.c");',
    ])
    await expect(asAlembic('postgresql', create)).rejects.toThrow(
      "column 't.a' could not find table 'u.b' with which to generate a foreign key to target column 'c'",
    )
  })

  const batchInSchema =
    (schema: string, body: BatchBody): (() => unknown) =>
    () =>
      op.batchAlterTable('shop', { copyFrom: shop(schema), schema, recreate: 'always' }, body)
  const withKey = (schema: string): string =>
    `CREATE TABLE s._alembic_tmp_shop ( id SERIAL NOT NULL, town INTEGER, PRIMARY KEY (id), CONSTRAINT fk FOREIGN KEY(town) REFERENCES ${schema}.town (id) );`

  it('a batch leaves the schema that a foreign key points into', async () => {
    const addKey = batchInSchema('s', (batchOp) =>
      batchOp.createForeignKey('fk', 'town', ['town'], ['id'], { referentSchema: 'other' }),
    )
    expect((await scriptOf('postgresql', addKey))[0]).toBe(withKey('other'))
    const message = /^Foreign key associated with column '_alembic_tmp_shop\.town' could not find/
    await expect(asAlembic('postgresql', addKey)).rejects.toThrow(message)
    const addTwo = batchInSchema('s', (batchOp) => {
      void addKeyTo('fk', 'other')(batchOp)
      void addKeyTo('fk2', 's')(batchOp)
    })
    expect((await asAlembic('postgresql', addTwo))[0]).toContain(
      'fk FOREIGN KEY(town) REFERENCES s.town (id), CONSTRAINT fk2',
    )
  })
  const addKeyTo =
    (name: string, referentSchema: string): BatchBody =>
    (batchOp) =>
      batchOp.createForeignKey(name, 'town', ['town'], ['id'], { referentSchema })

  it.each([
    [
      'PostgreSQL: an identity gives way to a default',
      'postgresql',
      () => op.alterColumn('t', 'c', { serverDefault: 'x', existingServerDefault: sa.Identity() }),
      [
        'ALTER TABLE t ALTER COLUMN c DROP IDENTITY;',
        "ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x';",
      ],
      ['ALTER TABLE t ALTER COLUMN c;'],
    ],
    [
      'PostgreSQL: an identity that is always generated gives way to a default',
      'postgresql',
      () =>
        op.alterColumn('t', 'c', {
          serverDefault: sa.text('x'),
          existingServerDefault: sa.Identity({ always: true }),
        }),
      [
        'ALTER TABLE t ALTER COLUMN c DROP IDENTITY;',
        'ALTER TABLE t ALTER COLUMN c SET DEFAULT x;',
      ],
      /'always'/,
    ],
    [
      'PostgreSQL: EXCLUDE takes SQL text',
      'postgresql',
      () => op.createExcludeConstraint('ex', 't', [sa.text('lower(a)'), '=']),
      ['ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (lower(a) WITH =);'],
      /names no column/,
    ],
    [
      'PostgreSQL: EXCLUDE takes columns',
      'postgresql',
      () => op.createExcludeConstraint('ex', 't', [sa.func.lower(sa.column('a')), '=']),
      ['ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (lower(a) WITH =);'],
      ['ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (lower(a) WITH =);'],
    ],
    [
      'Oracle: no comment is an empty one',
      'oracle',
      () => op.createTableComment('t', null),
      ["COMMENT ON TABLE t IS ''", '/'],
      ['COMMENT ON TABLE t IS NULL', '/'],
    ],
    [
      'SQLite: a type is changed in a batch only',
      'sqlite',
      () => op.alterColumn('t t', 'c', { type: sa.String(10) }),
      /op\.batchAlterTable\('t t'/,
      ['ALTER TABLE "t t" ALTER COLUMN c TYPE VARCHAR(10);'],
    ],
    [
      'SQLite: nullability is changed in a batch only',
      'sqlite',
      () => op.alterColumn('t', 'c', { nullable: false }),
      /op\.batchAlterTable\('t'/,
      ['ALTER TABLE t ALTER COLUMN c SET NOT NULL;'],
    ],
    [
      'SQLite: a default is changed in a batch only',
      'sqlite',
      () => op.alterColumn('t', 'c', { serverDefault: null }),
      /op\.batchAlterTable\('t'/,
      ['ALTER TABLE t ALTER COLUMN c DROP DEFAULT;'],
    ],
  ])('%s', async (_, dialect, body, ours, reference) => {
    await check(scriptOf(dialect, body), ours)
    await check(asAlembic(dialect, body), reference)
  })
})

async function check(
  script: Promise<string[]>,
  expected: readonly string[] | RegExp,
): Promise<void> {
  if (expected instanceof RegExp) await expect(script).rejects.toThrow(expected)
  else expect(await script).toEqual(expected)
}
