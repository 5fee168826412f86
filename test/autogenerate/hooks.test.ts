// Every hook as a user gives it: in the env file, through the command, on SQLite.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { check } from '../../src/command/check.ts'
import { downgrade } from '../../src/command/downgrade.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { AutogenProject } from './environment.ts'

let project: AutogenProject
let url: string

const KEY = "sa.Column('id', sa.Integer(), { primaryKey: true })"
const MODELS = `const targetMetadata = sa.MetaData()
sa.Table('t', targetMetadata, ${KEY}, sa.Column('a', sa.String(20), { serverDefault: 'y' }), sa.Column('b', sa.Integer()), sa.Index('ix_b', 'b'))`

const execute = async (...statements: readonly string[]): Promise<void> => {
  const connection = await createEngine(url).connect()
  for (const sql of statements) await connection.execute(sql)
  await connection.close()
}

const write = (options: string, models = MODELS): void => {
  project.write({ url, models, options })
}

/** The statements of `upgrade()`. */
const upgradeOf = async (revId = 'aaa1'): Promise<string> => {
  await project.generate(revId)
  const [, body = ''] =
    /upgrade\(\): Promise<void> \{\n([^]*?)\n\}\n/.exec(project.source(revId)) ?? []
  return body
    .split('\n')
    .filter((line) => !line.trim().startsWith('//'))
    .join('\n')
}

beforeEach(() => {
  project = new AutogenProject()
  url = `sqlite:///${project.project.folder}/app.db`
})

afterEach(() => project.dispose())

describe('filters', () => {
  it('includeName keeps names of the database from being looked at', async () => {
    await execute('CREATE TABLE legacy_log (id INTEGER)', 'CREATE TABLE dropped (id INTEGER)')
    write("includeName: (name, type) => type !== 'table' || !name.startsWith('legacy_')")
    const body = await upgradeOf()
    expect(body).toContain("op.dropTable('dropped')")
    expect(body).not.toContain('legacy_log')
  })

  it('includeName is told where a name is, in all schemas with includeSchemas', async () => {
    project.write({
      url,
      models: `${MODELS}\nglobalThis.asked = []`,
      onConnect: `await connection.execute("ATTACH DATABASE ':memory:' AS other")
await connection.execute('CREATE TABLE other.o (id INTEGER)')`,
      options: `includeSchemas: true, includeName: (name, type, parents) => {
        globalThis.asked.push([name, type, parents])
        return true
      }`,
    })
    expect(await upgradeOf()).toContain("await op.dropTable('o', { schema: 'other' })")
    const { asked } = globalThis as unknown as { readonly asked: readonly unknown[] }
    expect(asked).toContainEqual([null, 'schema', {}])
    expect(asked).toContainEqual(['other', 'schema', {}])
    expect(asked).toContainEqual([
      'o',
      'table',
      { schemaName: 'other', schemaQualifiedTableName: 'other.o' },
    ])
  })

  it('includeObject is told which side an object is of, and its counterpart', async () => {
    await execute(
      'CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, gone INTEGER)',
      'CREATE TABLE old (id INTEGER)',
    )
    write(`includeObject: (object, name, type, reflected, compareTo) => {
      if (type === 'table' && reflected && compareTo === null) return false
      if (type === 'column' && reflected) return false
      if (type === 'column' && compareTo !== null) return object.name === compareTo.name
      return type !== 'index'
    }`)
    const body = await upgradeOf()
    expect(body.match(/op\.\w+\([^)]*?'\w+'/g)).toEqual(["op.addColumn('t'", "op.addColumn('t'"])
  })
})

