// An environment with two databases, each with models of its own: one file for both.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { AutogenProject } from './environment.ts'

let project: AutogenProject

const template = readFileSync(
  join(import.meta.dirname, '../../templates/multidb/script.ts.eta'),
  'utf8',
)

const urlOf = (name: string): string => `sqlite:///${project.project.folder}/${name}.db`

const execute = async (name: string, sql: string): Promise<void> => {
  const connection = await createEngine(urlOf(name)).connect()
  await connection.execute(sql)
  await connection.close()
}

/** `columns` of the table `users` in each database's models. */
const write = (columns: Readonly<Record<string, string>>, options = ''): void => {
  const models = Object.entries(columns).map(
    ([name, column]) => `const ${name} = sa.MetaData()
sa.Table('users', ${name}, sa.Column('id', sa.Integer(), { primaryKey: true }), sa.Column('${column}', sa.String(20)))`,
  )
  project.project.write(
    'alembic/env.ts',
    `import { context, createEngine, sa } from 'alembic-ts'
${models.join('\n')}
for (const [name, targetMetadata] of Object.entries({ ${Object.keys(columns).join(', ')} })) {
  const connection = await createEngine('sqlite:///${project.project.folder}/' + name + '.db').connect()
  try {
    await context.configure({
      connection, targetMetadata, upgradeToken: name + '_upgrades', downgradeToken: name + '_downgrades',
      ${options}
    })
    await context.beginTransaction(() => context.runMigrations({ engineName: name }))
  } finally {
    await connection.close()
  }
}
`,
  )
}

beforeEach(async () => {
  project = new AutogenProject('databases = first, second\n')
  project.project.write('alembic/script.ts.eta', template)
  for (const name of ['first', 'second']) {
    await execute(name, 'CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20))')
  }
})

afterEach(() => project.dispose())

it('a rename that fits one of them is enough', async () => {
  write({ first: 'full_name', second: 'name' })
  await project.generate('aaa1', { rename: ['users.name=full_name'] })
  const source = project.source('aaa1')
  expect(source.match(/newColumnName: 'full_name'/g)).toHaveLength(1)
  expect(source).not.toContain('dropColumn')
})

it('a rename that fits both is done in both', async () => {
  write({ first: 'full_name', second: 'full_name' })
  await project.generate('aaa1', { rename: ['users.name=full_name'] })
  expect(project.source('aaa1').match(/newColumnName: 'full_name'/g)).toHaveLength(2)
})

it('each of several renames may fit another one', async () => {
  write({ first: 'full_name', second: 'login' })
  await project.generate('aaa1', { rename: ['users.name=full_name', 'users.name=login'] })
  expect(project.source('aaa1').match(/newColumnName: '\w+'/g)).toEqual([
    "newColumnName: 'full_name'",
    "newColumnName: 'name'",
    "newColumnName: 'login'",
    "newColumnName: 'name'",
  ])
})

it('a rename that fits none of them is an error, and nothing is written', async () => {
  write({ first: 'full_name', second: 'name' })
  await expect(project.generate('aaa1', { rename: ['users.nam=full_name'] })).rejects.toThrow(
    "can't rename 'users.nam' to 'full_name' in any of the 2 databases: the database must have the one, and only the models the other; did you mean 'users.name'?",
  )
  expect(project.files()).toEqual([])
})

it('hooks are asked for each, and know which it is', async () => {
  write(
    { first: 'name', second: 'login' },
    `includeObject: (object, columnName, type) => !(type === 'column' && name === 'second' && columnName === 'name'),
     processRevisionDirectives: (_context, _revision, [script]) => {
       script.message = (script.message ?? '') + ' ' + name
     },`,
  )
  await project.generate('aaa1')
  expect(project.files()).toEqual(['aaa1_x_first_second.ts'])
  const source = project.source('aaa1')
  expect(source).toContain("addColumn('users', sa.Column('login'")
  expect(source).not.toContain("dropColumn('users', 'name')")
})

it('a hook that fails for the second leaves nothing behind', async () => {
  write(
    { first: 'full_name', second: 'login' },
    "processRevisionDirectives: () => { if (name === 'second') throw new Error('not for the second') },",
  )
  await expect(project.generate('aaa1')).rejects.toThrow('not for the second')
  expect(project.files()).toEqual([])
})

it('tries the file on a copy of each', async () => {
  write({ first: 'full_name', second: 'login' })
  expect(await project.verify('aaa1')).toEqual({
    status: 'verified',
    place: 'a database in memory for each of 2 databases',
  })
})
