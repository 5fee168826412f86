import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCliProject, type CliProject } from '../cli/project.ts'
import { runAlembic, type Finished } from '../cli/run-alembic.ts'

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))

let project: CliProject

const models = (columns: string): void => {
  project.write(
    'models.ts',
    `import { sa } from 'alembic-ts'
export const metadata = sa.MetaData()
sa.Table('users', metadata, sa.Column('id', sa.Integer(), { primaryKey: true }), ${columns})
`,
  )
}

beforeEach(() => {
  project = makeCliProject()
  project.write(
    'alembic/env.ts',
    `import { context, createEngine } from 'alembic-ts'
import { metadata } from '../models.ts'
const connection = await createEngine('sqlite:///${project.folder}/app.db').connect()
try {
  await context.configure({ connection, targetMetadata: metadata })
  await context.beginTransaction(() => context.runMigrations())
} finally {
  await connection.close()
}
`,
  )
  project.execute('CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20))')
  project.execute("INSERT INTO users VALUES (1, 'a')")
  models("sa.Column('full_name', sa.String(20))")
})

afterEach(() => project.dispose())

const versions = (): string[] => readdirSync(join(project.folder, 'alembic/versions'))

const newFile = (): string => {
  const file = versions().find((name) => name.startsWith('r1'))
  return file === undefined
    ? ''
    : readFileSync(join(project.folder, 'alembic/versions', file), 'utf8')
}

const revision = (...args: readonly string[]): Finished =>
  runAlembic(project.folder, ['revision', '--autogenerate', '-m', 'x', '--rev-id', 'r1', ...args])

const RENAMED = "newColumnName: 'full_name'"

describe('alembic revision', () => {
  it('renames by --rename, and the rows stay, both ways', () => {
    const { status, stderr } = revision('--rename', 'users.name=full_name')
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(newFile()).toContain(RENAMED)
    for (const args of ['upgrade head', 'check', 'downgrade base', 'upgrade head', 'check']) {
      const done = runAlembic(project.folder, args.split(' '))
      expect(done).toMatchObject({ status: 0 })
    }
    project.execute("UPDATE users SET full_name = 'b' WHERE full_name = 'a'")
  })

  it('renames by a file, given or configured', () => {
    project.write('renames.txt', '# done in May\nusers.name = full_name\n')
    expect(revision('--renames', 'renames.txt').status).toBe(0)
    expect(newFile()).toContain(RENAMED)
  })

  it('renames by the file that the configuration names', () => {
    project.write('renames.json', '{"users.name": "full_name"}')
    const ini = readFileSync(join(project.folder, 'alembic.ini'), 'utf8')
    project.write('alembic.ini', ini.replace('[alembic]\n', '[alembic]\nrenames = renames.json\n'))
    expect(revision().status).toBe(0)
    expect(newFile()).toContain(RENAMED)
  })

  it('says what is wrong with a request, and writes nothing', () => {
    const { status, stdout } = revision('--rename', 'users.nam=full_name')
    expect(status).toBe(255)
    expect(stdout).toContain("did you mean 'users.name'?")
    expect(revision('--renames', 'none.txt').stdout).toContain("can't read the renames in none.txt")
    const plain = ['revision', '-m', 'x', '--rename', 'a=b']
    expect(runAlembic(project.folder, plain).stdout).toContain('--rename is for --autogenerate')
    expect(newFile()).toBe('')
  })

  it('without a terminal asks nothing, warns, and says in the file what may be', () => {
    const { status, stdout, stderr } = revision()
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Generating .* \.\.\. {2}done\n$/)
    expect(stderr).toBe("destructive: drops column 'users.name' (VARCHAR(20)) and its values\n")
    expect(newFile()).toContain(
      `  // destructive: drops column 'users.name' (VARCHAR(20)) and its values
  // renamed to 'full_name'? To keep its data, generate this file again with --rename users.name=full_name
  await op.dropColumn('users', 'name')`,
    )
  })

  it('-q leaves the warning to the file', () => {
    const args = ['-q', 'revision', '--autogenerate', '-m', 'x', '--rev-id', 'r1']
    const silent = { status: 0, stdout: '', stderr: '' }
    expect(runAlembic(project.folder, args)).toEqual(silent)
    expect(newFile()).toContain('// destructive: ')
  })

  it('--json has what is destructive', () => {
    const { stdout, stderr } = revision('--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      created: [{ revision: 'r1' }],
      destructive: [
        {
          kind: 'dropColumn',
          schema: null,
          table: 'users',
          name: 'name',
          description: "drops column 'users.name' (VARCHAR(20)) and its values",
        },
      ],
    })
  })

  it('--forbid-destructive fails and writes nothing, but lets a rename through', () => {
    const { status, stdout } = revision('--forbid-destructive')
    expect(status).toBe(1)
    expect(stdout).toBe(
      "FAILED: nothing was written, as the revision is destructive: drops column 'users.name' (VARCHAR(20)) and its values\n",
    )
    expect(newFile()).toBe('')
    const renamed = revision('--forbid-destructive', '--rename', 'users.name=full_name')
    expect(renamed).toMatchObject({ status: 0 })
  })
})

describe('on a terminal', () => {
  const typed = (input: string, ...more: readonly string[]): string => {
    const args = ['revision', '--autogenerate', '-m', 'x', '--rev-id', 'r1', ...more].join(' ')
    const { stdout } = spawnSync(
      'script',
      ['-qec', `${process.execPath} ${BIN} ${args}`, '/dev/null'],
      {
        cwd: project.folder,
        encoding: 'utf8',
        input,
        env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
      },
    )
    return stdout
  }

  it('yes renames', () => {
    expect(existsSync(BIN)).toBe(true)
    expect(typed('y\n')).toContain('Was the column users.name renamed to full_name? [y/N]')
    expect(newFile()).toContain(RENAMED)
  })

  it('no drops, and says so', () => {
    const sent = typed('n\n')
    expect(sent).toContain("destructive: drops column 'users.name' (VARCHAR(20)) and its values")
    expect(newFile()).not.toContain('--rename')
  })

  it('one of several can be chosen', () => {
    models("sa.Column('full_name', sa.String(20)), sa.Column('nick', sa.String(10))")
    const sent = typed('2\n')
    expect(sent.replaceAll('\r\n', '\n')).toContain(
      'What became of the column users.name?\n  0  it is dropped\n  1  full_name\n  2  nick\n',
    )
    expect(newFile()).toContain("newColumnName: 'nick'")
  })

  it('a decision that was given is not asked for', () => {
    expect(typed('', '--rename', 'users.name=full_name')).not.toContain('[y/N]')
    expect(newFile()).toContain(RENAMED)
  })
})
