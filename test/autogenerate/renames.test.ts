import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { openAutogenContext } from '../../src/autogenerate/open-context.ts'
import type { AutogenerateOptions } from '../../src/autogenerate/options.ts'
import { produceNetChanges } from '../../src/autogenerate/produce.ts'
import { assignBest } from '../../src/autogenerate/renames/assignment.ts'
import { chooseLikely } from '../../src/autogenerate/renames/choose.ts'
import type { RenameQuestion, RenameSources } from '../../src/autogenerate/renames/rename.ts'
import { renamedInSql } from '../../src/autogenerate/renames/renamed-reflection.ts'
import { renameSteps } from '../../src/autogenerate/renames/rename-steps.ts'
import { parseRenamesFile } from '../../src/autogenerate/renames/renames-file.ts'
import { LIKELY, nameScore } from '../../src/autogenerate/renames/similarity.ts'
import { renderCode } from '../../src/autogenerate/render-code.ts'
import { questionText, readAnswer } from '../../src/cli/ask-rename.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { loadDialect } from '../../src/engine/registry.ts'
import { REFERENCE_DETECTIONS } from '../../src/impl/detections.ts'
import { UpgradeOps } from '../../src/operations/containers.ts'
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

/** The statements, and the comments above them, that lead to the models. */
const written = async (
  metadata: sa.MetaData,
  options: AutogenerateOptions & { readonly sources?: RenameSources } = {},
): Promise<string[]> => {
  const { sources, ...others } = options
  const migrationContext = await MigrationContext.configure({ connection, ...others })
  const context = await openAutogenContext(migrationContext, { metadata, renames: sources })
  const ops = new UpgradeOps()
  await produceNetChanges(context, ops)
  const { code } = await renderCode(ops, { migrationContext, depth: 0 })
  return code.split('\n').slice(1, -1)
}

function model(...tables: readonly (readonly [string, ...sa.Column[]])[]): sa.MetaData {
  const metadata = sa.MetaData()
  for (const [name, ...columns] of tables) sa.Table(name, metadata, ...columns)
  return metadata
}

const id = (): sa.Column => sa.Column('id', sa.Integer(), { primaryKey: true })
const USERS = 'CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20))'
const renamedUser = (): sa.MetaData => model(['users', id(), sa.Column('full_name', sa.String(20))])

const RENAME = [
  "await op.alterColumn('users', 'name', {",
  '  existingType: sa.VARCHAR(20),',
  "  newColumnName: 'full_name',",
  '  existingNullable: true,',
  '})',
].join('\n')

