import type { Connection } from './connection.ts'
import type { DriverConnection } from './driver.ts'

/** A session in an empty place of the server: names without a schema mean what is there, and nothing of the user's. */
export interface ScratchPlace {
  /** What it is, with an article: `a scratch schema`. */
  readonly description: string
  readonly session: DriverConnection
  /** Removes the place, and leaves the user's session as it was. */
  dispose(): Promise<void>
}

/**
 * Makes a scratch place, and removes those that runs left behind that were killed. The session may be that of `connection`,
 * which must not be used until the place is disposed of.
 */
export type OpenScratchPlace = (connection: Connection) => Promise<ScratchPlace>

/** What the names of schemas and databases of scratch places begin with. */
export const SCRATCH_PREFIX = 'alembic_verify_'
