import type { ByTable, CatalogReader, CatalogScope } from '../../../src/engine/catalog-reader.ts'
import type { Connection } from '../../../src/engine/connection.ts'
import { Inspector } from '../../../src/engine/inspector.ts'
import type {
  ReflectedCheckConstraint,
  ReflectedColumn,
  ReflectedForeignKey,
  ReflectedIndex,
  ReflectedPrimaryKey,
  ReflectedUniqueConstraint,
} from '../../../src/engine/reflected.ts'
import { parseCreateTable } from '../../../src/dialects/sqlite/inspect/create-table.ts'
import { TextClause } from '../../../src/sql/elements/expression.ts'
import { DATETIME, TIMESTAMP } from '../../../src/sql/types/temporal.ts'

/** `UNIQUE (a, b)`, as the reference searches for it: on one line, names in double quotes or none. */
const UNIQUE = /(?:CONSTRAINT\s+(?:"(.+?)"|(\w+))\s+)?UNIQUE\s*\((.+?)\)/gi
/** `a INTEGER UNIQUE`: types with a length, quoted names and other clauses in between escape it. */
const INLINE_UNIQUE =
  /(?:(".+?")|(?:[[`])?([a-z0-9_]+)(?:[\]`])?)[\t ]+[a-z0-9_]+(?:[\t ]+[a-z0-9_]+)*?[\t ]+UNIQUE/gi

/**
 * The inspector of a SQLite database that sees what the reference sees, and no more: it searches stored statements for
 * patterns, where this project parses them. The vectors recorded that; what is read beyond it is tested elsewhere.
 */
export function asRecorded(inspector: Inspector, connection: Connection): Inspector {
  if (connection.dialect.name !== 'sqlite') return inspector
  return new Inspector(new PatternReader(inspector.reader, connection))
}

class PatternReader implements CatalogReader {
  readonly #reader: CatalogReader
  readonly #connection: Connection

  constructor(reader: CatalogReader, connection: Connection) {
    this.#reader = reader
    this.#connection = connection
  }

  readDefaultSchemaName = (): Promise<string | null> => this.#reader.readDefaultSchemaName()
  readSchemaNames = (): Promise<readonly string[]> => this.#reader.readSchemaNames()
  readTempTableNames = async (): Promise<readonly string[]> =>
    (await this.#reader.readTempTableNames?.()) ?? []

  readTableNames(schema: string | null): Promise<readonly string[]> {
    return this.#reader.readTableNames(schema)
  }

  readViewNames(schema: string | null): Promise<readonly string[]> {
    return this.#reader.readViewNames(schema)
  }

  async readViewDefinition(name: string, schema: string | null): Promise<string | null> {
    return (await this.#reader.readViewDefinition?.(name, schema)) ?? null
  }

  async readColumns(scope: CatalogScope): Promise<ByTable<readonly ReflectedColumn[]>> {
    return mapTables(await this.#reader.readColumns(scope), (columns) =>
      columns.map(({ dialectOptions: _, ...column }) => {
        // The number of a DATETIME(6) lands in the place of SQLAlchemy's `timezone`.
        const sized = /^(DATETIME|TIMESTAMP)\(\d+\)$/i.exec(column.declaredType ?? '')?.[1]
        if (sized === undefined) return column
        const options = { timezone: true }
        const isTimestamp = sized.toUpperCase() === 'TIMESTAMP'
        return { ...column, type: isTimestamp ? TIMESTAMP(options) : DATETIME(options) }
      }),
    )
  }

  async readPrimaryKeys(scope: CatalogScope): Promise<ByTable<ReflectedPrimaryKey>> {
    return mapTables(
      await this.#reader.readPrimaryKeys(scope),
      ({ dialectOptions: _, ...key }) => key,
    )
  }

  async readForeignKeys(scope: CatalogScope): Promise<ByTable<readonly ReflectedForeignKey[]>> {
    const statements = await this.#readStatements(scope)
    return mapTables(await this.#reader.readForeignKeys(scope), (foreignKeys, table) => {
      const { foreignKeys: parsed } = parseCreateTable(statements.get(table) ?? '')
      const ofTable = parsed.filter(({ inline }) => !inline).length
      const seen = new Set<string>()
      return foreignKeys.flatMap((foreignKey, at) => {
        const { constrainedColumns, referredTable, referredColumns } = foreignKey
        const signature = JSON.stringify([constrainedColumns, referredTable, referredColumns])
        if (seen.has(signature)) return []
        seen.add(signature)
        const { match: _, ...options } = foreignKey.options
        return [
          at < ofTable ? { ...foreignKey, options } : { ...foreignKey, name: null, options: {} },
        ]
      })
    })
  }

  async readIndexes(scope: CatalogScope): Promise<ByTable<readonly ReflectedIndex[]>> {
    return mapTables(await this.#reader.readIndexes(scope), (indexes) =>
      indexes
        .filter(({ expressions }) => expressions === undefined)
        .map(({ columnSorting: _, dialectOptions, ...index }) => {
          const where = dialectOptions?.['sqlite']?.['where']
          return where instanceof TextClause
            ? { ...index, dialectOptions: { sqlite: { where } } }
            : index
        }),
    )
  }

  async readUniqueConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedUniqueConstraint[]>> {
    const statements = await this.#readStatements(scope)
    const keys = await this.#reader.readPrimaryKeys(scope)
    return mapTables(await this.#reader.readUniqueConstraints(scope), (uniques, table) => {
      const columnLists = [...uniques.map(({ columnNames }) => columnNames)]
      const key = keys.get(table)?.constrainedColumns ?? []
      const open = new Set([...columnLists, key].map((columns) => JSON.stringify(columns)))
      return searchUniques(statements.get(table) ?? '').filter(({ columnNames }) =>
        open.delete(JSON.stringify(columnNames)),
      )
    })
  }

  async readCheckConstraints(
    scope: CatalogScope,
  ): Promise<ByTable<readonly ReflectedCheckConstraint[]>> {
    const statements = await this.#readStatements(scope)
    return mapTables(await this.#reader.readCheckConstraints(scope), (checks, table) => {
      const sql = statements.get(table) ?? ''
      if (!/--|\/\*/.test(sql)) return checks.map(({ dialectOptions: _, ...check }) => check)
      // Comments are searched as well.
      const { checks: found } = parseCreateTable(sql.replaceAll(/--|\/\*|\*\//g, ' '))
      return found.map(({ name, sqltext }) => ({ name, sqltext }))
    })
  }

  async #readStatements({ schema }: CatalogScope): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#connection.execute(
      `SELECT name, sql FROM "${schema ?? 'main'}".sqlite_master WHERE type = 'table'`,
    )
    return new Map(rows.map(({ name, sql }) => [String(name), String(sql)]))
  }
}

function searchUniques(sql: string): ReflectedUniqueConstraint[] {
  const ofTable = [...sql.matchAll(UNIQUE)].map(([, quoted, plain, columns = '']) => ({
    name: quoted ?? plain ?? null,
    columnNames: searchNames(columns),
  }))
  const ofColumns = [...sql.matchAll(INLINE_UNIQUE)].map(([, quoted, plain = '']) => ({
    name: null,
    columnNames: searchNames(quoted ?? plain),
  }))
  return [...ofTable, ...ofColumns]
}

function searchNames(list: string): string[] {
  return [...list.matchAll(/(?:"(.+?)")|([a-z0-9_]+)/gi)].map(
    ([, quoted, plain = '']) => quoted ?? plain,
  )
}

function mapTables<T, U>(tables: ByTable<T>, map: (value: T, table: string) => U): ByTable<U> {
  return new Map([...tables].map(([name, value]) => [name, map(value, name)]))
}
