import type { Connection } from './connection.ts'
import type { DriverConnection } from './driver.ts'

/** A schema beside the default one that the models, the operations or the tables of the database name. */
export interface NamedSchema {
  readonly name: string
  /** What names it: `table 'sales.orders'`. */
  readonly namedBy: string
}

/** What a scratch place must offer. */
export interface ScratchNeeds {
  /** Schemas beside the default one; only those of them that the user's database has are made. */
  readonly schemas: readonly NamedSchema[]
  /** A transaction of the caller's is open on the connection, and must stay as it is. */
  readonly isInTransaction: boolean
}

/**
 * A session in a place of the server without tables. Names without a schema mean what is there, so do the names of the
 * schemas that were asked for, and no name means anything of the user's.
 */
export interface ScratchPlace {
  /** What it is, with an article: `a scratch schema`. */
  readonly description: string
  readonly session: DriverConnection
  /** The user's schemas by their names, and what stands for them; absent where they have their own names. */
  readonly schemaNames?: ReadonlyMap<string, string>
  /** Says what is wrong with a statement that would leave the place; `null` where nothing is. Absent where none can. */
  findTrespass?(sql: string): string | null
  /** Copies what stands on tables, such as views, once they are there. */
  copyDependents?(): Promise<void>
  /** What the user's database has beside its tables that isn't there: `view 'sales.totals'`. */
  lacks(): readonly string[]
  /** Removes the place, and leaves the user's session as it was. */
  dispose(): Promise<void>
}

/**
 * Makes a scratch place, and removes those that runs left behind that were killed. The session may be that of `connection`,
 * which must not be used until the place is disposed of.
 *
 * @throws OperationError where the server, or the user's rights, don't allow what is needed
 */
export type OpenScratchPlace = (
  connection: Connection,
  needs: ScratchNeeds,
) => Promise<ScratchPlace>

/** What the names of schemas and databases of scratch places begin with. */
export const SCRATCH_PREFIX = 'alembic_verify_'
