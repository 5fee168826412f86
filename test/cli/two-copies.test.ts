import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alembic-two-copies-'))
  const copy = join(folder, 'other-copy')
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
  cpSync(join(root, 'package.json'), join(copy, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'migrations/versions'), { recursive: true })
  const url = pathToFileURL(join(copy, 'dist/index.js')).href
  // A project that has the other copy, run by the command of this one as a global installation is.
  const project = join(folder, 'project')
  mkdirSync(join(project, 'node_modules'), { recursive: true })
  symlinkSync(copy, join(project, 'node_modules/alembic-ts'))
  writeFileSync(
    join(folder, 'alembic.config.mjs'),
    `export default { url: 'sqlite:///app.db', scriptLocation: 'migrations' }\n`,
  )
  writeFileSync(
    join(folder, 'migrations/versions/a1_x.mjs'),
    `import { op, sa } from '${url}'
export const revision = 'a1'
export const downRevision = null
export async function upgrade() {
  const dogs = await op.createTable(
    'dogs',
    sa.Column('id', sa.Integer(), { nullable: false }),
    sa.Column('name', sa.Enum('rex', 'lassie', { createConstraint: true, name: 'ck_name' }), { index: true }),
    sa.Column('owner', sa.Integer(), sa.ForeignKey('owners.id', { ondelete: 'CASCADE' })),
    sa.Column('born', sa.DateTime(), { serverDefault: sa.func.now() }),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('owner', 'name', { name: 'uq_dogs' }),
  )
  op.bulkInsert(dogs, [{ id: 1, name: 'rex' }])
  op.execute(sa.update(dogs).where(dogs.c.id.eq(1)).values({ name: 'lassie' }))
}
export async function downgrade() {
  op.dropTable('dogs')
}
`,
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const alembic = (...args: readonly string[]): string => alembicIn(folder, ...args)

function alembicIn(cwd: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [join(root, 'dist/cli/bin.js'), ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

it('runs a migration whose op and sa are those of another copy of the package', () => {
  expect(alembic('upgrade', 'head', '--sql')).toBe(`CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> a1

CREATE TABLE dogs (
    id INTEGER NOT NULL, 
    name VARCHAR(6), 
    owner INTEGER, 
    born DATETIME DEFAULT CURRENT_TIMESTAMP, 
    PRIMARY KEY (id), 
    CONSTRAINT uq_dogs UNIQUE (owner, name), 
    CONSTRAINT ck_name CHECK (name IN ('rex', 'lassie')), 
    FOREIGN KEY(owner) REFERENCES owners (id) ON DELETE CASCADE
);

CREATE INDEX ix_dogs_name ON dogs (name);

INSERT INTO dogs (id, name) VALUES (1, 'rex');

UPDATE dogs SET name='lassie' WHERE dogs.id = 1;

INSERT INTO alembic_version (version_num) VALUES ('a1');

`)
  alembic('upgrade', 'head')
  expect(alembic('current')).toBe('a1 (head)\n')
  alembic('downgrade', 'base')
  expect(alembic('current')).toBe('')
})

it('runs a project that has another copy of the package', () => {
  const project = join(folder, 'project')
  alembicIn(project, 'init', 'alembic')
  const ini = join(project, 'alembic.ini')
  const url = 'sqlalchemy.url = sqlite:///app.db'
  writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^sqlalchemy\.url = .*$/m, url))
  alembicIn(project, 'revision', '-m', 'one', '--rev-id', 'a1')
  alembicIn(project, 'upgrade', 'head')
  expect(alembicIn(project, 'current')).toBe('a1 (head)\n')
})
