// npm run pack:check: what users get. Packs the tarball, lets publint and attw judge it, installs it in an empty project and
// migrates an SQLite database there: init, revision --autogenerate, upgrade, current, downgrade.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './tsc.mjs'

const project = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-ts-pack-')))
function checkPackage() {
  run('build', 'node', ['scripts/build.mjs'], root)
  const packed = run(
    'npm pack',
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', project],
    root,
  )
  const [{ filename, size, entryCount }] = JSON.parse(packed.stdout)
  const tarball = join(project, filename)
  console.log(`   ${filename}: ${entryCount} files, ${Math.round(size / 1024)} kB`)
  run('publint', 'npx', ['--no-install', 'publint', 'run', tarball, '--strict'], root)
  run('attw', 'npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only'], root)

  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  write('package.json', JSON.stringify({ name: 'empty', private: true, type: 'module' }))
  run('npm install', 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball])
  // As `npm install better-sqlite3` would, without compiling it once more.
  for (const dependency of [
    'better-sqlite3',
    'bindings',
    'file-uri-to-path',
    '@types/node',
    'undici-types',
  ])
    cpSync(join(root, 'node_modules', dependency), join(project, 'node_modules', dependency), {
      recursive: true,
    })

  const entries = Object.keys(exports).filter((key) => typeof exports[key] === 'object')
  const imports = entries.map((key) => `await import('${name}${key.slice(1)}')`)
  run(`import of ${entries.join(', ')}`, 'node', ['--input-type=module', '-e', imports.join('\n')])
}

function checkMigrations() {
  alembic('init', 'alembic')
  for (const file of [
    'alembic.ini',
    'alembic/env.ts',
    'alembic/script.ts.eta',
    'alembic/README',
    'alembic/versions',
  ])
    expect(existsSync(join(project, file)), `init made no ${file}`)

  edit('alembic.ini', /^sqlalchemy\.url = .*$/m, 'sqlalchemy.url = sqlite:///app.db')
  edit('alembic/env.ts', /^(const targetMetadata)\b.*$/m, '$1 = metadata')
  write('alembic/env.ts', `import { metadata } from '../models.ts'\n${read('alembic/env.ts')}`)
  write('models.ts', models)

  alembic('revision', '--autogenerate', '-m', 'initial')
  const versions = readdirSync(join(project, 'alembic/versions'))
  expect(versions.length === 1, `revision made ${versions.length} files: ${versions.join(', ')}`)
  const id = /^([0-9a-f]{12})_initial\.ts$/.exec(versions[0])?.[1]
  expect(id !== undefined, `the revision file is called ${versions[0]}`)
  const revision = read(`alembic/versions/${versions[0]}`)
  for (const text of [
    `export const revision = '${id}'`,
    "op.createTable(\n    'cars',",
    "op.dropTable('cars')",
  ])
    expect(revision.includes(text), `the revision file lacks ${text}:\n${revision}`)

  write('tsconfig.json', JSON.stringify(typeScriptOptions))
  run('types of the project', 'node', [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'])

  const upgraded = alembic('upgrade', 'head')
  expect(
    upgraded.stderr.includes(`Running upgrade  -> ${id}, initial`),
    `upgrade logged ${upgraded.stderr}`,
  )
  expectTables(['alembic_version', 'cars'])
  const { stdout: current } = alembic('current')
  expect(current === `${id} (head)\n`, `current printed ${JSON.stringify(current)}`)
  alembic('check')

  const downgraded = alembic('downgrade', 'base')
  expect(
    downgraded.stderr.includes(`Running downgrade ${id} -> , initial`),
    `downgrade logged ${downgraded.stderr}`,
  )
  expectTables(['alembic_version'])
  expect(alembic('current').stdout === '', 'current prints a revision after downgrade base')
}

const models = `import { sa } from 'alembic-ts'

export const metadata = sa.MetaData()

export const cars = sa.Table(
  'cars',
  metadata,
  sa.Column('id', sa.Integer(), { primaryKey: true }),
  sa.Column('model', sa.String(50), { nullable: false, unique: true, index: true }),
  sa.Column('colour', sa.String(20), { serverDefault: 'red' }),
)
`

const typeScriptOptions = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['models.ts', 'alembic'],
}

function alembic(...args) {
  return run(`alembic ${args.join(' ')}`, join(project, 'node_modules/.bin/alembic'), args)
}

function run(title, command, args, cwd = project) {
  const start = performance.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error || status !== 0)
    throw new Error(`${title} failed (${error?.message ?? `exit ${status}`})\n${stdout}${stderr}`)
  console.log(`ok ${title} (${Math.round(performance.now() - start)} ms)`)
  return { stdout, stderr }
}

function expectTables(expected) {
  const Database = createRequire(join(project, 'package.json'))('better-sqlite3')
  const db = new Database(join(project, 'app.db'), { readonly: true })
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
  db.close()
  expect(tables.join() === expected.join(), `expected the tables ${expected}, found ${tables}`)
}

function edit(file, pattern, replacement) {
  expect(pattern.test(read(file)), `${file} has no line ${pattern}`)
  write(file, read(file).replace(pattern, replacement))
}

function expect(condition, message) {
  if (!condition) throw new Error(message)
}

function read(file) {
  return readFileSync(join(project, file), 'utf8')
}

function write(file, text) {
  writeFileSync(join(project, file), text)
}

try {
  checkPackage()
  checkMigrations()
  console.log('pack:check: everything as documented')
} catch (error) {
  console.error(`pack:check: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(project, { recursive: true })
}
