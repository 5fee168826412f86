// npm run demo: the main job on SQLite in a temporary folder, by the built command. Shows each command, what it printed and
// the files that it made, and fails when anything is not as expected. With --node-sqlite it takes Node's own SQLite.
import { spawnSync } from 'node:child_process'
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './tsc.mjs'

const start = performance.now()
const usesNodeSqlite = process.argv.includes('--node-sqlite')
const Database = usesNodeSqlite
  ? process.getBuiltinModule('node:sqlite').DatabaseSync
  : (await import('better-sqlite3')).default
const project = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-ts-demo-')))
try {
  runDemo()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`\nEverything as expected, in ${seconds} s.`)
} catch (error) {
  console.error(`\nNot as expected: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(project, { recursive: true })
}

function runDemo() {
  heading('A new project')
  alembic('init', 'alembic')
  edit(
    'alembic.ini',
    /^sqlalchemy\.url = .*$/m,
    `sqlalchemy.url = sqlite${usesNodeSqlite ? '+node-sqlite' : ''}:///shop.db`,
  )
  edit(
    'alembic/env.ts',
    /^(import .* from 'alembic-ts')$/m,
    "$1\nimport { metadata } from '../models.ts'",
  )
  edit('alembic/env.ts', /^const targetMetadata = null$/m, 'const targetMetadata = metadata')

  heading('The models, and the revision that makes them')
  write('models.ts', models(''))
  show('models.ts')
  const first = generate('customers and orders')
  expectText(show(first.file), [
    `export const revision = '${first.id}'`,
    'export const downRevision = null',
    "await op.createTable(\n    'customers',",
    "sa.ForeignKeyConstraint(['customer_id'], ['customers.id']",
    "await op.dropTable('orders')\n  await op.dropIndex(op.f('ix_customers_email'), 'customers')\n  await op.dropTable('customers')",
  ])
  expectText(alembic('upgrade', 'head').stderr, [
    `Running upgrade  -> ${first.id}, customers and orders`,
  ])
  expectTables({ customers: ['id', 'email'], orders: ['id', 'customer_id', 'total'] })

  heading('The models change, and a second revision follows')
  write('models.ts', models("  sa.Column('note', sa.Text()),\n"))
  expectText(alembicFails('check').stdout, ['FAILED: New upgrade operations detected'])
  const second = generate('note')
  expectText(show(second.file), [
    `export const downRevision = '${first.id}'`,
    "await op.addColumn('orders', sa.Column('note', sa.Text(), { nullable: true }))",
    "await op.dropColumn('orders', 'note')",
  ])
  expectText(alembic('upgrade', 'head').stderr, [
    `Running upgrade ${first.id} -> ${second.id}, note`,
  ])
  const complete = { customers: ['id', 'email'], orders: ['id', 'customer_id', 'total', 'note'] }
  expectTables(complete)
  expectText(alembic('check').stdout, ['No new upgrade operations detected.\n'])

  heading('Where the database is, and the way back')
  expectSame(alembic('current').stdout, `${second.id} (head)\n`)
  expectSame(
    alembic('history').stdout,
    `${first.id} -> ${second.id} (head), note\n<base> -> ${first.id}, customers and orders\n`,
  )
  expectText(alembic('downgrade', '-1').stderr, [
    `Running downgrade ${second.id} -> ${first.id}, note`,
  ])
  expectTables({ ...complete, orders: ['id', 'customer_id', 'total'] })
  expectSame(alembic('current').stdout, `${first.id}\n`)

  heading('The same as SQL')
  expectText(alembic('upgrade', 'head', '--sql').stdout, [
    'CREATE TABLE alembic_version (',
    `-- Running upgrade  -> ${first.id}`,
    'CREATE TABLE customers (',
    'ALTER TABLE orders ADD COLUMN note TEXT;',
    `UPDATE alembic_version SET version_num='${second.id}' WHERE alembic_version.version_num = '${first.id}';`,
  ])
}

function models(more) {
  return `import { sa } from 'alembic-ts'

export const metadata = sa.MetaData()

export const customers = sa.Table(
  'customers',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('email', sa.String(320), { nullable: false, unique: true, index: true }),
)

export const orders = sa.Table(
  'orders',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('customer_id', sa.Integer(), sa.ForeignKey('customers.id'), { nullable: false }),
  sa.Column('total', sa.Numeric(10, 2), { nullable: false, serverDefault: '0' }),
${more})
`
}

/** Runs `alembic revision --autogenerate` and returns the file that it made. */
function generate(message) {
  const { stdout } = alembic('revision', '--autogenerate', '-m', message)
  const slug = message.replaceAll(' ', '_')
  const versions = readdirSync(join(project, 'alembic/versions'))
  const file = versions.find((name) => name.endsWith(`_${slug}.ts`))
  const id = /^([0-9a-f]{12})_/.exec(file ?? '')?.[1]
  if (id === undefined)
    throw new Error(`no revision file *_${slug}.ts among ${versions.join(', ')}`)
  expectText(stdout, [`Generating ${join(project, 'alembic/versions', file)} ...  done`])
  return { id, file: `alembic/versions/${file}` }
}

function alembic(...args) {
  const done = runAlembic(args)
  if (done.status !== 0) throw new Error(`alembic ${args.join(' ')} ended with ${done.status}`)
  return done
}

/** Runs a command that is to fail as an expected error does. */
function alembicFails(...args) {
  const done = runAlembic(args)
  if (done.status !== 255) throw new Error(`alembic ${args.join(' ')} ended with ${done.status}`)
  return done
}

function runAlembic(args) {
  console.log(`\n$ alembic ${args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)).join(' ')}`)
  const bin = join(root, 'dist/cli/bin.js')
  const options = { cwd: project, encoding: 'utf8' }
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [bin, ...args], options)
  if (error) throw error
  process.stdout.write(`${stderr}${stdout}`.replaceAll(project, '.').replace(/^(?=.)/gm, '  '))
  return { status, stdout, stderr }
}

function heading(text) {
  console.log(`\n== ${text}`)
}

function show(file) {
  const text = readFileSync(join(project, file), 'utf8')
  console.log(`\n${file}\n${text.trimEnd().replace(/^/gm, '  | ')}`)
  return text
}

function write(file, text) {
  writeFileSync(join(project, file), text)
}

function edit(file, pattern, replacement) {
  const text = readFileSync(join(project, file), 'utf8')
  if (!pattern.test(text)) throw new Error(`${file} has no line ${pattern}`)
  write(file, text.replace(pattern, replacement))
  console.log(`  (${file}: ${replacement.replace('$1\n', '')})`)
}

function expectText(text, parts) {
  for (const part of parts)
    if (!text.includes(part)) throw new Error(`expected to read\n${part}\nin\n${text}`)
}

function expectSame(text, expected) {
  if (text !== expected) throw new Error(`expected\n${expected}\nand got\n${text}`)
}

/** The tables with their columns, and nothing else but the version table. */
function expectTables(expected) {
  const database = new Database(join(project, 'shop.db'))
  const columns = database.prepare(
    `SELECT m.name, c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name <> 'alembic_version' ORDER BY m.name, c.cid`,
  )
  const found = {}
  for (const { name, column } of columns.all()) (found[name] ??= []).push(column)
  database.close()
  expectSame(JSON.stringify(found), JSON.stringify(expected))
}
