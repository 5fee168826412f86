import type { Inspector } from '../../src/engine/inspector.ts'
import type { Model } from './schema.ts'
import type { RawConnection, Row } from './raw-connection.ts'

/** What a catalog says of a table. Lists of names are sorted. */
export interface TableFacts {
  readonly comment: string | null
  /** In their order, with their comments. */
  readonly columns: readonly (readonly [name: string, comment: string | null])[]
  readonly key: string | null
  readonly uniques: readonly string[]
  readonly checks: readonly string[]
  readonly indexes: readonly string[]
  readonly foreignKeys: readonly ForeignKeyFacts[]
}

/** Name, columns, referred table and its columns. */
export type ForeignKeyFacts = readonly [
  name: string | null,
  columns: readonly string[],
  table: string,
  referred: readonly string[],
]

/** What Inspector says. */
export async function inspectedFacts(
  inspector: Inspector,
  { schema }: Model,
): Promise<Readonly<Record<string, TableFacts>>> {
  inspector.clearCache()
  const tables = await inspector.reflectTables({ schema })
  const facts = [...tables].map(([name, table]): [string, TableFacts] => [
    name,
    {
      comment: table.comment,
      columns: table.columns.map((column) => [column.name, column.comment ?? null]),
      key: table.primaryKey.name,
      uniques: sorted(table.uniqueConstraints.map((unique) => unique.name)),
      checks: sorted(table.checkConstraints.map((check) => check.name)),
      // Where unique constraints are indexes, they are told twice.
      indexes: sorted(table.indexes.filter(({ unique }) => !unique).map((index) => index.name)),
      foreignKeys: table.foreignKeys.map((key) => [
        key.name,
        key.constrainedColumns,
        key.referredTable,
        key.referredColumns,
      ]),
    },
  ])
  return Object.fromEntries(facts)
}

