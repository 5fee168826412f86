import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { describeDiffs } from '../../src/autogenerate/describe-diffs.ts'
import { STOP } from '../../src/autogenerate/dispatcher.ts'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import { Plugin } from '../../src/autogenerate/plugin.ts'
import { compareMetadata, produceMigrations } from '../../src/autogenerate/produce.ts'
import { renderCode } from '../../src/autogenerate/render-code.ts'
import { Rewriter } from '../../src/autogenerate/rewriter.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { AddColumnOp } from '../../src/operations/add-column.ts'
import { MigrationScript, ModifyTableOps, UpgradeOps } from '../../src/operations/containers.ts'
import { CreateIndexOp } from '../../src/operations/create-index.ts'
import { CreateTableOp } from '../../src/operations/create-table.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { getLogger, type LogRecord } from '../../src/util/logging.ts'

let connection: Connection
let records: LogRecord[]
const record = (one: LogRecord): void => void records.push(one)

beforeEach(async () => {
  records = []
  getLogger('alembic').level = 'INFO'
  getLogger('alembic').handlers.add(record)
  connection = await createEngine('sqlite://').connect()
})

afterEach(async () => {
  getLogger('alembic').handlers.delete(record)
  await connection.close()
})

const context = async (options: AutogenerateOptions = {}): Promise<MigrationContext> =>
  await MigrationContext.configure({ connection, ...options })

const differences = async (
  metadata: sa.MetaData | readonly sa.MetaData[],
  options: AutogenerateOptions = {},
): Promise<string> => describeDiffs(await compareMetadata(await context(options), metadata))

function model(...items: Parameters<typeof sa.Table>[2][]): sa.MetaData {
  const metadata = sa.MetaData()
  sa.Table('t', metadata, ...items)
  return metadata
}

const logged = (name: string): string[] =>
  records.filter(({ logger }) => logger === name).map(({ message }) => message)

describe('comparing', () => {
  it('logs what it finds in the words of the reference', async () => {
    await connection.execute('CREATE TABLE t (a VARCHAR(10), b INTEGER, gone INTEGER)')
    await connection.execute('CREATE TABLE old (x INTEGER)')
    const metadata = model(
      sa.Column('a', sa.String(20), { nullable: false }),
      sa.Column('b', sa.Integer()),
      sa.Column('c', sa.Integer(), { index: true }),
      sa.UniqueConstraint('a', 'b', { name: 'uq' }),
    )
    sa.Table('new', metadata, sa.Column('x', sa.Integer()))
    await differences(metadata)
    expect(logged('alembic.autogenerate.compare.tables')).toEqual([
      "Detected added table 'new'",
      "Detected removed table 'old'",
      "Detected added column 't.c'",
      "Detected removed column 't.gone'",
    ])
    expect(logged('alembic.autogenerate.compare.types')).toEqual([
      "Detected type change from VARCHAR(length=10) to String(length=20) on 't.a'",
    ])
    expect(logged('alembic.autogenerate.compare.constraints')).toEqual([
      "Detected NOT NULL on column 't.a'",
      "Detected added index 'ix_t_c' on '('c',)'",
      "Detected added unique constraint 'uq' on '('a', 'b')'",
    ])
  })

  it('drops tables before those that they refer to, then by name', async () => {
    await connection.execute('CREATE TABLE a (id INTEGER PRIMARY KEY)')
    await connection.execute('CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a)')
    await connection.execute('CREATE TABLE c (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b)')
    const diffs = await compareMetadata(await context(), sa.MetaData())
    expect(diffs.map(([tag, table]) => [tag, (table as sa.Table).name])).toEqual([
      ['remove_table', 'c'],
      ['remove_table', 'b'],
      ['remove_table', 'a'],
    ])
  })

  it('takes several MetaData, but no table twice', async () => {
    const [first, second] = [sa.MetaData(), sa.MetaData()]
    sa.Table('a', first, sa.Column('x', sa.Integer()))
    sa.Table('b', second, sa.Column('x', sa.Integer()))
    expect(await compareMetadata(await context(), [first, second])).toHaveLength(2)
    sa.Table('a', second, sa.Column('x', sa.Integer()))
    await expect(differences([first, second])).rejects.toThrow(
      'Duplicate table keys across multiple MetaData objects: "a"',
    )
  })

  it('leaves the version table alone', async () => {
    await connection.execute('CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)')
    expect(await differences(sa.MetaData())).toBe('[]')
  })

  it('sees changed expressions of indexes, unless that is switched off', async () => {
    await connection.execute('CREATE TABLE t (a VARCHAR(10))')
    await connection.execute('CREATE INDEX ix ON t (lower(a))')
    const metadata = model(
      sa.Column('a', sa.String(10)),
      sa.Index('ix', sa.func.upper(sa.column('a'))),
    )
    expect(await differences(metadata)).toBe(
      "[['remove_index', Index('ix')], ['add_index', Index('ix')]]",
    )
    expect(await differences(metadata, { detect: { indexExpressions: false } })).toBe('[]')
  })

  it('needs models', async () => {
    const asked = produceMigrations(await context(), undefined as never)
    await expect(asked).rejects.toThrow(
      "Can't proceed with --autogenerate option; does not provide a MetaData object or sequence of objects to the context.",
    )
  })

  it('can’t work without a database', async () => {
    const offline = await MigrationContext.configure({ dialectName: 'sqlite', asSql: true })
    await expect(compareMetadata(offline, sa.MetaData())).rejects.toThrow(
      "autogenerate can't use as_sql=True as it prevents querying the database for schema information",
    )
  })
})

