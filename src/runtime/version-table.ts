import { CommandError } from '../errors/command-error.ts'
import type { Connection } from '../engine/connection.ts'
import { loadDialect } from '../engine/registry.ts'
import { RevisionError } from '../errors/revision-error.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { RowEdit } from '../script/head-maintainer.ts'
import { inlineLiteral } from '../sql/elements/factories.ts'
import { delete_, insert, select, update } from '../sql/elements/statements.ts'
import type { TableClass } from '../sql/schema/table.ts'

/** Where the rows are kept. */
export interface VersionTableOptions {
  readonly name: string
  readonly schema: string | null
  readonly primaryKey: boolean
}

/** The table that says where a database stands: one row per head, its name `alembic_version` unless configured. */
export class VersionTable {
  readonly options: VersionTableOptions
  readonly table: TableClass
  readonly #impl: MigrationImpl
  readonly #connection: Connection | null

  constructor(impl: MigrationImpl, connection: Connection | null, options: VersionTableOptions) {
    this.options = options
    this.#impl = impl
    this.#connection = connection
    this.table = impl.versionTable(options.name, options.schema, options.primaryKey)
  }

  /** Whether the database has the table. */
  async exists(): Promise<boolean> {
    if (this.#connection === null) return false
    const { name, schema } = this.options
    const engine = await loadDialect(this.#connection.dialect.name)
    return await engine.createInspector(this.#connection).hasTable(name, schema)
  }

  /** Makes the table, without asking whether it is there. */
  async create({ ifNotExists = false }: { readonly ifNotExists?: boolean } = {}): Promise<void> {
    await this.#impl.createTable(this.table, { ifNotExists })
  }

  /** A SELECT that gives a row where one of the versions is in the table. */
  anyOf(versions: readonly string[]): string {
    const column = this.#column()
    const { sql } = this.#impl.dialect.sql.compile(
      select(column)
        .selectFrom(this.table)
        .where(column.in(versions.map((version) => inlineLiteral(version)))),
      { literalBinds: true },
    )
    return sql
  }

  /** Puts `version` in the place of those of `before` that are there. */
  async replace(before: readonly string[], version: string): Promise<void> {
    const column = this.#column()
    if (before.length > 0) {
      const gone = column.in(before.map((version) => inlineLiteral(version)))
      await this.#impl.execute(delete_(this.table).where(gone), { literalBinds: true })
    }
    await this.apply({ kind: 'insert', version })
  }

  /** Makes the table unless it is there. */
  async ensure(): Promise<void> {
    if (!(await this.exists())) await this.create()
  }

  /**
   * The rows, in the database's order; none where the table is missing.
   *
   * @throws RevisionError where a row is not text
   */
  async readRows(): Promise<readonly string[]> {
    if (this.#connection === null || !(await this.exists())) return []
    const column = this.#column()
    const { sql } = this.#impl.dialect.sql.compile(select(column).selectFrom(this.table))
    const { rows } = await this.#connection.execute(sql)
    return rows.map((row) => {
      const value = Object.values(row)[0]
      if (typeof value === 'string') return value
      throw new RevisionError(
        `revision identifier ${String(value)} is not a string; ensure database driver settings are correct`,
      )
    })
  }

  /** Removes all rows. */
  async clear(): Promise<void> {
    await this.#impl.execute(delete_(this.table))
  }

  /**
   * Carries out one change of the rows.
   *
   * @throws CommandError where the row to change is not there
   */
  async apply(edit: RowEdit): Promise<void> {
    const column = this.#column()
    const { name } = this.options
    switch (edit.kind) {
      case 'insert':
        await this.#impl.execute(
          insert(this.table).values({ version_num: inlineLiteral(edit.version) }),
        )
        return
      case 'delete': {
        const statement = delete_(this.table).where(column.eq(inlineLiteral(edit.version)))
        const count = await this.#impl.execute(statement)
        assertOne(count?.rowCount, `deleting '${edit.version}' in '${name}'`)
        return
      }
      case 'update': {
        const statement = update(this.table)
          .values({ version_num: inlineLiteral(edit.to) })
          .where(column.eq(inlineLiteral(edit.from)))
        const count = await this.#impl.execute(statement)
        assertOne(count?.rowCount, `updating '${edit.from}' to '${edit.to}' in '${name}'`)
      }
    }
  }

  #column(): TableClass['columns'][number] {
    const column = this.table.findColumn('version_num')
    if (column !== undefined) return column
    throw new CommandError(`The version table '${this.options.name}' has no column 'version_num'`)
  }

  /**
   * Refuses an id that the column can't hold: SQLite and some modes of MySQL would take it, or cut it off, without a
   * word. A column that somebody made wider counts as it is.
   */
  async assertFits(version: string): Promise<void> {
    const declared = lengthOf(this.#column().type)
    if (declared === null || version.length <= declared) return
    const { name, schema } = this.options
    let actual: number | null = declared
    if (this.#connection !== null && (await this.exists())) {
      const engine = await loadDialect(this.#connection.dialect.name)
      const columns = await engine.createInspector(this.#connection).getColumns(name, schema)
      const column = columns.find((candidate) => candidate.name === 'version_num')
      actual = column === undefined ? declared : lengthOf(column.type)
    }
    if (actual === null || version.length <= actual) return
    throw new CommandError(
      `Revision id '${version}' has ${version.length} characters, but ${name}.version_num holds ${actual}; give the revision a shorter id, or widen the column`,
    )
  }
}

function lengthOf(type: object): number | null {
  return (type as { readonly length?: number }).length ?? null
}

function assertOne(count: number | undefined, what: string): void {
  if (count === undefined || count === 1) return
  throw new CommandError(`Online migration expected to match one row when ${what}; ${count} found`)
}
