import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { ReflectionError } from '../../src/errors/reflection-error.ts'
import { describeDatabases, describeEachDatabase, type ScratchDatabase } from '../live/servers.ts'
import { AutogenProject } from './environment.ts'

vi.setConfig({ testTimeout: 120_000 })

let scratch: ScratchDatabase

const CREATE = `CREATE TABLE r (id integer NOT NULL PRIMARY KEY, a integer UNIQUE, b integer,
  CONSTRAINT positive CHECK (b > 0), s integer, CONSTRAINT to_s FOREIGN KEY (s) REFERENCES s (id))`

describeDatabases(
  ['postgresql', 'mariadb'],
  'a table that another session makes and drops',
  (db) => {
    let reader: Connection
    let other: Connection

    beforeEach(async () => {
      scratch = await db.createScratch()
      const engine = createEngine(scratch.url)
      ;[reader, other] = [await engine.connect(), await engine.connect()]
      for (const name of ['s', 'u', 'v', 'w']) {
        await other.execute(
          `CREATE TABLE ${name} (id integer NOT NULL PRIMARY KEY, a integer UNIQUE)`,
        )
      }
    })

    afterEach(async () => {
      await reader.close()
      await other.close()
      await scratch.dispose()
    })

    it('is read as a whole, or not at all', async () => {
      let isDone = false
      let rounds = 0
      const run = async (): Promise<void> => {
        while (!isDone) {
          await other.execute(CREATE)
          await setTimeout(rounds % 7)
          await other.execute('DROP TABLE r')
          await setTimeout(rounds % 5)
          rounds += 1
        }
      }
      const running = run()
      let [whole, absent, refused] = [0, 0, 0]
      try {
        for (let at = 0; at < 60; at += 1) {
          const isInTransaction = at % 2 === 0
          if (isInTransaction) await reader.begin()
          const tables = await (
            await inspect(reader)
          )
            .reflectTables()
            .catch((error: unknown) => error)
          // The transaction goes on, whatever happened.
          expect(await reader.execute('SELECT 1 AS one')).toMatchObject({ rows: [{ one: 1 }] })
          if (isInTransaction) await reader.rollback()
          if (!(tables instanceof Map)) {
            expect(tables).toBeInstanceOf(ReflectionError)
            expect(String(tables)).toMatch(/Another session keeps changing .* run this again/)
            refused += 1
            continue
          }
          expect([...tables.keys()].filter((name) => name !== 'r')).toEqual(['s', 'u', 'v', 'w'])
          const r = (
            tables as Awaited<ReturnType<Awaited<ReturnType<typeof inspect>>['reflectTables']>>
          ).get('r')
          if (r === undefined) {
            absent += 1
            continue
          }
          whole += 1
          expect(r.columns.map(({ name }) => name)).toEqual(['id', 'a', 'b', 's'])
          // MariaDB has nothing that tells a table from another of the same name.
          if (db.name === 'mariadb') continue
          expect(r.primaryKey.constrainedColumns).toEqual(['id'])
          expect(r.uniqueConstraints).toHaveLength(1)
          expect(r.checkConstraints.map(({ name }) => name)).toEqual(['positive'])
          expect(r.foreignKeys.map(({ name }) => name)).toEqual(['to_s'])
        }
      } finally {
        isDone = true
        await running
      }
      expect(whole + absent).toBeGreaterThan(0)
      expect(whole + absent + refused).toBe(60)
      expect(rounds).toBeGreaterThan(5)
    })
  },
)

describeEachDatabase('a table that is dropped while autogenerate reads', (db) => {
  let project: AutogenProject

  beforeEach(async () => {
    project = new AutogenProject()
    scratch = await db.createScratch()
  })

  afterEach(async () => {
    await scratch.dispose()
    project.dispose()
  })

  it('is missing, and nothing else', async () => {
    for (const name of ['a', 'b', 'c']) {
      await scratch.query(`CREATE TABLE ${name} (id integer NOT NULL PRIMARY KEY, x integer)`)
    }
    project.write({
      url: scratch.url,
      models: `const targetMetadata = sa.MetaData()
for (const name of ['a', 'b', 'c']) sa.Table(name, targetMetadata, sa.Column('id', sa.Integer(), { primaryKey: true }), sa.Column('x', sa.Integer()))
const other = await createEngine('${scratch.url}').connect()
let dropped`,
      options: `includeName: (_name, type) => {
        if (type === 'table') dropped ??= other.execute('DROP TABLE b').catch(() => undefined)
        return true
      }`,
    })
    await project.generate('aaa1')
    const [upgrade = ''] = project.source('aaa1').split('export async function downgrade')
    expect(upgrade.match(/await op\.\w+/g)).toEqual(
      expect.arrayContaining(db.name === 'sqlite' ? [] : ['await op.createTable']),
    )
    expect(upgrade).not.toMatch(/op\.(?:addColumn|createPrimaryKey|dropTableComment|alterColumn)/)
  })
})
