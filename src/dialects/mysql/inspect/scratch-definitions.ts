import type { Connection } from '../../../engine/connection.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import { askTogether } from '../../../impl/ask-together.ts'

/** SQL whose meaning depends on a table's columns. */
export type ScratchDefinition =
  /** A condition, or what stands behind the table in CREATE INDEX. */
  | { readonly kind: 'check' | 'index'; readonly sql: string }
  /** The expression of a generated column. */
  | { readonly kind: 'computed'; readonly sql: string; readonly type: string }

/** A table has 64 indexes and 65,535 bytes a row at most: what is beyond that is asked for in halves. */
const LIMIT = 120

/**
 * How the server writes definitions, `null` for what it refuses: they are made on an empty temporary copy of the columns
 * that they name. Making and dropping one does not end a transaction.
 */
export async function readScratchDefinitions(
  connection: Connection,
  table: string,
  columns: readonly string[],
  definitions: readonly ScratchDefinition[],
): Promise<readonly (string | null)[]> {
  return await askTogether(definitions, LIMIT, async (some) => {
    try {
      return await read(connection, table, columns, some)
    } catch (error) {
      if (error instanceof StatementError) return undefined
      throw error
    }
  })
}

async function read(
  connection: Connection,
  table: string,
  columns: readonly string[],
  definitions: readonly ScratchDefinition[],
): Promise<readonly string[]> {
  const items = definitions.map((definition, at) => itemOf(definition, `alembic_item_${at}`))
  await connection.execute(
    `CREATE TEMPORARY TABLE alembic_scratch (${items.join(', ')}) SELECT ${columns.join(', ')} FROM ${table} WHERE FALSE`,
  )
  try {
    const { rows } = await connection.execute('SHOW CREATE TABLE alembic_scratch')
    const lines = String(rows[0]?.['Create Table']).split('\n')
    return definitions.map((_definition, at) => {
      // With ANSI_QUOTES names stand in double quotes.
      const name = new RegExp(`[\`"]alembic_item_${at}[\`"] (.*?),?$`)
      return lines.flatMap((line) => name.exec(line)?.[1] ?? [])[0] ?? ''
    })
  } finally {
    await connection.execute('DROP TEMPORARY TABLE alembic_scratch')
  }
}

function itemOf(definition: ScratchDefinition, name: string): string {
  const { kind, sql } = definition
  switch (kind) {
    case 'check':
      return `CONSTRAINT ${name} CHECK (${sql})`
    case 'index':
      return `INDEX ${name} ${sql}`
    case 'computed':
      return `${name} ${definition.type} GENERATED ALWAYS AS (${sql}) VIRTUAL`
  }
}
