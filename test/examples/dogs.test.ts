// The walk of examples/dogs/README.md by the built command. The committed revision files are what it generates.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { MetaData } from '../../src/sql/schema/metadata.ts'
import { describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { dumpDirectCreate } from './direct-create.ts'
import { copyExample } from './example-project.ts'
import { dumpSchema } from './schema-dump.ts'

const laterColumns = `  sa.Column('weight', sa.Float()),\n  sa.Column('height', sa.Float()),\n`

describeEachDatabase('examples/dogs', (db) => {
  it('makes a revision, upgrades, changes the model, makes another, upgrades, and goes back', async () => {
    const [scratch, direct] = [await db.createScratch(), await db.createScratch()]
    const dogs = copyExample('dogs', environmentOf(scratch))
    const created = async (): Promise<string> => {
      const { metadata } = await dogs.importModels()
      return await dumpDirectCreate(db.name, direct, metadata as MetaData)
    }
    const migrated = (): Promise<string> => dumpSchema(db.name, scratch)
    try {
      rmSync(join(dogs.folder, dogs.versions), { recursive: true })
      const empty = await migrated()

      dogs.edit('src/models.ts', [laterColumns, ''])
      dogs.generate('5ad1f0c29b31', 'create dogs')
      dogs.alembic('upgrade', 'head')
      const first = await migrated()
      expect(first).toBe(await created())

      dogs.edit('src/models.ts', [
        `sa.Date().$type<string>()),\n`,
        `sa.Date().$type<string>()),\n${laterColumns}`,
      ])
      dogs.generate('c83e2a4f7d06', 'weight and height')
      dogs.alembic('upgrade', 'head')
      expect(await migrated()).toBe(await created())
      expect(dogs.alembic('check').stdout).toBe('No new upgrade operations detected.\n')
      expect(dogs.alembic('current').stdout).toBe('c83e2a4f7d06 (head)\n')

      // MariaDB has no INSERT … RETURNING in Kysely's MySQL dialect: the application is for the other two.
      if (db.name !== 'mariadb') {
        const rex = { id: 1, name: 'Rex', birthday: '2019-05-04', weight: 31.5, height: 62 }
        const printed = dogs.run('src/main.ts').replace(/\s+/g, ' ')
        expect(printed).toContain(
          `{ id: ${rex.id}, name: '${rex.name}', birthday: '${rex.birthday}', weight: 31.5, height: 62 } [`,
        )
        expect(printed).toContain("{ id: 2, name: 'Laika', birthday: null, weight: null")
      }

      dogs.alembic('downgrade', '-1')
      expect(await migrated()).toBe(first)
      dogs.alembic('downgrade', 'base')
      expect(await migrated()).toBe(empty)
    } finally {
      dogs.dispose()
      await Promise.all([scratch.dispose(), direct.dispose()])
    }
  }, 60_000)
})

it('examples/dogs passes the type checker and the linter', () => {
  const dogs = copyExample('dogs')
  dogs.expectClean()
  dogs.dispose()
}, 60_000)

/** PostgreSQL by the variables of its own tools, as the README says; SQLite and MariaDB by URL. */
function environmentOf({ url }: ScratchDatabase): Record<string, string> {
  if (!url.startsWith('postgresql:')) return { DATABASE_URL: url }
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    DATABASE_URL: '',
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
  }
}