export async function postgresqlFacts(
  raw: RawConnection,
  { schema }: Model,
): Promise<Record<string, TableFacts>> {
  const tables = await raw.query(
    `SELECT c.oid::int4 AS id, c.relname AS name, obj_description(c.oid, 'pg_class') AS comment
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = $1`,
    [schema],
  )
  const facts: Record<string, TableFacts> = {}
  for (const { id, name, comment } of tables) {
    const columns = await raw.query(
      `SELECT attname AS name, col_description(attrelid, attnum) AS comment FROM pg_attribute
       WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      [id],
    )
    const constraints = await raw.query(
      `SELECT conname AS name, contype AS kind, confrelid::int4 AS referred,
         (SELECT relname FROM pg_class WHERE oid = confrelid) AS table,
         (SELECT json_agg(attname) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns,
         (SELECT json_agg(attname) FROM pg_attribute WHERE attrelid = confrelid AND attnum = ANY (confkey)) AS referred_columns
       FROM pg_constraint WHERE conrelid = $1`,
      [id],
    )
    const indexes = await raw.query(
      `SELECT relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
       WHERE indrelid = $1 AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
      [id],
    )
    const ofKind = (kind: string): Row[] => constraints.filter((row) => row['kind'] === kind)
    facts[String(name)] = {
      comment: comment as string | null,
      columns: columns.map((column) => [
        String(column['name']),
        column['comment'] as string | null,
      ]),
      key: (ofKind('p')[0]?.['name'] ?? null) as string | null,
      uniques: sorted(names(ofKind('u'))),
      checks: sorted(names(ofKind('c'))),
      indexes: sorted(names(indexes)),
      foreignKeys: ofKind('f').map(
        (row) =>
          [row['name'], row['columns'], row['table'], row['referred_columns']] as ForeignKeyFacts,
      ),
    }
  }
  return facts
}

export async function mariadbFacts(raw: RawConnection): Promise<Record<string, TableFacts>> {
  const ask = (columns: string, from: string, table: unknown, order = '1'): Promise<Row[]> =>
    raw.query(
      `SELECT ${columns} FROM information_schema.${from} AND table_name = ? ORDER BY ${order}`,
      [table],
    )
  const tables = await raw.query(
    'SELECT table_name AS name, table_comment AS comment FROM information_schema.tables WHERE table_schema = DATABASE()',
  )
  const facts: Record<string, TableFacts> = {}
  for (const { name, comment } of tables) {
    const columns = await ask(
      'column_name AS name, column_comment AS comment',
      'columns WHERE table_schema = DATABASE()',
      name,
      'ordinal_position',
    )
    const constraints = await ask(
      'constraint_name AS name, constraint_type AS kind',
      'table_constraints WHERE constraint_schema = DATABASE()',
      name,
    )
    const indexes = await ask(
      'DISTINCT index_name AS name',
      'statistics WHERE table_schema = DATABASE() AND non_unique = 1',
      name,
    )
    const keys = await ask(
      'constraint_name AS name, column_name AS col, referenced_table_name AS tab, referenced_column_name AS refcol',
      'key_column_usage WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL',
      name,
    )
    const ofKind = (kind: string): string[] =>
      sorted(names(constraints.filter((row) => row['kind'] === kind)))
    facts[String(name)] = {
      comment: textOrNull(comment),
      columns: columns.map((column) => [String(column['name']), textOrNull(column['comment'])]),
      key: null,
      uniques: ofKind('UNIQUE'),
      checks: ofKind('CHECK'),
      indexes: sorted(names(indexes)),
      foreignKeys: keys.map(
        (row) => [row['name'], [row['col']], row['tab'], [row['refcol']]] as ForeignKeyFacts,
      ),
    }
  }
  return facts
}

/** The catalog names tables, columns and indexes; names of constraints stand only in the stored statement. */
export async function sqliteFacts(
  raw: RawConnection,
  model: Model,
): Promise<Record<string, TableFacts>> {
  const tables = await raw.query(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'",
  )
  const facts: Record<string, TableFacts> = {}
  for (const { name, sql } of tables) {
    const has = (constraint: string): boolean =>
      [
        `"${constraint.replaceAll('"', '""')}"`,
        ...(/^[\w$]+$/.test(constraint) ? [constraint] : []),
      ].some((written) => String(sql).includes(`CONSTRAINT ${written} `))
    const columns = await raw.query('SELECT name FROM pragma_table_xinfo(?)', [name])
    const indexes = await raw.query("SELECT name FROM pragma_index_list(?) WHERE origin = 'c'", [
      name,
    ])
    const keys = await raw.query('SELECT * FROM pragma_foreign_key_list(?)', [name])
    facts[String(name)] = {
      comment: null,
      columns: columns.map((column) => [String(column['name']), null]),
      key: has(model.key) ? model.key : null,
      uniques: [model.unique].filter(has),
      checks: sorted([model.check, model.textCheck, model.enumName].filter(has)),
      indexes: sorted(names(indexes)),
      foreignKeys: keys.map(
        (row) =>
          [
            has(model.foreignKey) ? model.foreignKey : null,
            [row['from']],
            row['table'],
            [row['to']],
          ] as ForeignKeyFacts,
      ),
    }
  }
  return facts
}

/** What both catalogs must say of the model. */
export function expectedFacts(
  m: Model,
  has: { readonly comments: boolean; readonly nativeEnum: boolean; readonly keyNames: boolean },
): Record<string, TableFacts> {
  return {
    [m.parent]: {
      comment: has.comments ? m.tableComment : null,
      columns: [
        [m.id, null],
        [m.code, has.comments ? m.columnComment : null],
        [m.kind, null],
        [m.added, null],
      ],
      key: has.keyNames ? m.key : null,
      uniques: [],
      checks: sorted([m.check, m.textCheck, ...(has.nativeEnum ? [] : [m.enumName])]),
      indexes: [m.index],
      foreignKeys: [],
    },
    [m.child]: {
      comment: null,
      columns: [[m.ref, null]],
      key: null,
      uniques: [m.unique],
      checks: [],
      indexes: [],
      foreignKeys: [[m.foreignKey, [m.ref], m.parent, [m.id]]],
    },
  }
}

function names(rows: readonly Row[]): string[] {
  return rows.map((row) => String(row['name']))
}

function sorted(list: readonly (string | null)[]): string[] {
  return list.map(String).toSorted()
}

/** MariaDB keeps no difference between no comment and an empty one. */
function textOrNull(value: unknown): string | null {
  return value === '' || value === null ? null : (value as string)
}