describe('a likely rename', () => {
  beforeEach(async () => {
    await connection.execute(USERS)
  })

  it('without an answer is a drop and an addition, with a comment that says what to do', async () => {
    expect(await written(renamedUser())).toEqual([
      "await op.addColumn('users', sa.Column('full_name', sa.String(20), { nullable: true }))",
      "// destructive: drops column 'users.name' (VARCHAR(20)) and its values",
      "// renamed to 'full_name'? To keep its data, generate this file again with --rename users.name=full_name",
      "await op.dropColumn('users', 'name')",
    ])
  })

  it('is asked about once, with its score and all that it may be', async () => {
    const asked: RenameQuestion[] = []
    const metadata = model([
      'users',
      id(),
      sa.Column('full_name', sa.String(20)),
      sa.Column('nick', sa.String(10)),
    ])
    await written(metadata, {
      onRename: (question) => {
        asked.push(question)
        return null
      },
    })
    expect(asked).toHaveLength(1)
    const [{ score, candidates, ...question }] = asked as [RenameQuestion]
    expect(question).toEqual({
      kind: 'column',
      schema: null,
      table: 'users',
      from: 'name',
      to: 'full_name',
    })
    expect(candidates.map(({ name }) => name)).toEqual(['full_name', 'nick'])
    expect(candidates[0]?.score).toBe(score)
    expect(score).toBeGreaterThan(candidates[1]?.score ?? 1)
  })

  it.each([
    ['true', true],
    ['a name', 'full_name'],
    ['a promise', Promise.resolve(true)],
  ])('is one where the answer is %s', async (_title, answer) => {
    const lines = await written(renamedUser(), { onRename: () => answer })
    expect(lines.join('\n')).toBe(RENAME)
    expect(records.map(({ message }) => message)).toContain(
      "Detected renamed column 'users.name' to 'full_name'",
    )
    expect(records.filter(({ message }) => message.includes('removed'))).toEqual([])
  })

  it('is none where the answer is no, and nothing is said of it', async () => {
    const lines = await written(renamedUser(), { onRename: () => false })
    expect(lines.join('\n')).toContain('dropColumn')
    expect(lines.join('\n')).not.toContain('--rename')
  })

  it('to something that is not there is an error', async () => {
    await expect(written(renamedUser(), { onRename: () => 'fullname' })).rejects.toThrow(
      "column 'name' can't be renamed to 'fullname'; did you mean 'full_name'?",
    )
  })

  it('is not looked for where that is switched off', async () => {
    const onRename = (): boolean => {
      throw new Error('asked')
    }
    const lines = await written(renamedUser(), { onRename, detect: REFERENCE_DETECTIONS })
    expect(lines).toEqual([
      "await op.addColumn('users', sa.Column('full_name', sa.String(20), { nullable: true }))",
      "await op.dropColumn('users', 'name')",
    ])
  })

  it('is none where the two have nothing in common', async () => {
    const metadata = model([
      'users',
      id(),
      sa.Column('active', sa.Boolean(), { nullable: false, serverDefault: sa.true() }),
    ])
    expect((await written(metadata)).join('\n')).not.toContain('--rename')
  })

  it('leaves out what includeObject leaves out', async () => {
    const includeObject = (_object: unknown, name: string | null): boolean => name !== 'name'
    const lines = await written(renamedUser(), { includeObject, onRename: () => true })
    expect(lines).toEqual([
      "await op.addColumn('users', sa.Column('full_name', sa.String(20), { nullable: true }))",
    ])
  })
})

describe('what is said of renames', () => {
  beforeEach(async () => {
    await connection.execute(USERS)
  })

  it.each([['users.name=full_name'], ['name=full_name'], ['users.name = users.full_name']])(
    'by the command as %s',
    async (request) => {
      const lines = await written(renamedUser(), { sources: { requests: [request] } })
      expect(lines.join('\n')).toBe(RENAME)
    },
  )

  it('in a list or an object of hints', async () => {
    for (const renames of [['users.name=full_name'], { 'users.name': 'full_name' }]) {
      expect((await written(renamedUser(), { renames })).join('\n')).toBe(RENAME)
    }
  })

  it('holds also where likely renames are not looked for', async () => {
    const options = { renames: ['users.name=full_name'], detect: REFERENCE_DETECTIONS }
    expect((await written(renamedUser(), options)).join('\n')).toBe(RENAME)
  })

  it('in a model', async () => {
    const column = sa.Column('full_name', sa.String(20), { renamedFrom: 'name' })
    expect((await written(model(['users', id(), column]))).join('\n')).toBe(RENAME)
  })

  it('in a model is ignored once it is done, or where the old name is still in use', async () => {
    const metadata = model([
      'users',
      id(),
      sa.Column('name', sa.String(20), { renamedFrom: 'title' }),
      sa.Column('nick', sa.String(20), { renamedFrom: 'name' }),
    ])
    expect(await written(metadata)).toEqual([
      "await op.addColumn('users', sa.Column('nick', sa.String(20), { nullable: true }))",
    ])
    expect(records.map(({ message }) => message)).toContain(
      "Ignoring renamedFrom 'name' of column 'nick': the models still have it",
    )
  })

  it('in hints is passed over where it is done', async () => {
    const metadata = model(['users', id(), sa.Column('name', sa.String(20))])
    expect(await written(metadata, { renames: ['users.title=name', 'people=users'] })).toEqual([])
  })

  it('by the command must fit', async () => {
    const request = async (text: string): Promise<unknown> =>
      await written(renamedUser(), { sources: { requests: [text] } })
    await expect(request('users.nam=full_name')).rejects.toThrow("did you mean 'users.name'?")
    await expect(request('users.title=full_name')).rejects.toThrow(
      "can't rename 'users.title' to 'full_name': the database must have the one, and only the models the other; what only the database has: users.name",
    )
    await expect(request('users.name')).rejects.toThrow("a rename is written 'table.old=new'")
  })

  it('of a column without its table must be plain', async () => {
    await connection.execute('CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20))')
    const column = (): sa.Column => sa.Column('full_name', sa.String(20))
    const metadata = model(['users', id(), column()], ['pets', id(), column()])
    const sources = { requests: ['name=full_name'] }
    await expect(written(metadata, { sources })).rejects.toThrow(
      "several tables have a column 'name' that may be renamed to 'full_name'; say which: pets.name=full_name, users.name=full_name",
    )
  })
})

