import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDialect as createMariadb,
  MariadbImpl,
} from '../../../../src/dialects/mariadb/index.ts'
import { createDialect as createMysql, MysqlImpl } from '../../../../src/dialects/mysql/index.ts'
import { inspect } from '../../../../src/engine/inspect.ts'
import type { ColumnAlteration } from '../../../../src/impl/column-alteration.ts'
import type { MigrationImpl } from '../../../../src/impl/migration-impl.ts'
import { OfflineRecorder } from '../../../../src/engine/offline-recorder.ts'
import { LiveSink, OfflineSink } from '../../../../src/impl/statement-sink.ts'
import * as sa from '../../../../src/sa.ts'
import type { Constraint } from '../../../../src/sql/schema/constraint.ts'
import { toServerDefault } from '../../../../src/sql/schema/server-default.ts'
import { describeMariadb, openScratch, type LiveMariadb } from '../live.ts'

const table = { name: 't', quote: null, schema: null }

/** What `run` writes into a script. */
async function script(run: (impl: MigrationImpl) => Promise<void>): Promise<string> {
  let written = ''
  const output = { write: (text: string) => (written += text) }
  const sink = new OfflineSink((terminators) => new OfflineRecorder(output, terminators))
  await run(new MysqlImpl({ dialect: createMysql(), sink }))
  return written.trim()
}

const alter = (alteration: Partial<ColumnAlteration>): Promise<string> =>
  script((impl) =>
    impl.alterColumn(table, 'c', { existing: {}, dialectOptions: {}, ...alteration }),
  )

describe('altering a column', () => {
  const existing = { type: sa.Integer(), nullable: false, comment: 'old' }

  it('restates all that is known of it', async () => {
    expect(await alter({ type: sa.BigInteger(), existing })).toBe(
      "ALTER TABLE t MODIFY c BIGINT NOT NULL COMMENT 'old';",
    )
    expect(await alter({ nullable: true, existing: { ...existing, autoincrement: true } })).toBe(
      "ALTER TABLE t MODIFY c INTEGER NULL AUTO_INCREMENT COMMENT 'old';",
    )
    expect(await alter({ comment: null, existing })).toBe(
      'ALTER TABLE t MODIFY c INTEGER NOT NULL;',
    )
  })

  it('changes the name with CHANGE', async () => {
    expect(await alter({ newName: 'New', existing })).toBe(
      "ALTER TABLE t CHANGE c `New` INTEGER NOT NULL COMMENT 'old';",
    )
  })

  it('changes a default alone without the rest, but for dates', async () => {
    const serverDefault = toServerDefault('7')
    expect(await alter({ serverDefault })).toBe("ALTER TABLE t ALTER COLUMN c SET DEFAULT '7';")
    expect(await alter({ serverDefault: null })).toBe('ALTER TABLE t ALTER COLUMN c DROP DEFAULT;')
    const now = toServerDefault(sa.text('now()'))
    expect(await alter({ serverDefault: now, existing: { type: sa.DateTime() } })).toBe(
      'ALTER TABLE t CHANGE c c DATETIME NULL DEFAULT now();',
    )
  })

  it('asks for the type that it has to restate', async () => {
    await expect(alter({ nullable: true })).rejects.toThrow(
      'All MySQL CHANGE/MODIFY COLUMN operations require the existing type.',
    )
  })

  it('can make no column a generated one', async () => {
    await expect(alter({ serverDefault: sa.Identity(), existing })).rejects.toThrow(
      'Adding, removing or modifying an "identity" construct',
    )
    await expect(alter({ serverDefault: sa.Computed('a + 1'), existing })).rejects.toThrow(
      'Adding or removing a "computed" construct',
    )
  })

  it('keeps a generated column generated', async () => {
    const computed = {
      type: sa.Integer(),
      serverDefault: sa.Computed('a + 1', { persisted: true }),
    }
    expect(await alter({ comment: 'new', existing: computed })).toBe(
      "ALTER TABLE t MODIFY c INTEGER GENERATED ALWAYS AS (a + 1) STORED COMMENT 'new';",
    )
    await expect(alter({ type: sa.BigInteger(), existing: computed })).rejects.toThrow(
      "Column 'c' is generated",
    )
  })

  it('does nothing where nothing is to change', async () => {
    expect(await alter({ existing })).toBe('')
  })
})

