import { OperationError } from '../errors/operation-error.ts'
import type { Connection } from './connection.ts'
import type { OpenScratchPlace, ScratchPlace } from './scratch-place.ts'

/**
 * Has a scratch place made by one more session where the caller's transaction is open on that of `connection`: it neither
 * takes part in the transaction nor ends it. `likeUsers` gives the new session what the user's was set to.
 *
 * @throws OperationError where no other session can be opened
 */
export function aside(
  open: OpenScratchPlace,
  likeUsers: (connection: Connection, other: Connection) => Promise<void>,
): OpenScratchPlace {
  return async (connection, needs) => {
    if (!needs.isInTransaction) return await open(connection, needs)
    const other = await connection.openAnother()
    if (other === null) {
      throw new OperationError(
        'a transaction is open on the connection, and no other session can be opened over it; hand in a connection without an open transaction, or use createEngine() with a URL of the server',
      )
    }
    try {
      await likeUsers(connection, other)
      return closing(await open(other, needs), other)
    } catch (error) {
      await other.close()
      throw error
    }
  }
}

function closing(place: ScratchPlace, other: Connection): ScratchPlace {
  return {
    ...place,
    dispose: async () => {
      try {
        await place.dispose()
      } finally {
        await other.close()
      }
    },
  }
}