describe('renamed tables', () => {
  beforeEach(async () => {
    await connection.execute(USERS)
    await connection.execute(
      'CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, author INTEGER REFERENCES users (id))',
    )
  })

  const people = (table: string, options: sa.TableOptions = {}): sa.MetaData => {
    const metadata = sa.MetaData()
    sa.Table(table, metadata, id(), sa.Column('name', sa.String(20)), options)
    const author = sa.Column('author', sa.Integer(), sa.ForeignKey(`${table}.id`))
    sa.Table('posts', metadata, id(), author)
    return metadata
  }

  it('are likely where their columns are the same', async () => {
    const lines = (await written(people('people'))).join('\n')
    expect(lines).toContain('--rename users=people')
    expect(lines).toContain("await op.createTable(\n  'people'")
  })

  it('are renamed by a request, by the model, or by an answer', async () => {
    const expected = ["await op.renameTable('users', 'people')"]
    const sources = { requests: ['users=people'] }
    expect(await written(people('people'), { sources })).toEqual(expected)
    expect(await written(people('people', { renamedFrom: 'users' }))).toEqual(expected)
    expect(await written(people('people'), { onRename: () => true })).toEqual(expected)
  })

  it('may have renamed columns, under either name of the table', async () => {
    const metadata = model(
      ['posts', id(), sa.Column('author', sa.Integer(), sa.ForeignKey('people.id'))],
      ['people', id(), sa.Column('full_name', sa.String(20))],
    )
    for (const column of ['users.name', 'people.name']) {
      const sources = { requests: ['users=people', `${column}=full_name`] }
      expect((await written(metadata, { sources })).join('\n')).toBe(
        `await op.renameTable('users', 'people')\n${RENAME.replace("'users'", "'people'")}`,
      )
    }
  })
})