describe('other operations', () => {
  it('leaves alone the CHECK of a type, which has no name of ours', async () => {
    const owner = sa.Table(
      't',
      sa.MetaData(),
      sa.Column('b', sa.Boolean({ createConstraint: true })),
    )
    const [, check] = owner.constraints
    expect(await script((impl) => impl.dropConstraint(check as Constraint))).toBe('')
  })

  it('is called by the names of the reference', () => {
    const output = { write: () => undefined }
    const sink = new OfflineSink((terminators) => new OfflineRecorder(output, terminators))
    expect(new MysqlImpl({ dialect: createMysql(), sink }).implName).toBe('MySQLImpl')
    expect(new MariadbImpl({ dialect: createMariadb(), sink }).implName).toBe('MariaDBImpl')
  })
})

describeMariadb('operations on MariaDB', () => {
  let live: LiveMariadb
  let impl: MigrationImpl

  beforeAll(async () => {
    live = await openScratch()
    const { connection } = live
    impl = new MariadbImpl({
      dialect: connection.dialect,
      sink: new LiveSink(connection),
    })
  })
  afterAll(() => live.dispose())

  it('creates what its SQL says, and alters it', async () => {
    const cars = sa.Table(
      'cars',
      sa.MetaData(),
      sa.Column('id', sa.Integer(), { primaryKey: true }),
      sa.Column('made', sa.DateTime(), { serverDefault: sa.text('now()'), comment: 'when' }),
      sa.Column('name', sa.String(50), { nullable: false, unique: true }),
      sa.Column('ref', sa.Uuid()),
      sa.CheckConstraint("name <> ''", { name: 'ck_name' }),
      { comment: "it's", mariadb: { engine: 'InnoDB', charset: 'utf8mb4' } },
    )
    await impl.createTable(cars)
    const check = cars.constraints.find(({ name }) => name === 'ck_name')
    await impl.dropConstraint(check as Constraint, { ifExists: true })
    await impl.dropConstraint(check as Constraint, { ifExists: true })
    await impl.alterColumn({ name: 'cars', quote: null, schema: null }, 'name', {
      type: sa.String(80),
      newName: 'label',
      existing: { type: sa.String(50), nullable: false },
      dialectOptions: {},
    })
    const found = await (await inspect(live.connection)).reflectTable('cars')
    const { types } = live.connection.dialect
    expect(found.columns.map((column) => [column.name, types.compile(column.type)])).toEqual([
      ['id', 'INTEGER(11)'],
      ['made', 'DATETIME'],
      ['label', 'VARCHAR(80)'],
      ['ref', 'CHAR(32)'],
    ])
    expect(found.columns[1]).toMatchObject({ default: 'current_timestamp()', comment: 'when' })
    expect(found.comment).toBe("it's")
    expect(found.checkConstraints).toEqual([])
  })

  it('takes back what a failed migration did after its last DDL statement', async () => {
    const { connection } = live
    const autocommit = async (): Promise<unknown> =>
      (await connection.execute('SELECT @@autocommit AS autocommit')).rows[0]?.['autocommit']
    await impl.aroundTransaction(async () => {
      await impl.beginTransaction(connection)
      await impl.execute('CREATE TABLE notes (a INT)')
      await impl.execute('INSERT INTO notes VALUES (1)')
      expect(await autocommit()).toBe(0)
      await connection.rollback()
    })
    expect((await connection.execute('SELECT * FROM notes')).rows).toEqual([])
    expect(await autocommit()).toBe(1)
    await impl.aroundTransaction(async () => {
      await impl.beginTransaction(connection)
      await impl.execute('INSERT INTO notes VALUES (2)')
      await impl.commitTransaction(connection)
      expect(await autocommit()).toBe(1)
    })
    expect(await live.scratch.query('SELECT a FROM notes')).toEqual([{ a: 2 }])
  })

  it('takes every backslash and quote back as it was', async () => {
    const text = String.raw`back\slash 'quote' "double" 100%`
    await impl.execute(
      sa.text(
        `CREATE TABLE texts (a VARCHAR(80) DEFAULT ${live.connection.dialect.literals.renderString(text, null).replaceAll(':', String.raw`\:`)})`,
      ),
    )
    await impl.execute(sa.text('INSERT INTO texts () VALUES ()'))
    const { rows } = await live.connection.execute('SELECT a FROM texts')
    expect(rows).toEqual([{ a: text }])
  })
})
