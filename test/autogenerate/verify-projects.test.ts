// `--verify` in projects as users have them: several databases, models in several files, several heads, files that were edited.
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
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import '../../src/index.ts'
import type { Verification } from '../../src/autogenerate/verify/verification.ts'
import { check } from '../../src/command/check.ts'
import { init } from '../../src/command/init.ts'
import { revision, type RevisionOptions } from '../../src/command/revision.ts'
import { upgrade } from '../../src/command/upgrade.ts'
import { Config } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'

// Each proof makes and drops databases.
vi.setConfig({ testTimeout: 60_000 })

const PLACES = {
  postgresql: 'a scratch database',
  mariadb: 'a scratch database',
  sqlite: 'a database in memory',
}
const ID = "sa.Column('id', sa.Integer(), { primaryKey: true })"

let folder: string
let scratches: ScratchDatabase[] = []

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-verify-')))
})

afterEach(async () => {
  for (const scratch of scratches) await scratch.dispose()
  scratches = []
  rmSync(folder, { recursive: true })
})

const write = (path: string, text: string): void => writeFileSync(join(folder, path), text)

const edit = (
  path: string,
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): void => {
  const text = changes.reduce(
    (source, [from, to]) => {
      expect(source).toMatch(from)
      return source.replace(from, () => to)
    },
    readFileSync(join(folder, path), 'utf8'),
  )
  write(path, text)
}

const fileOf = (id: string): string =>
  join(
    'alembic/versions',
    readdirSync(join(folder, 'alembic/versions')).find((name) => name.startsWith(id)) ?? id,
  )

async function verify(
  config: Config,
  revId: string,
  options: RevisionOptions = {},
): Promise<Verification | undefined> {
  let found: Verification | undefined
  await revision(config, {
    autogenerate: true,
    verify: true,
    revId,
    message: 'x',
    onVerified: (verification) => (found = verification),
    ...options,
  })
  return found
}