describe('comparisons', () => {
  beforeEach(() =>
    execute(
      "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(10) DEFAULT 'x', b INTEGER)",
      'CREATE INDEX ix_b ON t (b)',
    ),
  )

  it('compareType and compareServerDefault decide, or leave it to the dialect', async () => {
    write('renderAsBatch: true, compareServerDefault: true')
    await expect(check(project.project.config)).rejects.toThrow(/modify_type.*modify_default/)
    write(`compareType: (_context, inspected, model) => inspected.name === 'a' ? false : undefined,
      compareServerDefault: (_context, _inspected, _model, there, wanted, rendered) => there === "'x'" && rendered === 'y' ? false : undefined`)
    expect(await check(project.project.config)).toEqual({ differences: [] })
    write("compareType: (_context, _inspected, model) => model.name === 'b' ? true : undefined")
    await expect(check(project.project.config)).rejects.toThrow(/'t', 'a'.*'t', 'b'/)
  })

  it("a type of one's own knows what it is in the database", async () => {
    const models = `class Money extends sa.TypeDecorator {
  typeName = 'Money'
  impl = sa.Numeric(12, 2)
  compareAgainstBackend(dialectName, reflected) {
    if (dialectName !== 'sqlite') return undefined
    return reflected.toString().startsWith('VARCHAR') ? true : reflected.toString() === 'INTEGER()' ? false : undefined
  }
}
const targetMetadata = sa.MetaData()
sa.Table('t', targetMetadata, ${KEY}, sa.Column('a', new Money()), sa.Column('b', new Money()), sa.Index('ix_b', 'b'))`
    write("renderAsBatch: true, userModulePrefix: 'models.'", models)
    const body = await upgradeOf()
    expect(body).toContain("alterColumn('b'")
    expect(body).toContain('type: new models.Money(),')
    expect(body).not.toContain("'a'")
  })
})

describe('writing', () => {
  it('renderItem writes types, defaults and columns, leaves out, and leaves to others', async () => {
    write(`renderItem: (kind, object, { imports }) => {
      if (kind === 'type' && object.typeName === 'Integer') {
        imports.add("import { int } from '../../types.ts'")
        return 'int()'
      }
      if (kind === 'server_default') return "sa.text('hooked')"
      if (kind === 'column' && object.name === 'b') return null
      return false
    }`)
    await project.generate('aaa1')
    const source = project.source('aaa1')
    expect(source).toContain(
      "import { int } from '../../types.ts'\nimport { op, sa } from 'alembic-ts'\n",
    )
    expect(source).toContain("sa.Column('id', int(), { nullable: false })")
    expect(source).toContain("serverDefault: sa.text('hooked')")
    expect(source).not.toContain("sa.Column('b'")
  })

  it('module prefixes stand before names, or nothing does', async () => {
    write("sqlalchemyModulePrefix: 'toolkit.', alembicModulePrefix: 'm.'")
    expect(await upgradeOf()).toContain(
      "await m.createTable(\n    't',\n    toolkit.Column('id', toolkit.Integer()",
    )
    project.forget()
    write('sqlalchemyModulePrefix: null, alembicModulePrefix: null')
    expect(await upgradeOf('bbb2')).toContain(
      "await createTable(\n    't',\n    Column('id', Integer()",
    )
  })

  it("types of one's own need a prefix, or renderItem", async () => {
    const models = `class Email extends sa.TypeDecorator { typeName = 'Email'; impl = sa.String(320) }
const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${KEY}, sa.Column('e', new Email()))`
    write('', models)
    await expect(project.generate('aaa1')).rejects.toThrow(
      'It is not known from where a migration imports the type Email: set userModulePrefix in context.configure() and import that in the template, or render the type with renderItem',
    )
    expect(project.files()).toEqual([])
    write("userModulePrefix: 'types.'", models)
    expect(await upgradeOf('bbb2')).toContain("sa.Column('e', new types.Email()")
  })

  it('renderAsBatch', async () => {
    await execute('CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY)')
    write('renderAsBatch: true')
    expect(await upgradeOf()).toContain("op.batchAlterTable('t', async (batchOp) => {")
    await upgrade(project.project.config, 'head')
    expect(await check(project.project.config)).toEqual({ differences: [] })
    await downgrade(project.project.config, 'base')
  })
})

