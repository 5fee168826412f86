import type { Connection } from '../../../engine/connection.ts'
import { TransactionError } from '../../../errors/driver-error.ts'
import { OperationError } from '../../../errors/operation-error.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { sqlErrorText } from './sql-error.ts'

/** A foreign key that points at a table. */
export interface Reference {
  readonly child: string
  readonly columns: readonly string[]
  /** What happens to its rows when rows of the table are deleted: `CASCADE`, `NO ACTION`, … */
  readonly ondelete: string
}

/** The foreign keys of all tables of the schema that point at `table`, its own included. */
export async function readReferences(
  connection: Connection,
  table: TableReference,
): Promise<Reference[]> {
  const schema = table.schema ?? 'main'
  const { rows } = await connection.execute(
    `SELECT m.name AS child, f.id, f."from" AS "column", f.on_delete AS ondelete FROM ${connection.dialect.preparer.quoteAlways(schema)}.sqlite_master AS m JOIN pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE ORDER BY m.name, f.id, f.seq`,
    [schema, table.name],
  )
  const found = new Map<string, { child: string; columns: string[]; ondelete: string }>()
  for (const row of rows) {
    const { child, id, column, ondelete } = row
    const key = `${String(child)}\0${String(id)}`
    const reference = found.get(key) ?? {
      child: String(child),
      columns: [],
      ondelete: String(ondelete),
    }
    reference.columns.push(String(column))
    found.set(key, reference)
  }
  return [...found.values()]
}

/**
 * Refuses to drop a table that rows refer to, while foreign keys are enforced and that can't be changed: DROP TABLE deletes
 * the rows first, with all that ON DELETE says.
 *
 * @throws TransactionError
 */
export async function assertNotReferenced(
  connection: Connection,
  table: TableReference,
  references: readonly Reference[],
): Promise<void> {
  const { preparer } = connection.dialect
  for (const { child, columns, ondelete } of references) {
    const name = `${preparer.quoteAlways(table.schema ?? 'main')}.${preparer.quoteAlways(child)}`
    const given = columns.map((column) => `${preparer.quoteAlways(column)} IS NOT NULL`)
    const { rows } = await connection.execute(
      `SELECT 1 FROM ${name} WHERE ${given.join(' AND ')} LIMIT 1`,
    )
    if (rows.length === 0) continue
    throw new TransactionError(
      `Table '${table.name}' can't be made anew here: rows of '${child}' refer to it (ON DELETE ${ondelete}), and foreign keys are enforced: DROP TABLE would delete or change them. SQLite takes PRAGMA foreign_keys = OFF outside of transactions only: let the migration begin its own, or run it before yours begins. Where the server ignores it, as Cloudflare D1 does, drop the foreign key of '${child}' first, or set its columns to NULL`,
    )
  }
}

/** The table and those whose foreign keys point at it. */
export function tablesOf(
  { name }: TableReference,
  references: readonly Reference[],
): ReadonlySet<string> {
  return new Set([name, ...references.map(({ child }) => child)])
}

/** By table: how many rows break a foreign key, or why SQLite can't tell. */
type Violations = ReadonlyMap<string, number | string>

/** Looks for rows, of the table and of those that refer to it, that break a foreign key. */
export async function readViolations(
  connection: Connection,
  table: TableReference,
  references: readonly Reference[],
): Promise<Violations> {
  const { preparer } = connection.dialect
  const schema = preparer.quoteAlways(table.schema ?? 'main')
  const violations = new Map<string, number | string>()
  for (const child of tablesOf(table, references)) {
    try {
      const { rows } = await connection.execute(
        `PRAGMA ${schema}.foreign_key_check(${preparer.quoteAlways(child)})`,
      )
      violations.set(child, rows.length)
    } catch (error) {
      violations.set(child, sqlErrorText(error))
    }
  }
  return violations
}

/**
 * Sees that a change broke no foreign key that held before.
 *
 * @throws OperationError
 */
export function assertNoneBroken(
  { name }: TableReference,
  before: Violations,
  after: Violations,
): void {
  for (const [child, found] of after) {
    const known = before.get(child) ?? 0
    if (typeof known === 'string' || found === known) continue
    if (typeof found === 'number' && found < known) continue
    const what =
      typeof found === 'string'
        ? `a foreign key of '${child}' useless (${found})`
        : `${found - known} rows of '${child}' that break a foreign key`
    throw new OperationError(
      `Making table '${name}' anew would leave ${what}; everything was taken back`,
    )
  }
}
