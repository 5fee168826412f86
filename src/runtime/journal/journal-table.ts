import type { Connection } from '../../engine/connection.ts'
import { loadDialect } from '../../engine/registry.ts'
import { SchemaError } from '../../errors/schema-error.ts'
import type { JournalSupport } from '../../impl/journal-support.ts'
import type { MigrationImpl } from '../../impl/migration-impl.ts'
import { delete_, insert, select, update } from '../../sql/elements/statements.ts'
import { ColumnClass } from '../../sql/schema/column.ts'
import { PrimaryKeyConstraint } from '../../sql/schema/key-constraints.ts'
import { MetaData } from '../../sql/schema/metadata.ts'
import { TableClass } from '../../sql/schema/table.ts'
import { BigInteger, Integer } from '../../sql/types/numeric.ts'
import { String } from '../../sql/types/string.ts'
import { beginningOf } from './statement-text.ts'
import type { VersionTableOptions } from '../version-table.ts'

/** How much of a statement is kept: enough to say which objects it names. */
const EXCERPT = 400
/** Every character may become a `\\uXXXX`. */
const storedLength = (excerpt: number): number => 6 * excerpt + 2

/** What became of a statement, as far as it is known. */
export type EntryState =
  /** About to be sent; whether it was carried out, the next entry or the fingerprint tells. */
  | 'begun'
  | 'done'
  /** Done, and it gave rows back, which are lost. */
  | 'returned'
  /** Stands for a whole revision that was left unfinished, whose remains the database has since been moved away from. */
  | 'stale'

/** One statement of the revision that is under way. */
export interface JournalEntry {
  readonly position: number
  readonly revision: string
  readonly direction: string
  readonly state: EntryState
  /** Hash of the statement and its values. */
  readonly digest: string
  /** Its first characters. */
  readonly excerpt: string
  /** Hash of the objects that it names, before it ran; `null` where it can't be told or isn't needed. */
  readonly fingerprint: string | null
  readonly rowCount: number | null
}

/**
 * The table beside the version table that says which statements of an unfinished revision were carried out. It is there
 * only while a run that can't be rolled back is under way, or after one that was cut short.
 */
export class JournalTable {
  readonly name: string
  readonly #schema: string | null
  readonly #impl: MigrationImpl
  readonly #connection: Connection
  readonly #table: TableClass

  constructor(impl: MigrationImpl, connection: Connection, versionTable: VersionTableOptions) {
    this.name = journalTableName(versionTable.name)
    this.#schema = versionTable.schema
    this.#impl = impl
    this.#connection = connection
    this.#table = makeJournalTable(this.name, this.#schema, impl.journal)
  }

  async exists(): Promise<boolean> {
    const engine = await loadDialect(this.#connection.dialect.name)
    return await engine.createInspector(this.#connection).hasTable(this.name, this.#schema)
  }

  async create(): Promise<void> {
    await this.#impl.createTable(this.#table)
  }

  async drop(): Promise<void> {
    await this.#impl.dropTable(this.#table)
  }

  async read(): Promise<JournalEntry[]> {
    const table = this.#table
    const compiled = this.#impl.dialect.sql.compile(select(...table.columns).selectFrom(table))
    const { rows } = await this.#connection.execute(compiled.sql)
    const entries = rows.map((row) => {
      // Some servers give names back in capitals.
      const [position, revision, direction, state, digest, excerpt, fingerprint, rowCount] =
        Object.values(row)
      return {
        position: Number(position),
        revision: text(revision),
        direction: text(direction),
        state: text(state) as EntryState,
        digest: text(digest),
        excerpt: JSON.parse(text(excerpt)) as string,
        fingerprint: fingerprint === null ? null : text(fingerprint),
        rowCount: rowCount === null ? null : Number(rowCount),
      }
    })
    return entries.toSorted((a, b) => a.position - b.position)
  }

  async add(entry: JournalEntry): Promise<void> {
    await this.#impl.execute(
      insert(this.#table).values({
        position: entry.position,
        revision: entry.revision,
        direction: entry.direction,
        state: entry.state,
        digest: entry.digest,
        excerpt: stored(entry.excerpt),
        fingerprint: entry.fingerprint,
        row_count: entry.rowCount,
      }),
    )
  }

  async markDone(position: number): Promise<void> {
    const column = this.#column('position')
    await this.#impl.execute(
      update(this.#table).values({ state: 'done' }).where(column.eq(position)),
    )
  }

  /** Removes what is known of the revision that is under way; those that were left behind stay. */
  async clearCurrent(): Promise<void> {
    const column = this.#column('state')
    await this.#impl.execute(delete_(this.#table).where(column.ne('stale')))
  }

  async remove(position: number): Promise<void> {
    await this.#impl.execute(delete_(this.#table).where(this.#column('position').eq(position)))
  }

  async clear(): Promise<void> {
    await this.#impl.execute(delete_(this.#table))
  }

  #column(name: string): TableClass['columns'][number] {
    const column = this.#table.findColumn(name)
    if (column !== undefined) return column
    throw new SchemaError(`The journal has no column '${name}'`)
  }
}

/** `alembic_version` has `alembic_version_journal`. */
export function journalTableName(versionTable: string): string {
  return `${versionTable}_journal`
}

/** The beginning of a statement, by which its objects are found and people know it again. */
export function excerptOf(sql: string, support: JournalSupport): string {
  return beginningOf(sql, support.excerptLength ?? EXCERPT)
}

/** The table may have a character set without most of Unicode. */
function stored(excerpt: string): string {
  return JSON.stringify(excerpt).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The table as it is made. */
export function makeJournalTable(
  name: string,
  schema: string | null,
  support: JournalSupport | null,
): TableClass {
  const stored = storedLength(support?.excerptLength ?? EXCERPT)
  const required = { nullable: false } as const
  const columns = [
    new ColumnClass('position', Integer(), [], { ...required, autoincrement: false }),
    new ColumnClass('revision', String(255), [], required),
    new ColumnClass('direction', String(9), [], required),
    new ColumnClass('state', String(8), [], required),
    new ColumnClass('digest', String(64), [], required),
    new ColumnClass('excerpt', String(stored), [], required),
    new ColumnClass('fingerprint', String(64), [], { nullable: true }),
    new ColumnClass('row_count', BigInteger(), [], { nullable: true }),
  ]
  const key = PrimaryKeyConstraint('position', { name: `${name}_pkc` })
  return new TableClass(name, MetaData(), [...columns, key], { schema })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : globalThis.String(value)
}