describe('the parts', () => {
  it('assign such that all together are most alike', () => {
    expect(
      assignBest(
        [
          [0.9, 0.85],
          [0.85, 0.1],
        ],
        LIKELY,
      ),
    ).toEqual([1, 0])
    expect(assignBest([[0.7], [0.9], [0.3]], LIKELY)).toEqual([-1, 0, -1])
    expect(assignBest([[0.1, 0.2]], LIKELY)).toEqual([-1])
    expect(assignBest([], LIKELY)).toEqual([])
  })

  it('assign as well as trying everything does', () => {
    let seed = 7
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    const best = (scores: readonly (readonly number[])[], taken: ReadonlySet<number>): number => {
      const [row, ...rest] = scores
      if (row === undefined) return 0
      const options = row.map((score, at) =>
        taken.has(at) || score < 0.5 ? 0 : score + best(rest, new Set([...taken, at])),
      )
      return Math.max(best(rest, taken), ...options)
    }
    for (let round = 0; round < 60; round++) {
      const scores = Array.from({ length: 1 + (round % 5) }, () =>
        Array.from({ length: 1 + (round % 4) }, random),
      )
      const total = assignBest(scores, 0.5).reduce(
        (sum, at, row) => sum + (at < 0 ? 0 : (scores[row]?.[at] ?? 0)),
        0,
      )
      expect(total).toBeCloseTo(best(scores, new Set()), 9)
    }
  })

  it('are left alone where there are too many', async () => {
    const names = (count: number, prefix: string): string[] =>
      Array.from({ length: count }, (_, index) => `${prefix}${index}`)
    const place = { kind: 'table', schema: null, table: '' } as const
    const choose = async (count: number): Promise<number> => {
      const [from, to] = [names(count, 'a'), names(100, 'b')]
      return (await chooseLikely({ place, from, to, score: () => 1 }, [])).open.length
    }
    expect(await choose(100)).toBe(100)
    expect(await choose(101)).toBe(0)
  })

  it('go on with what is left where an answer was another one than expected', async () => {
    const place = { kind: 'column', schema: null, table: 't' } as const
    const scores: Record<string, number> = { 'a x': 0.9, 'a y': 0.8, 'b x': 0.85, 'b y': 0.7 }
    const asked: string[] = []
    const surplus = {
      place,
      from: ['a', 'b'],
      to: ['x', 'y'],
      score: (from: string, to: string) => scores[`${from} ${to}`] ?? 0,
    }
    const choice = await chooseLikely(surplus, [
      ({ from, to, candidates }) => {
        asked.push(`${from}: ${to} of ${candidates.map(({ name }) => name).join()}`)
        return from === 'b' ? 'y' : true
      },
    ])
    expect(asked).toEqual(['b: x of x,y', 'a: x of x'])
    expect(choice.renamed.map(({ from, to }) => `${from} ${to}`)).toEqual(['b y', 'a x'])
  })

  it('score names by their letters and by their words', () => {
    expect(nameScore('name', 'name')).toBe(1)
    expect(nameScore('colour', 'color')).toBeGreaterThan(0.8)
    expect(nameScore('userName', 'name_of_user')).toBe(0.8)
    expect(nameScore('abc', 'xyz')).toBe(0)
  })

  it('rename in SQL what names a column', async () => {
    const { preparer } = (await loadDialect('postgresql')).createDialect()
    const sql = `name > 'name' AND "name" <> names AND name(x) = "x"`
    expect(renamedInSql(sql, new Map([['name', 'full name']]), preparer)).toBe(
      `"full name" > 'name' AND "full name" <> names AND name(x) = "x"`,
    )
    expect(renamedInSql(sql, new Map([['name', 'title']]), preparer)).toBe(
      `title > 'name' AND "title" <> names AND name(x) = "x"`,
    )
  })

  it('put renames in an order in which no name is taken twice', () => {
    const rename = (from: string, to: string) =>
      ({ kind: 'column', schema: null, table: 't', from, to }) as const
    const steps = (pairs: readonly (readonly [string, string])[], taken: readonly string[] = []) =>
      renameSteps(
        pairs.map(([from, to]) => rename(from, to)),
        new Set(taken),
      ).map(({ from, to }) => `${from} ${to}`)
    expect(
      steps([
        ['a', 'b'],
        ['b', 'c'],
      ]),
    ).toEqual(['b c', 'a b'])
    expect(
      steps([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).toEqual(['a _alembic_tmp_a', 'b a', '_alembic_tmp_a b'])
    expect(
      steps(
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
        ['_alembic_tmp_a'],
      )[0],
    ).toBe('a _alembic_tmp_a2')
  })

  it('read files of renames', () => {
    expect(parseRenamesFile('# old\nusers.name = full_name\n\n', 'f')).toEqual([
      'users.name = full_name',
    ])
    expect(parseRenamesFile('{"users.name": "full_name"}', 'f')).toEqual({
      'users.name': 'full_name',
    })
    expect(() => parseRenamesFile('{"users.name": 1}', 'f')).toThrow('must be strings')
    expect(() => parseRenamesFile('{"users.name"', 'f')).toThrow('f begins like JSON and is none')
  })
})

describe('answers', () => {
  const question = (names: readonly string[]) =>
    ({
      kind: 'column',
      schema: 's',
      table: 't',
      from: 'a',
      to: names[0] ?? '',
      score: 0.9,
      candidates: names.map((name) => ({ name, score: 0.9 })),
    }) as const

  it.each([
    ['y', true],
    ['Yes ', true],
    ['', false],
    ['no', false],
    ['b', 'b'],
    ['what', undefined],
    ['7', undefined],
  ])('to one candidate: %j', (text, expected) => {
    expect(readAnswer(text, question(['b']))).toBe(expected)
  })

  it.each([
    ['1', 'b'],
    ['2', 'C'],
    ['c', 'C'],
    ['0', false],
    ['3', undefined],
    ['y', undefined],
  ])('to several: %j', (text, expected) => {
    expect(readAnswer(text, question(['b', 'C']))).toBe(expected)
  })

  it('to a question that names the place', () => {
    expect(questionText(question(['b']))).toBe('Was the column s.t.a renamed to b? [y/N] ')
  })
})
