import { setTimeout as sleep } from 'node:timers/promises'
import { hostname } from 'node:os'
import type { Connection } from '../engine/connection.ts'
import type { QueryResult } from '../engine/driver.ts'
import { loadDialect } from '../engine/registry.ts'
import { SchemaError } from '../errors/schema-error.ts'
import { and_ } from '../sql/elements/factories.ts'
import {
  type Delete,
  delete_,
  insert,
  select,
  update,
  type Update,
} from '../sql/elements/statements.ts'
import { ColumnClass } from '../sql/schema/column.ts'
import { PrimaryKeyConstraint } from '../sql/schema/key-constraints.ts'
import { MetaData } from '../sql/schema/metadata.ts'
import { TableClass } from '../sql/schema/table.ts'
import { Integer } from '../sql/types/numeric.ts'
import { String } from '../sql/types/string.ts'

type LeaseStatement = Parameters<Connection['dialect']['sql']['compile']>[0] | Delete

/** How often a statement is tried, and milliseconds between the first two tries. */
const TRIES = 5
const PAUSE = 20

/** The one row of the table. */
export interface Lease {
  readonly holder: string
  readonly host: string
  readonly pid: number
  /** By the clock of the holder's machine, for people: ISO 8601, UTC. */
  readonly since: string
  /** Goes up as long as the holder lives. */
  readonly beat: number
  /** Milliseconds without a beat after which it is over. */
  readonly duration: number
}

const ID = 1

/** `alembic_version` has `alembic_version_lock`. */
export function leaseTableName(versionTable: string): string {
  return `${versionTable}_lock`
}

/** The table beside the version table whose row says which process runs migrations; it is empty while none does. */
export class LeaseTable {
  readonly #connection: Connection
  readonly #table: TableClass
  #beats = 0

  constructor(connection: Connection, versionTable: string, schema: string | null) {
    this.#connection = connection
    this.#table = makeLeaseTable(leaseTableName(versionTable), schema)
  }

  async exists(): Promise<boolean> {
    const engine = await loadDialect(this.#connection.dialect.name)
    const { name, schema } = this.#table
    return await engine.createInspector(this.#connection).hasTable(name, schema)
  }

  /** Makes the table unless it is there, or somebody else makes it at this moment. */
  async ensure(): Promise<void> {
    if (await this.exists()) return
    const statement = { kind: 'createTable', table: this.#table, ifNotExists: false } as const
    try {
      await this.#connection.execute(this.#connection.dialect.ddl.compile(statement))
    } catch (error) {
      if (!(await this.exists())) throw error
    }
  }

  async read(): Promise<Lease | null> {
    const columns = ['holder', 'host', 'pid', 'since', 'beat', 'duration'].map((name) =>
      this.#column(name),
    )
    const { rows } = await this.#patiently(select(...columns).selectFrom(this.#table))
    const [row] = rows
    if (row === undefined) return null
    // Some servers give names back in capitals.
    const [holder, host, pid, since, beat, duration] = Object.values(row).map(text)
    return {
      holder: holder ?? '',
      host: host ?? '',
      pid: Number(pid),
      since: since ?? '',
      beat: Number(beat),
      duration: Number(duration),
    }
  }

  /** Takes the lease where there is none. */
  async insert(holder: string, duration: number): Promise<boolean> {
    const values = { id: ID, ...this.#ownFacts(holder, duration) }
    try {
      await this.#run(insert(this.#table).values(values))
      return true
    } catch (error) {
      // The primary key lets one in; whatever else is wrong leaves no row.
      if ((await this.read()) === null) throw error
      return false
    }
  }

  /** Takes the lease over from `lease`, unless it has been renewed or taken meanwhile. */
  async takeOver(lease: Lease, holder: string, duration: number): Promise<boolean> {
    const unchanged = and_(
      this.#column('holder').eq(lease.holder),
      this.#column('beat').eq(lease.beat),
    )
    const taking = update(this.#table).values(this.#ownFacts(holder, duration)).where(unchanged)
    return await this.#isOurs((await this.#patiently(taking)).rowCount, holder)
  }

  /** Renews the lease; false where it is somebody else's by now. */
  async beat(holder: string): Promise<boolean> {
    return await this.#isOurs((await this.#patiently(this.#nextBeat(holder))).rowCount, holder)
  }

  /**
   * Renews the lease in the open transaction of `connection`, whose lock on the row keeps others from taking it over until
   * that ends. Tried once: Db2 ends the whole transaction where a lock is not got (SQL0911N), and what it did is lost.
   */
  async beatIn(connection: Connection, holder: string): Promise<boolean> {
    const { rowCount } = await this.#run(this.#nextBeat(holder), connection)
    return await this.#isOurs(rowCount, holder, connection)
  }

  async remove(holder: string): Promise<void> {
    await this.#patiently(delete_(this.#table).where(this.#column('holder').eq(holder)))
  }

  #nextBeat(holder: string): Update {
    this.#beats += 1
    const own = this.#column('holder').eq(holder)
    return update(this.#table).values({ beat: this.#beats }).where(own)
  }

  #ownFacts(holder: string, duration: number): Record<string, string | number> {
    const [host, pid] = [hostname().slice(0, 200), process.pid]
    return { holder, host, pid, since: new Date().toISOString(), beat: 0, duration }
  }

  /** Whether an update found the row as it was asked for; `ibm_db` counts no rows, so that the row itself must say. */
  async #isOurs(
    rowCount: number | undefined,
    holder: string,
    connection = this.#connection,
  ): Promise<boolean> {
    if (rowCount !== undefined) return rowCount === 1
    const { rows } = await this.#run(
      select(this.#column('holder')).selectFrom(this.#table),
      connection,
    )
    return rows.some((row) => Object.values(row).map(text).includes(holder))
  }

  /** Firebird 3.0 refuses to read or change a row while another session changes it, which is over in a moment. */
  async #patiently(statement: LeaseStatement): Promise<QueryResult> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#run(statement)
      } catch (error) {
        if (attempt === TRIES) throw error
        await sleep(attempt * PAUSE)
      }
    }
  }

  async #run(statement: LeaseStatement, connection = this.#connection): Promise<QueryResult> {
    const { sql, parameters } = connection.dialect.sql.compile(statement)
    return await connection.execute(
      sql,
      parameters.map(({ value }) => value),
    )
  }

  #column(name: string): TableClass['columns'][number] {
    const column = this.#table.findColumn(name)
    if (column !== undefined) return column
    throw new SchemaError(`The table of the lease has no column '${name}'`)
  }
}

function makeLeaseTable(name: string, schema: string | null): TableClass {
  const required = { nullable: false } as const
  const columns = [
    new ColumnClass('id', Integer(), [], { ...required, autoincrement: false }),
    new ColumnClass('holder', String(36), [], required),
    new ColumnClass('host', String(200), [], required),
    new ColumnClass('pid', Integer(), [], required),
    new ColumnClass('since', String(24), [], required),
    new ColumnClass('beat', Integer(), [], required),
    new ColumnClass('duration', Integer(), [], required),
  ]
  const key = PrimaryKeyConstraint('id', { name: `${name}_pkc` })
  return new TableClass(name, MetaData(), [...columns, key], { schema })
}

/** Some servers fill up with blanks. */
function text(value: unknown): string {
  return (typeof value === 'string' ? value : globalThis.String(value)).trim()
}
