import type { Connection } from '../../../engine/connection.ts'
import { StatementError } from '../../../errors/driver-error.ts'
import type { ScratchDefinition } from '../../../impl/definition-answers.ts'

/** An index of the database, by its quoted name. */
export interface ExistingIndex {
  readonly kind: 'existingIndex'
  readonly sql: string
  /** Its CREATE INDEX. */
  readonly mentions: string
}

/** A query, and what is to be read as if it stood in a table of its columns. */
export interface ScratchTable {
  readonly query: string
  readonly definitions: readonly (ScratchDefinition | ExistingIndex)[]
}

/**
 * How the server writes definitions after it has parsed them, `null` for what it refuses. They are made on empty tables with the
 * columns that they name, all in one statement, each copy in a block that is rolled back: no lock is kept. Each is read back and
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
    const found = await (isOpen ? connection.savepoint(work) : work())
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
  // Statements of one message are a transaction of their own.
  const { rows } = await connection.execute(
    `DO ${text(body)}; SELECT pg_catalog.current_setting(${text(SETTING)}) AS found`,
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

/** Empties what was made; variables stay. */
const DONE = 'alembic: done'

/** All at once; one by one where the server refuses any of them. */
function tableBlock(
  { query, definitions }: ScratchTable,
  position: number,
  text: (sql: string) => string,
): string {
  const copy = `alembic_scratch_${position}`
  const run: Run = (sql) => `EXECUTE ${text(sql)};`
  const create = run(`CREATE TEMPORARY TABLE ${copy} AS ${query} WITH NO DATA`)
  const items = definitions.map((definition, at) => {
    const name = nameOf(position, at)
    const { make, drop, remake, written } = itemStatements(
      definition,
      `pg_temp.${copy}`,
      name,
      text,
    )
    return guarded(
      `${make} d := ${written}; ${run(drop)} EXECUTE ${remake};
       found := found || pg_catalog.jsonb_build_object(${text(name)}, ${written}); ${run(drop)}`,
    )
  })
  return `BEGIN ${create} ${together(definitions, copy, position, text)}
      RAISE EXCEPTION '${DONE}';
    EXCEPTION WHEN OTHERS THEN
      IF SQLERRM <> '${DONE}' THEN
        ${guarded(`${create} ${items.join('\n')} RAISE EXCEPTION '${DONE}';`)}
      END IF;
    END;`
}

/**
 * CHECKs and generated columns come with a table, which costs the server a fifth of adding them to one, and are read; a second
 * table is made with what was read, and is read again. Indexes take a statement each, on both tables.
 */
function together(
  definitions: ScratchTable['definitions'],
  copy: string,
  position: number,
  text: (sql: string) => string,
): string {
  const run: Run = (sql) => `EXECUTE ${text(sql)};`
  const named = definitions.map((definition, at) => ({ definition, name: nameOf(position, at) }))
  const additions = named.flatMap(({ definition, name }) => {
    const { kind, sql } = definition
    if (kind === 'check') return [`CONSTRAINT ${name} CHECK (${sql})`]
    if (kind !== 'computed') return []
    return [`${name} ${definition.type} GENERATED ALWAYS AS (${sql}) STORED`]
  })
  const written = (table: string): string =>
    `(${ADDED.replaceAll('$table', text(`pg_temp.${table}`))})`
  const indexes = named.filter(({ definition: { kind } }) => kind.toLowerCase().endsWith('index'))
  const behind = (index: string): string =>
    `substring(pg_catalog.pg_get_indexdef(${text(index)}::regclass) FROM ' (USING .*)')`
  const first = `${copy}_a`
  const second = `${copy}_b`
  const like = `(LIKE pg_temp.${copy}`
  const tables = `${run(`CREATE TEMPORARY TABLE ${first} ${[like, ...additions].join(', ')})`)}
    EXECUTE ${text(`CREATE TEMPORARY TABLE ${second} ${like}`)} ||
      COALESCE((SELECT string_agg(', ' || addition, '') FROM ${written(first)} w), '') || ')';
    found := found || COALESCE((SELECT pg_catalog.jsonb_object_agg(name, written) FROM ${written(second)} w), '{}');`
  const made = indexes.map(({ definition: { kind, sql }, name }) => {
    const create = text(`CREATE INDEX ${name} ON pg_temp.${first} `)
    const again = text(`CREATE INDEX ${name}_b ON pg_temp.${second} `)
    return `EXECUTE ${create} || ${kind === 'index' ? text(sql) : behind(sql)};
      EXECUTE ${again} || ${behind(`pg_temp.${name}`)};`
  })
  const read = indexes.map(({ name }) => `${text(name)}, ${behind(`pg_temp.${name}_b`)}`)
  const indexed =
    read.length === 0 ? '' : `found := found || pg_catalog.jsonb_object(ARRAY[${read.join(', ')}]);`
  return [tables, ...made, indexed].join('\n')
}

/** What a table was made with: how the server writes it, and what makes another one with it. */
const ADDED = `
  SELECT conname AS name, pg_catalog.pg_get_constraintdef(oid, true) AS written,
    format('CONSTRAINT %I %s', conname, pg_catalog.pg_get_constraintdef(oid, true)) AS addition
  FROM pg_catalog.pg_constraint WHERE conrelid = $table::regclass AND contype = 'c'
  UNION ALL
  SELECT a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid),
    format('%I %s GENERATED ALWAYS AS (%s) STORED', a.attname,
      pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.pg_get_expr(d.adbin, d.adrelid))
  FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  WHERE d.adrelid = $table::regclass`

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
  definition: ScratchDefinition | ExistingIndex,
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
        make: run(`${add}CHECK (${sql})`),
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