describe('directives', () => {
  it('processRevisionDirectives may wait, and write several files', async () => {
    write(`processRevisionDirectives: async (_context, _revision, directives) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      const { MigrationScript, UpgradeOps, DowngradeOps, ExecuteSQLOp } = await import('alembic-ts/operations')
      directives.push(new MigrationScript('bbb2', new UpgradeOps([new ExecuteSQLOp('SELECT 2')]), new DowngradeOps([]), { message: 'second', head: 'aaa1' }))
    }`)
    await project.generate('aaa1')
    expect(project.files()).toEqual(['aaa1_x.ts', 'bbb2_second.ts'])
    expect(project.source('bbb2')).toContain("export const downRevision = 'aaa1'")
    await upgrade(project.project.config, 'head')
  })

  it('a chain of Rewriters, with a function at its end', async () => {
    project.write({
      url,
      models: `import { Rewriter } from 'alembic-ts/autogenerate'
import { AddColumnOp, CreateTableOp, CreateIndexOp, ExecuteSQLOp } from 'alembic-ts/operations'
${MODELS}
const first = new Rewriter()
first.rewrites(CreateTableOp, (_context, _revision, op) => [op, new ExecuteSQLOp('SELECT 1')])
first.rewrites(CreateIndexOp, () => null)
const second = new Rewriter()
second.rewrites(ExecuteSQLOp, (_context, _revision, op) => new ExecuteSQLOp(op.sqltext + ' + 1'))
const writer = first.chain(second).chain((_context, _revision, [script]) => { script.message = 'chained' })`,
      options: 'processRevisionDirectives: writer.process',
    })
    await project.generate('aaa1')
    expect(project.files()).toEqual(['aaa1_chained.ts'])
    expect(project.source('aaa1')).toContain("await op.execute('SELECT 1 + 1')")
    expect(project.source('aaa1')).not.toContain('createIndex')
  })

  it('onRename may wait', async () => {
    await execute('CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, c INTEGER)')
    write(
      "onRename: async ({ from, candidates }) => { await Promise.resolve(); return from === 'c' ? 'b' : false }",
      `const targetMetadata = sa.MetaData()\nsa.Table('t', targetMetadata, ${KEY}, sa.Column('b', sa.Integer()))`,
    )
    expect(await upgradeOf()).toContain("newColumnName: 'b'")
  })
})

describe('a hook that can not wait', () => {
  it.each([
    ['includeName', 'includeName: async () => true'],
    ['includeObject', 'includeObject: async () => false'],
    ['compareType', 'compareType: async () => false'],
    ['compareServerDefault', 'compareServerDefault: async () => false'],
    ['renderItem', 'renderItem: async () => { throw new Error("never seen") }'],
  ])('%s', async (name, options) => {
    await execute("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(10) DEFAULT 'x')")
    write(options)
    await expect(project.generate('aaa1')).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: `${name} gave a promise, and must answer at once: find out what it needs before context.configure()`,
    })
    expect(project.files()).toEqual([])
  })
})

describe('plugins', () => {
  it('of a module, with comparators that wait and a renderer', async () => {
    project.project.write(
      'comments.ts',
      `import type { Plugin } from 'alembic-ts/autogenerate'
import { MigrateOperation, rendererFor } from 'alembic-ts/operations'
export class NoteOp extends MigrateOperation {
  readonly text: string
  constructor(text: string) { super(); this.text = text }
  override async run() {}
  override reverse() { return new NoteOp('not ' + this.text) }
}
rendererFor(NoteOp, ({ text }) => \`// note: \${text}\`)
export function setup(plugin: Plugin): void {
  plugin.addAutogenerateComparator(async ({ inspector }, { ops }) => {
    const names = await inspector.getTableNames()
    ops.push(new NoteOp(names.join()))
  }, 'autogenerate', { priority: 'last' })
}
`,
    )
    project.write({
      url,
      models: `import { Plugin } from 'alembic-ts/autogenerate'\nimport * as comments from '../comments.ts'\n${MODELS}
const plugin = Plugin.setupPluginFromModule(comments, 'test.hooks')`,
      options:
        "autogeneratePlugins: ['alembic.autogenerate.*', '~alembic.autogenerate.defaults', 'test.*']",
    })
    await execute('CREATE TABLE seen (id INTEGER)')
    await project.generate('aaa1')
    expect(project.source('aaa1')).toMatch(
      /\/\/ note: (?:alembic_version,)?seen\n[^]*\/\/ note: not (?:alembic_version,)?seen\n/,
    )
    const { Plugin } = await import('../../src/autogenerate/plugin.ts')
    expect(() => new Plugin('test.hooks')).toThrow('already registered')
  })
})

it('several MetaData in a list, whose tables refer to each other', async () => {
  write(
    '',
    `const [one, two] = [sa.MetaData(), sa.MetaData()]
sa.Table('a', one, ${KEY})
sa.Table('b', two, ${KEY}, sa.Column('a', sa.Integer()))
const targetMetadata = [one, two]`,
  )
  expect((await upgradeOf()).match(/createTable\(\s*'\w+'/g)).toHaveLength(2)
  await upgrade(project.project.config, 'head')
  expect(await check(project.project.config, { verify: true })).toMatchObject({
    differences: [],
    verification: { status: 'verified' },
  })
})
