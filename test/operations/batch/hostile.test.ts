import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import '../../../src/dialects/builtin.ts'
import * as sa from '../../../src/sa.ts'
import { op } from '../../../src/operations/operations.ts'
import { propertyOptions, scriptOf } from '../../property/run.ts'
import { openBatchDatabase } from './batch-database.ts'

/** Names as bad as SQLite takes them: quotes, spaces, keywords, placeholders, any character but NUL. */
const name = fc
  .oneof(
    fc.constantFrom(
      'constructor',
      'order',
      'rowid',
      'desc',
      'and',
      'CHECK',
      'a.b',
      'a"b',
      "a'b",
      'a`b',
      '[a]',
      'a b',
      ' ',
      '%s %(x)s',
      ':x',
      '?1',
      '--',
      '/*',
      ');',
      '\\',
      '\n',
      'Ä',
      'ß',
      '表',
      '😀',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  .filter((text) => !/\p{Surrogate}/u.test(text) && !text.includes('\0') && !/^sqlite_/i.test(text))
  // Rows are objects, which no driver can give a property of that name.
  .filter((text) => text !== '__proto__')

const value = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'))

const world = fc.record({
  table: name,
  names: fc.uniqueArray(name, {
    minLength: 6,
    maxLength: 6,
    selector: (text) => text.toLowerCase(),
  }),
  values: fc.tuple(value, value, value),
})

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

interface World {
  readonly table: string
  readonly names: readonly string[]
  readonly values: readonly [string, string, string]
}

/** A table with a CHECK, a generated column, a default, an index and a trigger, and a row. */
function statementsOf({ table, names, values }: World): string[] {
  const [key = '', text = '', doubled = '', check = '', index = ''] = names
  const t = quoted(table)
  return [
    `CREATE TABLE ${t} (${quoted(key)} INTEGER PRIMARY KEY, ${quoted(text)} TEXT DEFAULT ${literal(values[0])}, ${quoted(doubled)} TEXT AS (${quoted(text)} || ${literal(values[1])}), CONSTRAINT ${quoted(check)} CHECK (${quoted(text)} <> ${literal(`${values[2]}!`)} OR ${quoted(key)} > 0))`,
    `CREATE INDEX ${quoted(`${index}!`)} ON ${t} (${quoted(text)} DESC, lower(${quoted(text)})) WHERE ${quoted(key)} > 0`,
    `CREATE TRIGGER ${quoted(`${check}?`)} AFTER DELETE ON ${t} BEGIN SELECT old.${quoted(key)}; END`,
    `INSERT INTO ${t} (${quoted(key)}, ${quoted(text)}) VALUES (7, ${literal(values[2])})`,
  ]
}

it('names and values of any kind go through a batch on a live database', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { table, names, values } = given
      const [key = '', text = '', doubled = '', , , renamed = ''] = names
      const database = await openBatchDatabase(...statementsOf(given))
      await database.op.batchAlterTable(table, (batchOp) => {
        void batchOp.alterColumn(text, { newColumnName: renamed })
        void batchOp.addColumn(sa.Column('new', sa.Text(), { serverDefault: values[1] }), {
          insertAfter: key,
        })
      })
      const t = quoted(table)
      await database.run(`INSERT INTO ${t} (${quoted(key)}) VALUES (8)`)
      const rows = await database.rows(`SELECT * FROM ${t} ORDER BY 1`)
      // An object's properties that look like numbers come first: the order of the columns is asked for apart.
      expect(rows).toEqual(
        [values[2], values[0]].map((stored, at) => ({
          [key]: 7 + at,
          new: values[1],
          [renamed]: stored,
          [doubled]: stored + values[1],
        })),
      )
      const columns = await database.rows(
        `SELECT name FROM pragma_table_xinfo(${literal(table)}) ORDER BY cid`,
      )
      expect(columns.map((column) => column['name'])).toEqual([key, 'new', renamed, doubled])
      const kept = await database.rows(
        'SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type',
      )
      expect(kept).toEqual([
        { type: 'index', name: `${names[4] ?? ''}!` },
        { type: 'table', name: table },
        { type: 'trigger', name: `${names[3] ?? ''}?` },
      ])
      await database.connection.close()
    }),
    propertyOptions(100),
  )
})

it('and through the script of one', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ table, names, values }) => {
      const [key = '', text = '', constraint = '', , index = '', renamed = ''] = names
      const copyFrom = sa.Table(
        table,
        sa.MetaData(),
        sa.Column(key, sa.Integer(), { primaryKey: true }),
        sa.Column(text, sa.Text(), { serverDefault: values[0] }),
        sa.UniqueConstraint(key, text, { name: constraint }),
      )
      const script = await scriptOf({ dialectName: 'sqlite' }, async () => {
        await op.batchAlterTable(table, { copyFrom }, (batchOp) => {
          void batchOp.alterColumn(text, { newColumnName: renamed, serverDefault: values[1] })
          void batchOp.createIndex(`${index}!`, [key])
        })
      })
      const t = quoted(table)
      const database = new Database(':memory:')
      database.exec(`CREATE TABLE ${t} (${quoted(key)} INTEGER PRIMARY KEY, ${quoted(text)} TEXT)`)
      database.exec(`INSERT INTO ${t} VALUES (1, ${literal(values[2])})`)
      database.exec(script)
      database.exec(`INSERT INTO ${t} (${quoted(key)}) VALUES (2)`)
      expect(database.prepare(`SELECT * FROM ${t} ORDER BY 1`).raw().all()).toEqual([
        [1, values[2]],
        [2, values[1]],
      ])
      expect(database.pragma(`table_info(${t})`)).toMatchObject([{ name: key }, { name: renamed }])
      database.close()
    }),
    propertyOptions(100),
  )
})

const line = value.filter((text) => !text.includes('\n'))
const block = value.filter(
  (text) => !`/*${text}*/`.slice(2, -2).includes('*/') && !text.endsWith('*'),
)

it('comments of any kind stay where they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 5, maxLength: 5 }),
      block,
      async (lines, inner) => {
        const [head = '', first = '', lead = '', second = '', tail = ''] = lines
        const database = await openBatchDatabase(
          `CREATE TABLE t ( --0${head}\n a INTEGER CHECK (a /*6${inner}*/ > 0), --1${first}\n --2${lead}\n b TEXT /*5${inner}*/, c --3${second}\n --4${tail}\n )`,
        )
        await database.op.batchAlterTable('t', { recreate: 'always' }, (batchOp) => {
          void batchOp.alterColumn('b', { newColumnName: 'z', nullable: false })
        })
        const [row] = await database.rows("SELECT sql FROM sqlite_master WHERE name = 't'")
        const sql = String(row?.['sql'])
        const places = [
          `--0${head}`,
          `--1${first}`,
          `--2${lead}`,
          `/*5${inner}*/`,
          `--3${second}`,
          `--4${tail}`,
          `/*6${inner}*/`,
        ].map((comment) => sql.indexOf(comment.trimEnd()))
        expect(places).not.toContain(-1)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        await database.connection.close()
      },
    ),
    propertyOptions(100),
  )
})
