// Scripts of --sql, run by the databases' own programs, against the same history run online.
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { op } from '../../src/operations/operations.ts'
import {
  MigrationContext,
  type MigrationContextOptions,
} from '../../src/runtime/migration-context.ts'
import * as sa from '../../src/sa.ts'
import { RevisionStep } from '../../src/script/migration-step.ts'
import { RevisionMap } from '../../src/script/revision-map.ts'
import { type MigrationFunction, Script } from '../../src/script/script.ts'
import { copyExample, type ExampleProject } from '../examples/example-project.ts'
import { dumpSchema } from '../examples/schema-dump.ts'
import {
  describeDatabases,
  describeEachDatabase,
  type LiveDatabase,
  type ScratchDatabase,
} from '../live/servers.ts'
import { finalState } from '../torture/final-state.ts'
import { runByClient } from './script-client.ts'

const versionRows = async (scratch: ScratchDatabase): Promise<readonly unknown[]> =>
  (await scratch.query('SELECT version_num FROM alembic_version ORDER BY 1')).map(
    (row) => row['version_num'],
  )

/** Every folder of `examples/`. */
const EXAMPLES: readonly string[] = readdirSync(new URL('../../examples', import.meta.url))

/** The ids of its revisions; the files of all examples are named such that they stand in their order. */
const revisionsOf = (name: string): readonly string[] => {
  const project: ExampleProject = copyExample(name)
  try {
    const files = readdirSync(`${project.folder}/${project.versions}`).toSorted()
    return files.flatMap((file) => /^([0-9a-f]+)_.*\.ts$/.exec(file)?.[1] ?? [])
  } finally {
    project.dispose()
  }
}

/** Gives `body` two empty databases, and an example project for each, of which the second runs online. */
async function withExample(
  db: LiveDatabase,
  name: string,
  body: (
    offline: ScratchDatabase,
    online: ScratchDatabase,
    run: (on: ScratchDatabase, ...args: readonly string[]) => string,
  ) => Promise<void>,
): Promise<void> {
  const [offline, online] = [await db.createScratch(), await db.createScratch()]
  const projects = new Map(
    [offline, online].map((at) => [at, copyExample(name, { DATABASE_URL: at.url })]),
  )
  try {
    await body(offline, online, (on, ...args) => projects.get(on)!.alembic(...args).stdout)
  } finally {
    for (const project of projects.values()) project.dispose()
    await Promise.all([offline.dispose(), online.dispose()])
  }
}

describeEachDatabase('the script of a history', (db) => {
  it.each(EXAMPLES)(
    'makes what the run makes, and its downgrade takes it away: %s',
    async (name) => {
      await withExample(db, name, async (offline, online, run) => {
        const empty = await dumpSchema(db.name, offline)
        const target = targetOf(name, (...args) => run(offline, ...args))
        runByClient(db.name, offline, run(offline, 'upgrade', target, '--sql'))
        run(online, 'upgrade', target)
        expect(await finalState(db.name, offline)).toBe(await finalState(db.name, online))
        expect(await versionRows(offline)).toEqual(await versionRows(online))
        runByClient(db.name, offline, run(offline, 'downgrade', `${target}:base`, '--sql'))
        expect(await dumpSchema(db.name, offline)).toBe(empty)
      })
    },
    60_000,
  )

  /** The head; on SQLite a batch must see its table, which a script can't: then the revision before it. */
  function targetOf(name: string, run: (...args: readonly string[]) => string): string {
    if (db.name !== 'sqlite' || name !== 'posts') return 'head'
    expect(() => run('upgrade', 'head', '--sql')).toThrow(/copyFrom/)
    const revisions = revisionsOf(name)
    const last = revisions.findLast((revision) => {
      try {
        return run('upgrade', revision, '--sql') !== ''
      } catch {
        return false
      }
    })
    expect(last, 'a revision before the batch').toBeDefined()
    return last ?? ''
  }
})

