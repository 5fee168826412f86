// A database that Python's Alembic has brought to a revision is ours from there on, and the other way round. Both sides have
// the same revisions, each in its own language; what either leaves behind is compared in the server's catalog.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dumpSchema } from '../examples/schema-dump.ts'
import { describeWithReference, type Reference } from './reference.ts'
import { describeEachDatabase, type LiveDatabase, type ScratchDatabase } from './servers.ts'

const bin = join(import.meta.dirname, '../../dist/cli/bin.js')

interface Side {
  /** Runs a command and expects exit status 0. */
  alembic(...args: readonly string[]): string
  dispose(): void
}

describeWithReference('take-over', (reference) => {
  describeEachDatabase('of a database', (db) => {
    const withSides = async (
      work: (python: Side, ours: Side, scratch: ScratchDatabase) => Promise<void>,
    ): Promise<void> => {
      const scratch = await db.createScratch()
      const [python, ours] = [pythonSide(reference, scratch), ourSide(scratch)]
      try {
        await work(python, ours, scratch)
      } finally {
        python.dispose()
        ours.dispose()
        await scratch.dispose()
      }
    }

    it('upgraded by Python is upgraded and downgraded here', async () => {
      await withSides(async (python, ours, scratch) => {
        python.alembic('upgrade', 'aaa111')
        expect(ours.alembic('current')).toBe('aaa111\n')
        ours.alembic('upgrade', 'head')
        expect(await versions(scratch)).toEqual(['bbb222'])
        expect(python.alembic('current')).toBe('bbb222 (head)\n')
        ours.alembic('downgrade', 'base')
        expect(await versions(scratch)).toEqual([])
        expect(python.alembic('current')).toBe('')
      })
    }, 60_000)

    it('upgraded here is upgraded and downgraded by Python', async () => {
      await withSides(async (python, ours, scratch) => {
        ours.alembic('upgrade', 'aaa111')
        expect(python.alembic('current')).toBe('aaa111\n')
        python.alembic('upgrade', 'head')
        expect(await versions(scratch)).toEqual(['bbb222'])
        expect(ours.alembic('current')).toBe('bbb222 (head)\n')
        python.alembic('downgrade', 'base')
        expect(await versions(scratch)).toEqual([])
        expect(ours.alembic('current')).toBe('')
      })
    }, 60_000)

    it('stamped by either is known to the other', async () => {
      await withSides(async (python, ours, scratch) => {
        python.alembic('stamp', 'bbb222')
        expect(ours.alembic('current')).toBe('bbb222 (head)\n')
        ours.alembic('stamp', 'aaa111')
        expect(python.alembic('current')).toBe('aaa111\n')
        python.alembic('stamp', 'base')
        ours.alembic('stamp', 'heads')
        expect(await versions(scratch)).toEqual(['bbb222'])
      })
    }, 60_000)

    it('has the same version table and the same tables, whoever made them', async () => {
      const dumps: string[] = []
      for (const pick of ['python', 'ours'] as const) {
        await withSides(async (python, ours, scratch) => {
          const side = { python, ours }[pick]
          side.alembic('upgrade', 'head')
          const dump = await dumpSchema(db.name, scratch)
          // SQLAlchemy 1.4, which Debian 12 has, puts parentheses around it on SQLite; 2.0 doesn't.
          const tables = dump.replace('DEFAULT (CURRENT_TIMESTAMP)', 'DEFAULT CURRENT_TIMESTAMP')
          // SQLAlchemy indents by tabs, which SQLite keeps.
          const version = (await versionTable(db.name, scratch)).replaceAll('\\t', '    ')
          dumps.push(`${version}\n${tables}`)
        })
      }
      expect(dumps[1]).toBe(dumps[0])
      expect(dumps[0]).toContain('alembic_version')
    }, 60_000)
  })
})

async function versions(scratch: ScratchDatabase): Promise<unknown[]> {
  return (await scratch.query('SELECT version_num FROM alembic_version')).map(
    (row) => row['version_num'],
  )
}

/** The version table in the server's own words. */
async function versionTable(
  database: LiveDatabase['name'],
  scratch: ScratchDatabase,
): Promise<string> {
  switch (database) {
    case 'sqlite': {
      const sql = "SELECT sql FROM sqlite_master WHERE name = 'alembic_version'"
      return JSON.stringify(await scratch.query(sql))
    }
    case 'mariadb':
      return JSON.stringify(await scratch.query('SHOW CREATE TABLE alembic_version'))
    case 'postgresql': {
      const columns = await scratch.query(
        `SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
         FROM information_schema.columns WHERE table_name = 'alembic_version'`,
      )
      const constraints = await scratch.query(
        `SELECT conname, pg_get_constraintdef(oid) AS definition
         FROM pg_constraint WHERE conrelid = 'alembic_version'::regclass`,
      )
      return JSON.stringify([columns, constraints])
    }
  }
}

