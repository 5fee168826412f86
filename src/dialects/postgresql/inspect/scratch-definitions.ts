import type { Connection } from '../../../engine/connection.ts'
import { StatementError } from '../../../errors/driver-error.ts'

/** SQL whose meaning depends on a table's columns. */
export type ScratchDefinition =
  /** `CHECK (…)` */
  | { readonly kind: 'check'; readonly sql: string }
  /** What stands behind the table in CREATE INDEX. */
  | { readonly kind: 'index'; readonly sql: string }
  /** An index of the database, by its quoted name. */
  | { readonly kind: 'existingIndex'; readonly sql: string }
  /** The expression of a generated column. */
  | { readonly kind: 'computed'; readonly sql: string; readonly type: string }

/** A table, quoted, and what is to be read as if it stood there. */
export interface ScratchTable {
  readonly table: string
  readonly definitions: readonly ScratchDefinition[]
}

/**
 * How the server writes definitions after it has parsed them, `null` for what it refuses. They are made on empty copies of
 * the tables' columns, all in one statement, each copy in a block that is rolled back: no lock is kept. Each is read back and
 * parsed once more: what was dumped and restored, or made of what had been reflected, is written with more casts than what a
 * model says, and stays so from then on (PostgreSQL 15: `a IN ('x')` over VARCHAR).
 */
export async function readScratchDefinitions(
  connection: Connection,
  tables: readonly ScratchTable[],
): Promise<readonly (readonly (string | null)[])[]> {
  const unknown = tables.map(({ definitions }) => definitions.map(() => null))
  if (tables.length === 0) return unknown
  const isOpen = await connection.isInTransaction()
  const work = (): Promise<Readonly<Record<string, string>>> => read(connection, tables)
  try {
    const found = await (isOpen ? connection.savepoint(work) : connection.transaction(work))
    return tables.map(({ definitions }, table) =>
      definitions.map((_definition, at) => found[nameOf(table, at)] ?? null),
    )
  } catch (error) {
    // A standby, or a server of PostgreSQL's kind without its procedural language.
    if (error instanceof StatementError) return unknown
    throw error
  }
}

/** A statement without a result: what it finds comes back as a setting of the transaction. */
const SETTING = 'alembic.scratch_definitions'

async function read(
  connection: Connection,
  tables: readonly ScratchTable[],
): Promise<Readonly<Record<string, string>>> {
  const { literals } = connection.dialect
  const text = (sql: string): string => literals.renderString(sql, null)
  const blocks = tables.map((table, at) => tableBlock(table, at, text))
  const body = `DECLARE d text; found jsonb := '{}';
    BEGIN ${blocks.join('\n')}
    PERFORM pg_catalog.set_config(${text(SETTING)}, found::text, true);
    END`
  await connection.execute(`DO ${text(body)}`)
  const { rows } = await connection.execute(
    `SELECT pg_catalog.current_setting(${text(SETTING)}) AS found`,
  )
  return JSON.parse(String(rows[0]?.['found'])) as Readonly<Record<string, string>>
}

function nameOf(table: number, at: number): string {
  return `alembic_item_${table}_${at}`
}

/** Runs `sql` of a model, which need not be right. */
type Run = (sql: string) => string

/** What fails is left out, and takes nothing else with it; variables keep what was found. */
function guarded(statements: string): string {
  return `BEGIN ${statements} EXCEPTION WHEN OTHERS THEN NULL; END;`
}

function tableBlock(
  { table, definitions }: ScratchTable,
  position: number,
  text: (sql: string) => string,
): string {
  const copy = `pg_temp.alembic_scratch_${position}`
  const run: Run = (sql) => `EXECUTE ${text(sql)};`
  const items = definitions.map((definition, at) => {
    const name = nameOf(position, at)
    const { make, drop, remake, written } = itemStatements(definition, copy, name, text)
    return guarded(
      `${make} d := ${written}; ${run(drop)} EXECUTE ${remake};
       found := found || pg_catalog.jsonb_build_object(${text(name)}, ${written});`,
    )
  })
  const create = run(`CREATE TEMPORARY TABLE alembic_scratch_${position} (LIKE ${table})`)
  return guarded(`${create} ${items.join('\n')} RAISE EXCEPTION 'done';`)
}

/** How one thing is made, read, dropped, and made again of what was read, which is `d`. */
interface ItemStatements {
  readonly make: string
  /** An expression that reads how the server writes it. */
  readonly written: string
  readonly drop: string
  /** An expression for the statement that makes it again. */
  readonly remake: string
}

function itemStatements(
  definition: ScratchDefinition,
  copy: string,
  name: string,
  text: (sql: string) => string,
): ItemStatements {
  const { kind, sql } = definition
  const table = `${text(copy)}::regclass`
  const run: Run = (statement) => `EXECUTE ${text(statement)};`
  switch (kind) {
    case 'check': {
      const add = `ALTER TABLE ${copy} ADD CONSTRAINT ${name} `
      return {
        make: run(add + sql),
        written: `(SELECT pg_catalog.pg_get_constraintdef(oid, true) FROM pg_catalog.pg_constraint
          WHERE conrelid = ${table} AND conname = ${text(name)})`,
        drop: `ALTER TABLE ${copy} DROP CONSTRAINT ${name}`,
        remake: `${text(add)} || d`,
      }
    }
    case 'index':
    case 'existingIndex': {
      const create = `CREATE INDEX ${name} ON ${copy} `
      const written = (index: string): string =>
        `substring(pg_catalog.pg_get_indexdef(${text(index)}::regclass) FROM ' (USING .*)')`
      return {
        make: kind === 'index' ? run(create + sql) : `EXECUTE ${text(create)} || ${written(sql)};`,
        written: written(`pg_temp.${name}`),
        drop: `DROP INDEX pg_temp.${name}`,
        remake: `${text(create)} || d`,
      }
    }
    case 'computed': {
      const add = `ALTER TABLE ${copy} ADD COLUMN ${name} ${definition.type} GENERATED ALWAYS AS (`
      return {
        make: run(`${add}${sql}) STORED`),
        written: `(SELECT pg_catalog.pg_get_expr(def.adbin, def.adrelid) FROM pg_catalog.pg_attrdef def
          JOIN pg_catalog.pg_attribute a ON a.attrelid = def.adrelid AND a.attnum = def.adnum
          WHERE a.attrelid = ${table} AND a.attname = ${text(name)})`,
        drop: `ALTER TABLE ${copy} DROP COLUMN ${name}`,
        remake: `${text(add)} || d || ') STORED'`,
      }
    }
  }
}