describeEachDatabase('--verify in a project', (db) => {
  const place = PLACES[db.name]

  const urlOfScratch = async (): Promise<string> => {
    const scratch = await db.createScratch()
    scratches.push(scratch)
    return scratch.url
  }

  /** `alembic init --template multidb`, with what a user fills in. */
  const makeMultidb = async (): Promise<Config> => {
    const file = join(folder, 'alembic.ini')
    const config = (): Config => new Config({ file, stdout: null })
    await init(config(), join(folder, 'alembic'), { template: 'multidb' })
    edit(
      'alembic.ini',
      ['driver://user:pass@localhost/dbname\n', `${await urlOfScratch()}\n`],
      ['driver://user:pass@localhost/dbname2\n', `${await urlOfScratch()}\n`],
    )
    edit(
      'alembic/env.ts',
      // The test has a log of its own.
      ['if (config.configFileName !== null) fileConfig(config.configFileName)', ''],
      [
        'const targetMetadata: Record<string, sa.MetaData> = {}',
        `import { billing, users } from '../models.ts'
const targetMetadata: Record<string, sa.MetaData> = { engine1: users, engine2: billing }`,
      ],
    )
    write(
      'models.ts',
      `import { sa } from 'alembic-ts'
export const users = sa.MetaData()
sa.Table('users', users, ${ID}, sa.Column('name', sa.String(20), { nullable: false }))
export const billing = sa.MetaData()
sa.Table('bills', billing, ${ID}, sa.Column('total', sa.Numeric(10, 2)))
`,
    )
    return config()
  }

  it('tries each database of the template multidb, beside the transactions that are open on them', async () => {
    const config = await makeMultidb()
    const both = { status: 'verified', place: `${place} for each of 2 databases` }
    expect(await verify(config, 'aaa1')).toEqual(both)
    await upgrade(config, 'head')
    expect(await check(config, { verify: true })).toMatchObject({ verification: both })
  })

  it('says which of several databases it failed on', async () => {
    const config = await makeMultidb()
    edit('alembic/env.ts', [
      'targetMetadata: targetMetadata[name] ?? null,\n      })',
      `targetMetadata: targetMetadata[name] ?? null,
        processRevisionDirectives: (_context, _row, [script]) => {
          if (name === 'engine2') script.upgradeOpsList[1].ops.pop()
        },
      })`,
    ])
    await expect(verify(config, 'aaa1')).rejects.toThrow(
      new RegExp(
        `^Verification failed: database 2 of 2, .*: after upgrade\\(\\) there are differences to the models: .*'add_table'.*; the file is kept: `,
      ),
    )
  })

  /** One `alembic.config.ts` and no env file; `models` is what stands there. */
  const makeConfigProject = async (models: string): Promise<Config> => {
    const file = join(folder, 'alembic.config.ts')
    await init(
      new Config({ file: join(folder, 'alembic.ini'), stdout: null }),
      join(folder, 'alembic'),
      {
        template: 'config',
      },
    )
    write(
      'alembic.config.ts',
      `import { defineConfig } from 'alembic-ts'
import { orders } from './orders.ts'
import { users } from './users.ts'
export default defineConfig({ url: '${await urlOfScratch()}', models: ${models}, scriptLocation: 'alembic' })
`,
    )
    write(
      'users.ts',
      `import { sa } from 'alembic-ts'
export const users = sa.MetaData()
export const mood = sa.Enum('sad', 'ok', { name: 'mood' })
export const User = sa.Table('users', users, ${ID}, sa.Column('mood', mood))
`,
    )
    write(
      'orders.ts',
      `import { sa } from 'alembic-ts'
import { mood, User } from './users.ts'
export const orders = sa.MetaData({ namingConvention: { fk: 'fk_%(table_name)s_%(column_0_name)s' } })
sa.Table('orders', orders, ${ID}, sa.Column('mood', mood),
  sa.Column('user_id', sa.Integer(), sa.ForeignKey(User.c.id)))
`,
    )
    return await loadConfig({ files: [file], stdout: null })
  }

  it.each(['[users, orders]', '[orders, users]'])(
    'takes models of several files, MetaData that refer to each other: %s',
    async (models) => {
      const config = await makeConfigProject(models)
      expect(await verify(config, 'aaa1')).toEqual({ status: 'verified', place })
      const source = readFileSync(join(folder, fileOf('aaa1')), 'utf8')
      expect(
        source.match(/(?:create|drop)Table\(\s*'\w+'/g)?.map((call) => call.replace(/\s/g, '')),
      ).toEqual([
        "createTable('users'",
        "createTable('orders'",
        "dropTable('orders'",
        "dropTable('users'",
      ])
      await upgrade(config, 'head')
      expect(await check(config, { verify: true })).toMatchObject({
        verification: { status: 'verified', place },
      })
    },
  )

  it('finds at check what was edited in the file behind the proof', async () => {
    const config = await makeConfigProject('[users]')
    await verify(config, 'aaa1')
    edit(fileOf('aaa1'), [
      "sa.PrimaryKeyConstraint('id')",
      "sa.Column('extra', sa.Text()), sa.PrimaryKeyConstraint('id')",
    ])
    await expect(check(config, { verify: true })).rejects.toThrow(
      'Target database is not up to date.',
    )
    await upgrade(config, 'head')
    await expect(check(config, { verify: true })).rejects.toThrow(
      /'remove_column', null, 'users', Column\('extra'/,
    )
  })

  it('takes the head that is named where there are several', async () => {
    const config = await makeConfigProject('[orders, users]')
    await revision(config, { revId: 'aaa1', message: 'one' })
    await revision(config, { revId: 'bbb2', message: 'other', head: 'base' })
    await upgrade(config, 'heads')
    await expect(verify(config, 'ccc3')).rejects.toThrow('Multiple heads are present')
    expect(await verify(config, 'ccc3', { head: 'bbb2' })).toEqual({ status: 'verified', place })
    await upgrade(config, 'heads')
    expect(await check(config, { verify: true })).toMatchObject({
      verification: { status: 'verified', place },
    })
  })

  it("hands the environment's arguments to the file's functions", async () => {
    const config = await makeConfigProject('[users]')
    write(
      'alembic/env.ts',
      `import { context, createEngine } from 'alembic-ts'
import { users } from '../users.ts'
const connection = await createEngine(${JSON.stringify(scratches[0]?.url)}).connect()
try {
  await context.configure({ connection, targetMetadata: users })
  await context.beginTransaction(() => context.runMigrations({ tenant: 'one' }))
} finally {
  await connection.close()
}
`,
    )
    await init(new Config({ file: join(folder, 'other.ini'), stdout: null }), join(folder, 'other'))
    const template = readFileSync(join(folder, 'other/script.ts.eta'), 'utf8')
    const changed = template.replaceAll(
      /function (up|down)grade\(\): Promise<void> \{/g,
      (start) =>
        `${start.replace('()', '({ tenant }: { tenant: string })')}\n  if (tenant !== 'one') throw new TypeError('no tenant')`,
    )
    expect(changed).not.toBe(template)
    write('alembic/script.ts.eta', changed)
    expect(await verify(config, 'aaa1')).toEqual({ status: 'verified', place })
  })
})
