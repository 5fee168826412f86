import { beforeAll, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import * as add from '../../src/operations/add-column.ts'
import { AlterColumnOp } from '../../src/operations/alter-column.ts'
import { ModifyTableOps } from '../../src/operations/containers.ts'
import { CreateExcludeConstraintOp } from '../../src/operations/create-exclude-constraint.ts'
import { CreateIndexOp, DropIndexOp } from '../../src/operations/create-index.ts'
import { CreateTableOp } from '../../src/operations/create-table.ts'
import { ExecuteSQLOp } from '../../src/operations/execute.ts'
import type { MigrateOperation } from '../../src/operations/migrate-operation.ts'
import { rendererFor, renderOperation } from '../../src/operations/render-operation.ts'
import { RenameTableOp } from '../../src/operations/rename-table.ts'
import { CreateTableCommentOp } from '../../src/operations/table-comment.ts'
import { loadRendering } from '../../src/render/dialect-rendering.ts'
import { flatten } from '../../src/render/layout.ts'
import { stringLiteral } from '../../src/render/literal.ts'
import type { RenderContext, RenderOptions } from '../../src/render/render-context.ts'
import { SourceWriter } from '../../src/render/source-writer.ts'
import { renderType } from '../../src/render/type.ts'
import * as sa from '../../src/sa.ts'

const contexts = new Map<string, RenderContext>()

beforeAll(async () => {
  for (const name of ['postgresql', 'mysql', 'sqlite']) {
    const { createDialect } = await loadDialect(name)
    const rendering = await loadRendering(name)
    contexts.set(name, { opts: {}, dialect: createDialect(), rendering, imports: new Set() })
  }
})

function writer(opts: RenderOptions = {}, dialect = 'postgresql'): SourceWriter {
  return new SourceWriter({ ...contexts.get(dialect)!, opts, imports: new Set() })
}

function rendered(
  operation: MigrateOperation<unknown>,
  opts: RenderOptions = {},
  dialect = 'postgresql',
): string {
  const source = writer(opts, dialect)
  renderOperation(operation, source)
  return source.toSource(0)
}

it.each([
  ['plain', "'plain'"],
  ["it's", '"it\'s"'],
  [`it's "so"`, `'it\\'s "so"'`],
  ['a\nb\\c', "'a\\nb\\\\c'"],
  ['\u0007\u2028', "'\\u0007\\u2028'"],
])('the string %j', (text, expected) => {
  expect(stringLiteral(text)).toBe(expected)
})

it.each<[sa.TypeEngine, string]>([
  [sa.Integer(), 'sa.Integer()'],
  [sa.String(50), 'sa.String(50)'],
  [sa.String(50, { collation: 'C' }), "sa.String(50, { collation: 'C' })"],
  [sa.Numeric(10, 2), 'sa.Numeric(10, 2)'],
  [sa.Numeric({ scale: 2 }), 'sa.Numeric({ scale: 2 })'],
  [sa.DateTime({ timezone: true }), 'sa.DateTime({ timezone: true })'],
  [sa.Enum('a', "b's", { name: 'ab' }), `sa.Enum('a', "b's", { name: 'ab' })`],
  [sa.postgresql.JSONB(), 'sa.postgresql.JSONB()'],
  [sa.postgresql.ARRAY(sa.String(5)), 'sa.postgresql.ARRAY(sa.String(5))'],
  [sa.mysql.INTEGER({ unsigned: true }), 'sa.mysql.INTEGER({ unsigned: true })'],
  [
    sa.Text().withVariant(sa.mysql.LONGTEXT(), 'mysql', 'mariadb'),
    "sa.Text().withVariant(sa.mysql.LONGTEXT(), 'mariadb', 'mysql')",
  ],
])('the type %s', (type, expected) => {
  expect(flatten(renderType(type, writer()))).toBe(expected)
})

class Email extends sa.TypeDecorator<string> {
  readonly typeName = 'Email'
  readonly impl = sa.String(320)
}

it("a type of the user's own needs to be told where it comes from", () => {
  expect(flatten(renderType(new Email(), writer({ userModulePrefix: 'models.' })))).toBe(
    'new models.Email()',
  )
  const renderItem = (kind: string) => (kind === 'type' ? 'email()' : false)
  expect(flatten(renderType(new Email(), writer({ renderItem })))).toBe('email()')
  expect(() => renderType(new Email(), writer())).toThrow(/userModulePrefix/)
})

it.each<[string, MigrateOperation<unknown>, string]>([
  [
    'adds a column with all it brings',
    new add.AddColumnOp(
      't',
      sa.Column('c', sa.Integer(), sa.ForeignKey('o.id', { ondelete: 'CASCADE' }), {
        nullable: false,
        comment: 'why',
        index: true,
      }),
      { schema: 's' },
    ),
    `await op.addColumn(
  't',
  sa.Column('c', sa.Integer(), sa.ForeignKey('o.id', { ondelete: 'CASCADE' }), {
    nullable: false,
    index: true,
    comment: 'why',
  }),
  { schema: 's' },
)`,
  ],
  [
    'drops a column',
    new add.DropColumnOp('t', 'c', { ifExists: true }),
    "await op.dropColumn('t', 'c', { ifExists: true })",
  ],
  [
    'alters a column',
    new AlterColumnOp('t', 'c', {
      existingType: sa.String(5),
      existingNullable: true,
      modifyServerDefault: null,
      modifyName: 'd',
      modifyAutoincrement: true,
    }),
    `await op.alterColumn('t', 'c', {
  existingType: sa.String(5),
  serverDefault: null,
  newColumnName: 'd',
  existingNullable: true,
})`,
  ],
  [
    'makes an index on expressions',
    new CreateIndexOp(
      'ix',
      't',
      ['a', sa.func.lower(sa.column('b')), sa.desc('c'), sa.binary(sa.column('d'), '+', 1)],
      { unique: true, postgresql: { where: sa.text('a > 1'), using: 'btree' } },
    ),
    `await op.createIndex(
  'ix',
  't',
  ['a', sa.literalColumn('lower(b)'), sa.desc('c'), sa.literalColumn('(d + 1)')],
  { unique: true, postgresql: { where: sa.text('a > 1'), using: 'btree' } },
)`,
  ],
  [
    'drops an index with the options that count',
    new DropIndexOp('ix', {
      tableName: 't',
      postgresql: { concurrently: true, where: 'a > 1' },
    }),
    "await op.dropIndex('ix', 't', { postgresql: { concurrently: true } })",
  ],
  [
    'makes an exclude constraint',
    new CreateExcludeConstraintOp('ex', 't', [['period', '&&']], { where: 'a > 1' }),
    "await op.createExcludeConstraint('ex', 't', ['period', '&&'], { using: 'gist', where: 'a > 1' })",
  ],
  [
    'keeps colons that are no placeholders',
    new CreateTableOp('t', [
      sa.Column('c', sa.Text(), { serverDefault: sa.text("'a \\:b'") }),
      sa.CheckConstraint("c != '\\:x'", { name: 'ck' }),
    ]),
    `await op.createTable(
  't',
  sa.Column('c', sa.Text(), { serverDefault: sa.text("'a \\\\:b'"), nullable: true }),
  sa.CheckConstraint("c != '\\\\:x'", { name: 'ck' }),
)`,
  ],
  [
    'makes a table with everything',
    new CreateTableOp(
      't',
      [
        sa.Column('id', sa.BigInteger(), sa.Identity({ start: 5 }), { primaryKey: true }),
        sa.Column('twice', sa.Integer(), sa.Computed('id * 2', { persisted: true })),
        sa.postgresql.ExcludeConstraint(['id', '='], { name: 'ex' }),
      ],
      { schema: 's', comment: "it's", prefixes: ['TEMPORARY'], ifNotExists: true },
    ),
    `await op.createTable(
  't',
  sa.Column('id', sa.BigInteger(), sa.Identity({ start: 5 }), { nullable: false }),
  sa.Column('twice', sa.Integer(), sa.Computed('id * 2', { persisted: true }), { nullable: true }),
  sa.PrimaryKeyConstraint('id'),
  sa.postgresql.ExcludeConstraint(['id', '='], { name: 'ex', using: 'gist' }),
  { schema: 's', comment: "it's", prefixes: ['TEMPORARY'], ifNotExists: true },
)`,
  ],
  ['renames a table', new RenameTableOp('a', 'b'), "await op.renameTable('a', 'b')"],
  [
    'comments on a table',
    new CreateTableCommentOp('t', 'new', { existingComment: 'old' }),
    "await op.createTableComment('t', 'new', { existingComment: 'old' })",
  ],
  ['runs SQL', new ExecuteSQLOp('SELECT 1'), "await op.execute('SELECT 1')"],
])('%s', (_title, operation, expected) => {
  expect(rendered(operation)).toBe(expected)
})

it('repeats that a column numbers itself where altering would undo it', () => {
  const op = new AlterColumnOp('t', 'c', { modifyType: sa.BigInteger(), modifyAutoincrement: true })
  expect(rendered(op, {}, 'mysql')).toBe(
    "await op.alterColumn('t', 'c', { type: sa.BigInteger(), autoincrement: true })",
  )
})

it('writes changes of a table as a batch, without its name and schema', () => {
  const ops = new ModifyTableOps('t', [new add.DropColumnOp('t', 'c', { schema: 's' })], {
    schema: 's',
  })
  expect(rendered(ops, { renderAsBatch: true })).toBe(
    "await op.batchAlterTable('t', { schema: 's' }, async (batchOp) => {\n  await batchOp.dropColumn('c')\n})",
  )
  expect(rendered(ops)).toBe("await op.dropColumn('t', 'c', { schema: 's' })")
  expect(rendered(ops, {}, 'sqlite')).toContain('batchAlterTable')
  expect(rendered(ops, { renderAsBatch: false }, 'sqlite')).not.toContain('batchAlterTable')
  const adding = new ModifyTableOps('t', [
    new add.AddColumnOp('t', sa.Column('c', sa.Integer())),
    new CreateIndexOp('ix', 't', ['c']),
  ])
  expect(rendered(adding, {}, 'sqlite')).not.toContain('batchAlterTable')
  expect(rendered(new ModifyTableOps('t', []), { renderAsBatch: true })).toBe('')
})

it('imports what is used, and what hooks ask for', () => {
  const source = writer()
  renderOperation(new ExecuteSQLOp('SELECT 1'), source)
  expect(source.importStatements()).toEqual(["import { op } from 'alembic-ts'"])
  source.context.imports.add("import { email } from '../types.ts'")
  renderOperation(new add.AddColumnOp('t', sa.Column('c', sa.Integer())), source)
  expect(source.importStatements()).toEqual([
    "import { email } from '../types.ts'",
    "import { op, sa } from 'alembic-ts'",
  ])
})

it('other prefixes are taken as they are, and not imported', () => {
  const source = writer({ alembicModulePrefix: 'm.', sqlalchemyModulePrefix: null })
  renderOperation(new add.AddColumnOp('t', sa.Column('c', sa.Integer())), source)
  expect(source.toSource(0)).toBe(
    "await m.addColumn('t', Column('c', Integer(), { nullable: true }))",
  )
  expect(source.importStatements()).toEqual([])
})

it('a renderer takes the place of an operation’s own', () => {
  class Grant extends ExecuteSQLOp {
    readonly role = 'x'
  }
  rendererFor(Grant, (op) => ['// as asked', `await grant(${stringLiteral(op.role)})`])
  expect(rendered(new Grant('GRANT …'))).toBe("// as asked\nawait grant('x')")
})
