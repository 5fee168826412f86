// docs/inspector.md: every method is there, and answers as it says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../src/dialects/builtin.ts'
import type { Connection } from '../../src/engine/connection.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { Inspector } from '../../src/engine/inspector.ts'
import { NoSuchTableError, ReflectionError } from '../../src/errors/reflection-error.ts'
import * as sa from '../../src/sa.ts'
import { describeDatabases, type ScratchDatabase } from '../live/servers.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/inspector.md'), 'utf8')

it('every method has a row', () => {
  const methods = Object.getOwnPropertyNames(Inspector.prototype).filter(
    (name) => name !== 'constructor',
  )
  const rows = new Set([...page.matchAll(/^\| `(\w+)\(/gm)].map(([, name = '']) => name))
  expect([...rows].toSorted()).toEqual(methods.toSorted())
})

describeDatabases(['postgresql', 'mariadb', 'sqlite'], 'the inspector', (db) => {
  let scratch: ScratchDatabase
  let connection: Connection
  let inspector: Inspector

  beforeEach(async () => {
    scratch = await db.createScratch()
    connection = await createEngine(scratch.url).connect()
    inspector = await sa.inspect(connection)
  })

  afterEach(async () => {
    await connection.close()
    await scratch.dispose()
  })

  it('says of what is not there that it is not', async () => {
    await connection.execute('CREATE TABLE t (id INTEGER)')
    for (const read of [
      () => inspector.getColumns('nowhere'),
      () => inspector.getPkConstraint('nowhere'),
      () => inspector.getForeignKeys('nowhere'),
      () => inspector.getIndexes('nowhere'),
      () => inspector.getUniqueConstraints('nowhere'),
      () => inspector.getCheckConstraints('nowhere'),
      () => inspector.getTableOptions('nowhere'),
      () => inspector.reflectTable('nowhere'),
    ]) {
      await expect(read()).rejects.toThrow(NoSuchTableError)
    }
    const comment = inspector.getTableComment('nowhere')
    await expect(comment).rejects.toThrow(
      db.name === 'sqlite' ? 'This database has no table comments' : NoSuchTableError,
    )
    await expect(comment).rejects.toThrow(ReflectionError)
    expect(await inspector.hasTable('nowhere')).toBe(false)
    expect(await inspector.getViewDefinition('nowhere')).toBe(null)
    if (db.name !== 'sqlite') expect(await inspector.getTableComment('t')).toBe(null)
  })

  it('has kinds of things that the database has, and else none', async () => {
    const isPostgresql = db.name === 'postgresql'
    for (const sql of [
      'CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, price NUMERIC(10, 2) DEFAULT 1 CHECK (price > 0))',
      'CREATE VIEW v AS SELECT id FROM t',
      'CREATE TEMPORARY TABLE tt (id INTEGER)',
      ...(isPostgresql
        ? [
            'CREATE MATERIALIZED VIEW mv AS SELECT id FROM t',
            'CREATE SEQUENCE s',
            "CREATE TYPE mood AS ENUM ('sad', 'ok')",
            'CREATE DOMAIN posint AS integer NOT NULL CONSTRAINT positive CHECK (VALUE > 0)',
            "COMMENT ON TABLE t IS 'things'",
          ]
        : []),
    ])
      await connection.execute(sql)
    expect(await inspector.getTableNames()).toEqual(['t'])
    expect(await inspector.getViewNames()).toEqual(['v'])
    expect(await inspector.getTempTableNames()).toEqual(db.name === 'mariadb' ? [] : ['tt'])
    expect(await inspector.getMaterializedViewNames()).toEqual(isPostgresql ? ['mv'] : [])
    expect(await inspector.getSequenceNames()).toEqual(isPostgresql ? ['s'] : [])
    expect(await inspector.getEnums()).toEqual(
      isPostgresql
        ? [{ name: 'mood', schema: 'public', visible: true, labels: ['sad', 'ok'] }]
        : [],
    )
    expect(await inspector.getDomains()).toMatchObject(
      isPostgresql
        ? [
            {
              name: 'posint',
              nullable: false,
              constraints: [{ name: 'positive', check: 'VALUE > 0' }],
            },
          ]
        : [],
    )
    expect(await inspector.getViewDefinition('v')).toMatch(/select/i)
    const table = await inspector.reflectTable('t')
    expect(Object.keys(table).toSorted()).toEqual([
      'checkConstraints',
      'columns',
      'comment',
      'foreignKeys',
      'indexes',
      'name',
      'options',
      'primaryKey',
      'schema',
      'uniqueConstraints',
    ])
    expect(table.columns.map(({ name, check }) => [name, check ?? null])).toEqual([
      ['id', null],
      ['price', db.name === 'mariadb' ? '`price` > 0' : null],
    ])
    expect((await inspector.getCheckConstraints('t')).length).toBe(db.name === 'mariadb' ? 0 : 1)
    if (isPostgresql) expect(await inspector.getTableComment('t')).toBe('things')
    const views = await inspector.reflectTables({ views: true })
    expect(views.has('v')).toBe(true)
    expect((await inspector.reflectTables()).has('v')).toBe(false)
    await connection.execute('CREATE TABLE later (id INTEGER)')
    expect(await inspector.getTableNames()).toEqual(['t'])
    inspector.clearCache()
    expect(await inspector.getTableNames()).toEqual(['later', 't'])
  })
})