describe('filters', () => {
  it('includeName is asked about names of the database, includeObject about both sides', async () => {
    await connection.execute('CREATE TABLE t (a INTEGER, b INTEGER, CONSTRAINT uq UNIQUE (a))')
    await connection.execute('CREATE TABLE other (x INTEGER)')
    const asked: unknown[] = []
    const metadata = model(sa.Column('a', sa.Integer()), sa.Column('c', sa.Integer()))
    const found = await differences(metadata, {
      includeName: (name, type, parents) => {
        asked.push([name, type, parents])
        return name !== 'other'
      },
      includeObject: (_object, name, type, reflected, compareTo) => {
        asked.push([name, type, reflected, compareTo === null])
        return name !== 'b'
      },
    })
    const within = { tableName: 't', schemaName: null, schemaQualifiedTableName: 't' }
    expect(asked).toEqual([
      [null, 'schema', {}],
      ['other', 'table', { schemaName: null, schemaQualifiedTableName: 'other' }],
      ['t', 'table', { schemaName: null, schemaQualifiedTableName: 't' }],
      ['t', 'table', false, false],
      ['a', 'column', within],
      ['b', 'column', within],
      ['c', 'column', false, true],
      ['a', 'column', false, false],
      ['uq', 'unique_constraint', within],
      ['uq', 'unique_constraint', true, true],
      ['b', 'column', true, true],
    ])
    expect(found).toBe(
      "[['add_column', null, 't', Column('c', Integer())], ['remove_constraint', unique('uq')]]",
    )
  })
})

describe('callables', () => {
  beforeEach(async () => {
    await connection.execute("CREATE TABLE t (a VARCHAR(10) DEFAULT 'x')")
  })

  it.each([
    [
      true,
      "[[['modify_type', null, 't', 'a', {existing_nullable: true, existing_server_default: text(''x''), existing_comment: null}, VARCHAR(length=10), String(length=10)]]]",
    ],
    [false, '[]'],
    [null, '[]'],
  ])('compareType says %s', async (answer, expected) => {
    const metadata = model(sa.Column('a', sa.String(10), { serverDefault: 'x' }))
    expect(await differences(metadata, { compareType: () => answer })).toBe(expected)
  })

  it('compareServerDefault gets both texts', async () => {
    const seen: unknown[] = []
    const metadata = model(sa.Column('a', sa.String(10), { serverDefault: 'y' }))
    const compareServerDefault = (...args: readonly unknown[]): boolean => {
      seen.push(args[3], args[5])
      return false
    }
    expect(await differences(metadata, { compareServerDefault })).toBe('[]')
    expect(seen).toEqual(["'x'", 'y'])
    expect(await differences(metadata, { compareServerDefault: true })).toContain('modify_default')
    expect(await differences(metadata)).toBe('[]')
  })
})

