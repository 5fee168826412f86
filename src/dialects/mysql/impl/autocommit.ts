import type { Connection } from '../../../engine/connection.ts'

/**
 * Switches `autocommit` off while a migration runs. Every DDL statement here commits the transaction that it is in; what
 * follows would commit statement by statement, and stay when the migration fails. With `autocommit` off the server
 * begins the next transaction on its own, and a failure takes back what came after the last DDL statement.
 */
export class AutocommitSwitch {
  #switchedOff: Connection | undefined

  /** Does nothing where the session's owner has it off already. */
  async switchOff(connection: Connection): Promise<void> {
    const { rows } = await connection.execute('SELECT @@autocommit AS autocommit')
    if (Number(rows[0]?.['autocommit']) !== 1) return
    await connection.execute('SET autocommit = 0')
    this.#switchedOff = connection
  }

  /** Switches it on again where it was. The server commits what is still open then: end the transaction before. */
  async restore(): Promise<void> {
    const connection = this.#switchedOff
    this.#switchedOff = undefined
    await connection?.execute('SET autocommit = 1')
  }
}
