import type { Connection } from '../../../engine/connection.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { sqlErrorText } from './sql-error.ts'
import { findBrokenTriggers, type BrokenTriggers } from './trigger-check.ts'

const PROBE = '_alembic_probe'

/** What of a schema, and of the session's own, SQLite can't make sense of. */
interface Findings {
  /** The first view or trigger that can't be read; `null` where all can. */
  readonly unreadable: string | null
  readonly triggers: BrokenTriggers
}

/** Sees that views and triggers go on working where a table changes. */
export class SchemaCheck {
  readonly #connection: Connection
  readonly #schema: string
  readonly #before: Findings | null

  private constructor(connection: Connection, schema: string, before: Findings | null) {
    this.#connection = connection
    this.#schema = schema
    this.#before = before
  }

  /** Looks at the schema before the change. */
  static async begin(connection: Connection, table: TableReference): Promise<SchemaCheck> {
    const schema = connection.dialect.preparer.quoteAlways(table.schema ?? 'main')
    const { rows } = await connection.execute(
      `SELECT 1 FROM ${schema}.sqlite_master WHERE type IN ('view', 'trigger') UNION ALL SELECT 1 FROM temp.sqlite_master WHERE type IN ('view', 'trigger') LIMIT 1`,
    )
    const before = rows.length === 0 ? null : await examine(connection, schema)
    return new SchemaCheck(connection, schema, before)
  }

  /**
   * Looks at it after the change.
   *
   * @throws OperationError that names the first view or trigger which worked before
   */
  async end(): Promise<void> {
    const before = this.#before
    if (before === null) return
    const { unreadable, triggers } = await examine(this.#connection, this.#schema)
    const broken = [...triggers].find(([name]) => !before.triggers.has(name))
    const ofTrigger = broken === undefined ? null : `error in trigger ${broken[0]}: ${broken[1]}`
    const failure = (before.unreadable === null ? unreadable : null) ?? ofTrigger
    if (failure === null) return
    throw new OperationError(
      `After the change a view or trigger would no longer work: ${failure}. Everything was taken back; drop the view or trigger before the batch, and create it again behind it`,
    )
  }
}

async function examine(connection: Connection, schema: string): Promise<Findings> {
  const unreadable = await findUnreadable(connection, schema)
  return { unreadable, triggers: await findBrokenTriggers(connection, [schema, 'temp']) }
}

/** What SQLite can't read of the schema. RENAME TABLE reads it all: it is tried on a table of its own, and taken back. */
async function findUnreadable(connection: Connection, schema: string): Promise<string | null> {
  await connection.execute('PRAGMA legacy_alter_table = OFF')
  await connection.execute(`SAVEPOINT ${PROBE}`)
  try {
    await connection.execute(`CREATE TABLE ${schema}.${PROBE} (a)`)
    await connection.execute(`ALTER TABLE ${schema}.${PROBE} RENAME TO ${PROBE}_2`)
    return null
  } catch (error) {
    return sqlErrorText(error)
  } finally {
    await connection.execute(`ROLLBACK TO SAVEPOINT ${PROBE}`)
    await connection.execute(`RELEASE SAVEPOINT ${PROBE}`)
    await connection.execute('PRAGMA legacy_alter_table = ON')
  }
}