describeDatabases(['postgresql', 'mariadb'], 'an idempotent script', (db) => {
  it.each(EXAMPLES)(
    'can be run from each state, and again: %s',
    async (name) => {
      const revisions = revisionsOf(name)
      expect(revisions.length).toBeGreaterThan(1)
      await withExample(db, name, async (offline, online, run) => {
        run(online, 'upgrade', 'head')
        const head = await versionRows(online)
        const schema = await dumpSchema(db.name, online)
        const script = run(offline, 'upgrade', 'head', '--sql', '--idempotent')
        for (const state of ['base', ...revisions]) {
          if (state !== 'base') {
            run(offline, 'downgrade', 'base')
            run(offline, 'upgrade', state)
          }
          for (const _ of [1, 2]) {
            runByClient(db.name, offline, script)
            expect(await versionRows(offline)).toEqual(head)
            expect(await dumpSchema(db.name, offline)).toBe(schema)
          }
        }
      })
    },
    180_000,
  )

  it('keeps the rows of branches, merges and dependencies', async () => {
    for (const states of [[], ['a'], ['b'], ['c'], ['b', 'c'], ['d'], ['e'], ['b', 'e'], ['f']]) {
      const scratch = await db.createScratch()
      try {
        if (states.length > 0) await upgradeOnline(scratch, states)
        const script = await writeScript(db.name, ['f'])
        for (const _ of [1, 2]) {
          runByClient(db.name, scratch, script)
          expect(await versionRows(scratch)).toEqual(['f'])
        }
        const made = await scratch.query('SELECT name FROM made ORDER BY name')
        expect(made.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
      } finally {
        await scratch.dispose()
      }
    }
  }, 120_000)

  it('writes any text as it is', async () => {
    const texts = [
      "it's",
      '$sql$ $alembic$ $sql1$',
      '-- no comment',
      'a;b',
      '//',
      'line\nline',
      '# x',
    ]
    const insert = async (): Promise<void> => {
      const table = sa.table('texts', sa.column('value', sa.Text()))
      await op.createTable('texts', sa.Column('value', sa.Text()))
      for (const value of texts) await op.execute(sa.insert(table).values({ value }))
      await op.execute('SELECT 1 -- a comment at the end')
    }
    const scratch = await db.createScratch()
    try {
      const script = await writeScript(db.name, ['a'], insert)
      for (const _ of [1, 2]) runByClient(db.name, scratch, script)
      const rows = await scratch.query('SELECT value FROM texts')
      expect(rows.map(({ value }) => value)).toEqual(texts)
    } finally {
      await scratch.dispose()
    }
  })
})

it('says what can stand under no condition, and where there are no conditions', async () => {
  await expect(writeScript('sqlite', ['a'])).rejects.toThrow(
    /no condition in scripts for sqlite.*alembic upgrade <from>:<to> --sql/,
  )
  const concurrently = { postgresql: { concurrently: true } }
  await expect(
    writeScript('postgresql', ['a'], () => op.createIndex('i', 't', ['x'], concurrently)),
  ).rejects.toThrow(/can't be part of an --idempotent script: CREATE INDEX CONCURRENTLY/)
  await expect(
    writeScript('postgresql', ['a'], () => op.execute('CREATE INDEX CONCURRENTLY i ON t (x)')),
  ).rejects.toThrow(/can't be part of an --idempotent script: CREATE INDEX CONCURRENTLY/)
  await expect(
    writeScript('postgresql', ['a'], async () => {
      await op.getContext().autocommitBlock(() => op.execute('SELECT 1'))
    }),
  ).rejects.toThrow(/'COMMIT;' can't stand under a condition/)
  const trigger = 'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.x = 1; END'
  for (const sql of [trigger, 'CREATE PROCEDURE p() SELECT 1', 'LOCK TABLES t WRITE']) {
    await expect(writeScript('mariadb', ['a'], () => op.execute(sql))).rejects.toThrow(
      /can't (?:be part of an --idempotent script|stand under a condition)/,
    )
  }
})

it('is written for SQL Server in batches', async () => {
  const script = await writeScript('mssql', ['a'], () => op.execute("UPDATE t SET x = 'y'"))
  expect(script).toContain(
    `IF NOT EXISTS (SELECT 1 AS found WHERE OBJECT_ID(N'[alembic_version]', N'U') IS NOT NULL)\n`,
  )
  expect(script).toContain('IF NOT EXISTS (SELECT alembic_version.version_num')
  expect(script).toContain(`  EXEC(N'UPDATE t SET x = ''y''');\n`)
  expect(script).toContain(`END;\n\nGO\n`)
})

const GRAPH: readonly (readonly [id: string, down: readonly string[], dependsOn?: string])[] = [
  ['a', []],
  ['b', ['a']],
  ['c', ['a']],
  ['d', ['b', 'c']],
  ['e', [], 'a'],
  ['f', ['d'], 'e'],
]

function graph(first: MigrationFunction | undefined): RevisionMap<Script> {
  const note = (id: string): MigrationFunction =>
    id === 'a' && first !== undefined
      ? first
      : async () => {
          if (id === 'a') await op.execute('CREATE TABLE made (name VARCHAR(1))')
          await op.execute(`INSERT INTO made VALUES ('${id}')`)
        }
  return new RevisionMap<Script>(() =>
    GRAPH.map(
      ([revision, down, dependsOn]) =>
        new Script({
          revision,
          downRevision: down.length === 0 ? null : down,
          dependsOn: dependsOn ?? null,
          path: `/versions/${revision}.ts`,
          longdoc: '',
          loadFunction: () => Promise.resolve(note(revision)),
        }),
    ),
  )
}

function optionsFor(
  targets: readonly string[],
  first?: MigrationFunction,
): MigrationContextOptions {
  const map = graph(first)
  return {
    fn: (rows) =>
      [...map.iterateRevisions(targets, rows, { implicitBase: true })]
        .toReversed()
        .map((script) => new RevisionStep(map, script, 'upgrade')),
  }
}

async function upgradeOnline(scratch: ScratchDatabase, targets: readonly string[]): Promise<void> {
  const connection = await createEngine(scratch.url).connect()
  try {
    for (const target of targets) {
      const context = await MigrationContext.configure({ connection, ...optionsFor([target]) })
      await context.runMigrations()
    }
  } finally {
    await connection.close()
  }
}

async function writeScript(
  dialectName: string,
  targets: readonly string[],
  first?: MigrationFunction,
): Promise<string> {
  let script = ''
  const context = await MigrationContext.configure({
    dialectName,
    asSql: true,
    idempotent: true,
    literalBinds: true,
    outputBuffer: { write: (text) => (script += text) },
    ...optionsFor(targets, first),
  })
  await context.beginTransaction(() => context.runMigrations())
  return script
}
