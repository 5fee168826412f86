import { brand } from '../../util/brand.ts'
import { NoSuchObjectError, SchemaError } from '../../errors/schema-error.ts'
import { givenSchema } from '../elements/identifier.ts'
import { callable, type Callable } from '../types/callable.ts'
import { DEFAULT_NAMING_CONVENTION } from './naming.ts'
import type { NamingConventionLike, OwnerMetaData } from './owner.ts'
import type { Sequence } from './sequence.ts'
import { sortTables } from './sort-tables.ts'
import type { Table } from './table.ts'

/** Options of `MetaData`. */
export interface MetaDataOptions {
  /** Schema of tables and sequences that don't say their own. */
  readonly schema?: string | null
  /** How constraints without a name are called, by `ix`, `uq`, `ck`, `fk`, `pk`. */
  readonly namingConvention?: NamingConventionLike | null
  readonly quoteSchema?: boolean | null
  readonly info?: Record<string, unknown>
}

class MetaDataClass implements OwnerMetaData {
  static {
    brand(this, 'MetaData')
  }

  readonly kind = 'metadata'
  readonly schema: string | null
  readonly namingConvention: NamingConventionLike
  readonly quoteSchema: boolean | null
  readonly info: Record<string, unknown>
  readonly #tables = new Map<string, Table>()
  readonly #sequences = new Map<string, Sequence>()

  constructor(options: MetaDataOptions = {}) {
    this.schema = givenSchema(options.schema)
    this.namingConvention = options.namingConvention ?? DEFAULT_NAMING_CONVENTION
    this.quoteSchema = options.quoteSchema ?? null
    this.info = options.info ?? {}
  }

  /** The tables by key (`name` or `schema.name`), in the order in which they were declared. */
  get tables(): ReadonlyMap<string, Table> {
    return this.#tables
  }

  /** Free sequences, by key. */
  get sequences(): ReadonlyMap<string, Sequence> {
    return this.#sequences
  }

  /** The tables such that each comes after those that its foreign keys point at; by name where that leaves a choice. */
  get sortedTables(): readonly Table[] {
    return sortTables([...this.#tables.values()]).tables
  }

  /** The table of that key. */
  table(key: string): Table {
    const found = this.#tables.get(key)
    if (found !== undefined) return found
    throw new NoSuchObjectError(`No table '${key}' in this MetaData`)
  }

  /** Called by `Table`. */
  registerTable(table: Table): void {
    if (this.#tables.has(table.key)) {
      throw new SchemaError(
        `Table '${table.key}' is already defined for this MetaData instance. Give it another name, or a MetaData of its own`,
      )
    }
    this.#tables.set(table.key, table)
  }

  /** Adds a sequence that no column owns. */
  addSequence(sequence: Sequence): void {
    const key = sequence.schema === null ? sequence.name : `${sequence.schema}.${sequence.name}`
    this.#sequences.set(key, sequence)
  }

  /** Takes a table out. */
  remove(table: Table): void {
    this.#tables.delete(table.key)
  }

  /** Takes all tables out. */
  clear(): void {
    this.#tables.clear()
    this.#sequences.clear()
  }
}

/**
 * A collection of tables: a model of a database.
 *
 * @example
 * const metadata = sa.MetaData({ namingConvention: { fk: 'fk_%(table_name)s_%(column_0_name)s' } })
 */
export const MetaData: Callable<typeof MetaDataClass> = callable(MetaDataClass)
export type MetaData = MetaDataClass