describe('plugins', () => {
  it('add comparators, which can stop others, and are switched by name', async () => {
    await connection.execute('CREATE TABLE t (a VARCHAR(10))')
    const metadata = model(sa.Column('a', sa.String(20)))
    const plugin = new Plugin('test.lenient')
    try {
      plugin.addAutogenerateComparator(() => STOP, 'column', {
        subgroup: 'types',
        qualifier: 'sqlite',
        priority: 'first',
      })
      plugin.addAutogenerateComparator((_context, upgradeOps) => {
        upgradeOps.ops.push(new AddColumnOp('t', sa.Column('z', sa.Integer())))
      }, 'autogenerate')
      expect(await differences(metadata)).toContain('modify_type')
      const autogeneratePlugins = ['alembic.autogenerate.*', 'test.*']
      expect(await differences(metadata, { autogeneratePlugins })).toBe(
        "[['add_column', null, 't', Column('z', Integer())]]",
      )
      expect(() => new Plugin('test.lenient')).toThrow(
        'A plugin named test.lenient is already registered',
      )
    } finally {
      plugin.remove()
    }
    const without = ['alembic.autogenerate.*', '~alembic.autogenerate.types']
    expect(await differences(metadata, { autogeneratePlugins: without })).toBe('[]')
    await expect(differences(metadata, { autogeneratePlugins: ['nope'] })).rejects.toThrow(
      'Did not locate plugins: nope',
    )
    await expect(differences(metadata, { autogeneratePlugins: ['a-b'] })).rejects.toThrow(
      "Invalid plugin expression 'a-b'",
    )
  })

  it('are named in the log', async () => {
    await differences(sa.MetaData())
    expect(logged('alembic.runtime.plugins')).toEqual(
      [
        'schemas',
        'tables',
        'types',
        'constraints',
        'defaults',
        'comments',
        'checkconstraint_byname',
      ].map((name) => `setting up autogenerate plugin alembic.autogenerate.${name}`),
    )
  })
})

describe('Rewriter', () => {
  const column = (): AddColumnOp =>
    new AddColumnOp('t', sa.Column('c', sa.Integer(), { nullable: false }))
  const script = (): MigrationScript =>
    new MigrationScript('x', new UpgradeOps([new ModifyTableOps('t', [column()])]), [])

  it('replaces operations, and does not come back to what it made', async () => {
    const first = new Rewriter()
    first.rewrites(AddColumnOp, (_context, _revision, op) => {
      op.column.nullable = true
      return [op, new AddColumnOp('t', sa.Column('d', sa.Integer()))]
    })
    const writer = first.chain(
      (() => {
        const second = new Rewriter()
        second.rewrites(AddColumnOp, (_context, _revision, op) => [
          op,
          new CreateIndexOp(`ix_${op.column.name}`, 't', [op.column.name]),
        ])
        return second
      })(),
    )
    const directives = [script()]
    await writer.process(await context(), [], directives)
    const { code } = await renderCode(directives[0]!.upgradeOps!, {
      migrationContext: await context(),
      depth: 0,
    })
    expect(code.split('\n').slice(1, -1)).toEqual([
      "await op.addColumn('t', sa.Column('c', sa.Integer(), { nullable: true }))",
      "await op.createIndex('ix_c', 't', ['c'])",
      "await op.addColumn('t', sa.Column('d', sa.Integer(), { nullable: true }))",
      "await op.createIndex('ix_d', 't', ['d'])",
    ])
  })

  it('takes operations out, but never a container', async () => {
    const writer = new Rewriter()
    writer.rewrites(AddColumnOp, () => null)
    const directives = [script()]
    await writer.process(await context(), [], directives)
    const [ops] = directives[0]!.upgradeOps!.ops
    expect((ops as ModifyTableOps).ops).toEqual([])
    writer.rewrites(UpgradeOps, () => [])
    await expect(writer.process(await context(), [], [script()])).rejects.toThrow(
      'Can only return single object for UpgradeOps traverse',
    )
  })
})

it('renders tables through renderItem, which may leave columns out', async () => {
  const ops = new UpgradeOps([
    new CreateTableOp('t', [sa.Column('a', sa.Integer()), sa.Column('b', sa.Integer())]),
  ])
  const { code, imports } = await renderCode(ops, {
    migrationContext: await context(),
    depth: 0,
    renderItem: (type, object, { imports: needed }) => {
      if (type === 'type') needed.add("import { int } from '../types.ts'")
      if (type === 'type') return 'int()'
      return type === 'column' && (object as sa.Column).name === 'b' ? null : false
    },
  })
  expect(code).toBe(`// ### commands auto generated by Alembic - please adjust! ###
await op.createTable('t', sa.Column('a', int(), { nullable: true }))
// ### end Alembic commands ###`)
  expect(imports).toEqual([
    "import { int } from '../types.ts'",
    "import { op, sa } from 'alembic-ts'",
  ])
})
