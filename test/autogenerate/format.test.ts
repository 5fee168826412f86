// What is written is what oxfmt and prettier leave, with the options of this package's style.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { format } from 'prettier'
import { expect, it, onTestFinished, vi } from 'vitest'
import '../../src/index.ts'
import { noteDestructive } from '../../src/autogenerate/destructive.ts'
import { renderCode } from '../../src/autogenerate/render-code.ts'
import { downgrade } from '../../src/command/downgrade.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import {
  AddColumnOp,
  AlterColumnOp,
  CreateCheckConstraintOp,
  CreateForeignKeyOp,
  CreateIndexOp,
  CreateTableCommentOp,
  CreateTableOp,
  CreateUniqueConstraintOp,
  DropColumnOp,
  DropTableOp,
  ExecuteSQLOp,
  UpgradeOps,
  type MigrateOperation,
} from '../../src/operations/index.ts'
import { ModifyTableOps } from '../../src/operations/containers.ts'
import * as sa from '../../src/sa.ts'
import { AutogenProject } from './environment.ts'

vi.setConfig({ testTimeout: 120_000 })

const root = join(import.meta.dirname, '../..')
const STYLE = { printWidth: 100, singleQuote: true, semi: false, trailingComma: 'all' } as const
const FILES = 150

const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z_]{1,12}$/) },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z_]{30,60}$/) },
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.constantFrom(
          ...[
            "it's",
            '"q"',
            '`b`',
            '${x}',
            '\\',
            '\n',
            '\r\n',
            '\t',
            'ü',
            '漢字',
            '😀',
            '\u2028',
            '*/',
            '//',
            '{{',
            'é',
            'e\u0301',
            '\u200B',
            '\0',
            "''",
            '<%= x %>',
            ' ',
          ],
          ...['a longer text of some words', 'lower(name)', 'x'],
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  },
)

const type = fc.oneof(
  fc.constantFrom(sa.Integer(), sa.Text(), sa.DateTime({ timezone: true }), sa.Uuid()),
  fc.integer({ min: 1, max: 4000 }).map((length) => sa.String(length)),
  fc
    .tuple(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 0, max: 5 }))
    .map(([p, s]) => sa.Numeric(p, s)),
  fc
    .tuple(fc.uniqueArray(hostile, { minLength: 1, maxLength: 12 }), hostile)
    .map(([values, name]) => sa.Enum(...values, { name })),
)

const column = fc
  .record({
    type,
    nullable: fc.boolean(),
    comment: fc.option(hostile),
    serverDefault: fc.option(
      fc.oneof(
        hostile,
        hostile.map((text) => sa.text(text)),
      ),
    ),
  })
  .map((options) => options)

const table = fc
  .record({
    name: hostile,
    schema: fc.option(hostile),
    comment: fc.option(hostile),
    columns: fc.uniqueArray(fc.tuple(hostile, column), {
      minLength: 1,
      maxLength: 6,
      selector: ([name]) => name,
    }),
    names: fc.array(hostile, { minLength: 4, maxLength: 4 }),
    condition: hostile,
    many: fc.boolean(),
  })
  .map(({ name, schema, comment, columns, names, condition, many }) => {
    const metadata = sa.MetaData()
    const [unique = '', check = '', index = '', key = ''] = names
    const first = columns[0]?.[0] ?? 'a'
    const all = columns.map(([own]) => own)
    return {
      names: { index, key, unique, check },
      condition,
      first,
      all: many ? all : [first],
      table: sa.Table(
        name,
        metadata,
        ...columns.map(([own, { type: ownType, ...options }]) =>
          sa.Column(own, ownType, options as never),
        ),
        sa.PrimaryKeyConstraint(first, { name: key }),
        sa.UniqueConstraint(...(many ? all : [first]), { name: unique }),
        sa.CheckConstraint(condition, { name: check }),
        { schema, comment },
      ),
    }
  })