function pythonSide(reference: Reference, scratch: ScratchDatabase): Side {
  const folder = makeFolder()
  writeFileSync(join(folder, 'alembic.ini'), iniFile(pythonUrl(scratch.url)))
  writeFileSync(join(folder, 'alembic/env.py'), pythonEnv)
  for (const { id, down, python } of revisions) {
    writeFileSync(
      join(folder, `alembic/versions/${id}.py`),
      `from alembic import op\nimport sqlalchemy as sa\n\nrevision = '${id}'\n` +
        `down_revision = ${down === null ? 'None' : `'${down}'`}\n\n${python}`,
    )
  }
  return {
    alembic: (...args) => {
      return outputOf(reference.run(args, folder))
    },
    dispose: () => rmSync(folder, { recursive: true }),
  }
}

function ourSide(scratch: ScratchDatabase): Side {
  const folder = makeFolder()
  writeFileSync(join(folder, 'alembic.ini'), iniFile(scratch.url))
  writeFileSync(join(folder, 'alembic/env.ts'), ourEnv)
  for (const { id, down, typescript } of revisions) {
    writeFileSync(
      join(folder, `alembic/versions/${id}.ts`),
      `import { op, sa } from 'alembic-ts'\n\nexport const revision = '${id}'\n` +
        `export const downRevision = ${down === null ? 'null' : `'${down}'`}\n\n${typescript}`,
    )
  }
  return {
    alembic: (...args) => {
      return outputOf(spawnSync('node', [bin, ...args], { cwd: folder, encoding: 'utf8' }))
    },
    dispose: () => rmSync(folder, { recursive: true }),
  }
}

function outputOf({ status, stdout, stderr }: SpawnSyncReturns<string>): string {
  if (status !== 0) throw new Error(`exit status ${status}: ${stdout}${stderr}`)
  return stdout
}

function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-ts-takeover-')))
  mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
  return folder
}

function iniFile(url: string): string {
  return `[alembic]\nscript_location = alembic\nsqlalchemy.url = ${url.replaceAll('%', '%%')}\n`
}

/** SQLAlchemy takes psycopg2 for PostgreSQL by itself, but MySQLdb for MariaDB. */
function pythonUrl(url: string): string {
  return url.replace(/^mariadb:/, 'mariadb+pymysql:')
}

const revisions = [
  {
    id: 'aaa111',
    down: null,
    python: `def upgrade():
    op.create_table(
        'dogs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(50), server_default='Rex', nullable=False),
        sa.Column('born', sa.DateTime(), server_default=sa.func.now()),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('name', name='uq_dogs_name'),
    )


def downgrade():
    op.drop_table('dogs')
`,
    typescript: `export async function upgrade() {
  await op.createTable(
    'dogs',
    sa.Column('id', sa.Integer(), { nullable: false }),
    sa.Column('name', sa.String(50), { serverDefault: 'Rex', nullable: false }),
    sa.Column('born', sa.DateTime(), { serverDefault: sa.func.now() }),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name', { name: 'uq_dogs_name' }),
  )
}

export async function downgrade() {
  await op.dropTable('dogs')
}
`,
  },
  {
    id: 'bbb222',
    down: 'aaa111',
    python: `def upgrade():
    op.add_column('dogs', sa.Column('weight', sa.Numeric(5, 2)))
    op.create_index('ix_dogs_born', 'dogs', ['born'])


def downgrade():
    op.drop_index('ix_dogs_born', table_name='dogs')
    with op.batch_alter_table('dogs') as batch:
        batch.drop_column('weight')
`,
    typescript: `export async function upgrade() {
  await op.addColumn('dogs', sa.Column('weight', sa.Numeric(5, 2)))
  await op.createIndex('ix_dogs_born', 'dogs', ['born'])
}

export async function downgrade() {
  await op.dropIndex('ix_dogs_born', { tableName: 'dogs' })
  await op.batchAlterTable('dogs', async (batch) => {
    await batch.dropColumn('weight')
  })
}
`,
  },
] as const

const pythonEnv = `from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config
engine = engine_from_config(config.get_section(config.config_ini_section), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`

const ourEnv = `import { context, engineFromConfig } from 'alembic-ts'

const { config } = context
const engine = engineFromConfig(config.getSection(config.configIniSection, {}))
const connection = await engine.connect()
try {
  await context.configure({ connection })
  await context.beginTransaction(() => context.runMigrations())
} finally {
  await connection.close()
}
`
