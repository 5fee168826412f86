import { createDialect } from '../../src/dialects/firebird/compile/index.ts'
import { nameFromCatalog, nameInCatalog } from '../../src/engine/capital-names.ts'
import { connectFirebird, runFirebirdScript } from '../live/firebird.ts'
import type { ForeignKeyFacts, TableFacts } from './facts.ts'
import type { NameRules } from './hostile.ts'
import type { RawConnection, Row } from './raw-connection.ts'
import type { PropertyServer } from './servers.ts'

const { preparer } = createDialect()
const bytes = (text: string): number => Buffer.byteLength(text)
const ours = (name: unknown): string => nameFromCatalog(String(name), preparer)
const quoted = (stored: unknown): string => `"${String(stored).replaceAll('"', '""')}"`
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The catalog is of characters of three bytes at most (UNICODE_FSS), and pads names with spaces. */
const isBasic = (text: string): boolean => /^[\0-\uFFFF]*$/u.test(text)

// What was not quoted is in capitals in the catalog: a name that is given in capitals is read in small letters.
const names: NameRules = {
  fits: (name) => bytes(name) <= 31 && isBasic(name) && !name.endsWith(' ') && ours(name) === name,
  fold: (name) => name,
  pad: (name) => name + 'y'.repeat(Math.max(0, 31 - bytes(name))),
}

export const firebird: PropertyServer<'firebird'> = {
  name: 'firebird',
  database: 'firebird',
  share: 20,
  abilities: {
    names,
    fitsComment: isBasic,
    // A character beyond those is cut to its last 16 bits; where that is half of a surrogate pair, nothing can be read.
    fitsLiteral: (text) =>
      Array.from(text).every(
        (one) => isBasic(one) || ((one.codePointAt(0) ?? 0) & 0xf8_00) !== 0xd8_00,
      ),
    // isql ends lines in its own way.
    fitsScript: (text) => !text.includes('\r'),
    // What the server does by a literal is right, but not what the catalog says of it.
    fitsReflection: isBasic,
    // Spaces at the end make no difference when texts are compared.
    enumValues: { fits: () => true, fold: (text) => text.replace(/ +$/, ''), pad: (text) => text },
    hasSchemas: false,
    hasComments: true,
    hasAlter: true,
    renamesTables: false,
  },
  urlParameters: '',
  dialectOpts: {},
  placeholder: () => '?',
  quoteName: (name) => quoted(nameInCatalog(name, preparer)),
  quoteText,
  connect: (url) => Promise.resolve(connect(url)),
  async reset(raw) {
    const keys = await raw.query(
      `SELECT rdb$relation_name AS tab, rdb$constraint_name AS name
       FROM rdb$relation_constraints WHERE rdb$constraint_type = 'FOREIGN KEY'`,
    )
    for (const { tab, name } of keys) {
      await raw.query(
        `ALTER TABLE ${quoted(trimmed(tab))} DROP CONSTRAINT ${quoted(trimmed(name))}`,
      )
    }
    for (const { name } of await tables(raw)) {
      await raw.query(`DROP TABLE ${quoted(trimmed(name))}`)
    }
  },
  readFacts,
}

/** A table whose CHECKs a connection has run can't be altered by another one: after DELETE a new connection is made. */
function connect(url: string): RawConnection {
  let open: ReturnType<typeof connectFirebird> | undefined
  const close = async (): Promise<void> => {
    await (await open)?.close()
    open = undefined
  }
  return {
    async query(sql, values) {
      const rows = await (await (open ??= connectFirebird(url))).query(sql, values)
      if (sql.startsWith('DELETE')) await close()
      return rows
    },
    script: (sql) => runFirebirdScript(url, sql),
    close,
  }
}

async function tables(raw: RawConnection): Promise<Row[]> {
  return await raw.query(
    `SELECT rdb$relation_name AS name, rdb$description AS comment FROM rdb$relations
     WHERE rdb$system_flag = 0`,
  )
}

async function readFacts(raw: RawConnection): Promise<Record<string, TableFacts>> {
  const facts: Record<string, TableFacts> = {}
  for (const { name, comment } of await tables(raw)) {
    const columns = await raw.query(
      `SELECT rdb$field_name AS name, rdb$description AS comment FROM rdb$relation_fields
       WHERE rdb$relation_name = ? ORDER BY rdb$field_position`,
      [name],
    )
    const constraints = await raw.query(
      `SELECT c.rdb$constraint_name AS name, TRIM(c.rdb$constraint_type) AS kind, s.rdb$field_name AS col,
         u.rdb$relation_name AS tab, us.rdb$field_name AS refcol
       FROM rdb$relation_constraints c
       LEFT JOIN rdb$index_segments s ON s.rdb$index_name = c.rdb$index_name
       LEFT JOIN rdb$ref_constraints r ON r.rdb$constraint_name = c.rdb$constraint_name
       LEFT JOIN rdb$relation_constraints u ON u.rdb$constraint_name = r.rdb$const_name_uq
       LEFT JOIN rdb$index_segments us ON us.rdb$index_name = u.rdb$index_name
       WHERE c.rdb$relation_name = ?`,
      [name],
    )
    const indexes = await raw.query(
      `SELECT i.rdb$index_name AS name FROM rdb$indices i
       LEFT JOIN rdb$relation_constraints c ON c.rdb$index_name = i.rdb$index_name
       WHERE c.rdb$constraint_name IS NULL AND i.rdb$relation_name = ?`,
      [name],
    )
    const ofKind = (kind: string): Row[] => constraints.filter((row) => row['kind'] === kind)
    facts[ours(trimmed(name))] = {
      comment: comment as string | null,
      columns: columns.map((column) => [
        ours(trimmed(column['name'])),
        column['comment'] as string | null,
      ]),
      key: namesOf(ofKind('PRIMARY KEY'))[0] ?? null,
      uniques: namesOf(ofKind('UNIQUE')),
      checks: namesOf(ofKind('CHECK')),
      indexes: namesOf(indexes),
      foreignKeys: ofKind('FOREIGN KEY').map((row): ForeignKeyFacts => {
        const [key, column, table, referred] = [row['name'], row['col'], row['tab'], row['refcol']]
          .map(trimmed)
          .map(ours)
        return [key ?? null, [column ?? ''], table ?? '', [referred ?? '']]
      }),
    }
  }
  return facts
}

function namesOf(rows: readonly Row[]): string[] {
  return rows.map(({ name }) => ours(trimmed(name))).toSorted()
}

/** Names are padded with spaces. */
function trimmed(name: unknown): string {
  return String(name).replace(/ +$/, '')
}