const operations: fc.Arbitrary<MigrateOperation<unknown>[]> = table.map(
  ({ table: made, names, condition, first, all }) => {
    const { name, schema } = made
    const found = made.columns[0]
    if (found === undefined) return []
    return [
      CreateTableOp.fromTable(made),
      new DropTableOp(name, { schema }, CreateTableOp.fromTable(made)),
      new CreateIndexOp(names.index, name, [...all, sa.text(condition)], { schema, unique: true }),
      new CreateUniqueConstraintOp(names.unique, name, all, { schema }),
      new CreateForeignKeyOp(names.key, name, names.index, all, all, { ondelete: 'SET NULL' }),
      new CreateCheckConstraintOp(names.check, name, condition, { schema }),
      new ExecuteSQLOp(condition),
      new CreateTableCommentOp(name, condition, { existingComment: names.check, schema }),
      new ModifyTableOps(
        name,
        [
          new AddColumnOp(name, found.copy(), { schema }),
          new AlterColumnOp(name, first, {
            schema,
            existingType: sa.String(10),
            modifyType: sa.String(5),
            modifyComment: condition,
            modifyServerDefault: sa.text(condition) as never,
          }),
          new DropColumnOp(name, first, { schema }),
        ],
        { schema },
      ),
    ]
  },
)

it.each(['postgresql', 'mysql', 'sqlite'])('hostile names and texts: %s', async (dialectName) => {
  const dialect = (await loadDialect(dialectName)).createDialect()
  const folder = mkdtempSync(join(tmpdir(), 'alembic-format-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, '.oxfmtrc.json'), JSON.stringify(STYLE))
  const sources: string[] = []
  for (const [at, list] of fc.sample(operations, FILES).entries()) {
    const ops = new UpgradeOps(list)
    noteDestructive(ops, dialectName)
    const { code, imports } = await renderCode(ops, { dialect, renderAsBatch: at % 3 === 0 })
    sources.push(
      `${imports.join('\n')}\n\nexport async function upgrade(): Promise<void> {\n${code}\n}\n`,
    )
  }
  for (const [at, source] of sources.entries()) writeFileSync(join(folder, `${at}.ts`), source)
  execFileSync(join(root, 'node_modules/.bin/oxfmt'), [folder], { cwd: folder, stdio: 'pipe' })
  for (const [at, source] of sources.entries()) {
    expect(readFileSync(join(folder, `${at}.ts`), 'utf8'), 'oxfmt').toBe(source)
    // Of characters without a width the two formatters think differently.
    if (source.includes('\u200B')) continue
    expect(await format(source, { ...STYLE, parser: 'typescript' }), 'prettier').toBe(source)
  }
})

it('a whole file, whose message, names and remarks try to end what they stand in', async () => {
  const project = new AutogenProject()
  onTestFinished(() => project.dispose())
  const url = `sqlite:///${project.project.folder}/app.db`
  const name = 'a\nawait op.execute("SELECT nonsense")\u2028await nothing() */'
  const connection = await sa.createEngine(url).connect()
  await connection.execute(`CREATE TABLE ${connection.dialect.preparer.quote(name)} (x NONSENSE)`)
  await connection.close()
  project.write({
    url,
    models: `const targetMetadata = sa.MetaData()
sa.Table(${JSON.stringify(`${name}b`)}, targetMetadata, sa.Column('x', sa.Integer(), { comment: '*/ \${x} \`' }))`,
  })
  await project.generate('aaa1', {
    message: '*/ await nothing() ${x} `\n */ import "fs" // <%= 1 %>',
  })
  const source = project.source('aaa1')
  const path = join(project.project.folder, 'alembic/versions', project.files()[0] ?? '')
  // As in Alembic there is a blank behind the `Revises:` of a first revision, which formatters take away.
  const withoutBlank = source.replace('Revises: \n', 'Revises:\n')
  expect(await format(source, { ...STYLE, parser: 'typescript' })).toBe(withoutBlank)
  writeFileSync(join(project.project.folder, '.oxfmtrc.json'), JSON.stringify(STYLE))
  execFileSync(join(root, 'node_modules/.bin/oxfmt'), [path], { cwd: project.project.folder })
  expect(readFileSync(path, 'utf8')).toBe(withoutBlank)
  await upgrade(project.project.config, 'head')
  await downgrade(project.project.config, 'base')
  expect(source.split('\n').filter((line) => line.startsWith('import'))).toEqual([
    "import { op, sa } from 'alembic-ts'",
  ])
})
