import type { Connection } from '../engine/connection.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { MigrationImpl } from '../impl/migration-impl.ts'
import type { StatementLimits } from '../impl/timeout-support.ts'

/** Limits the time of a run's statements, and of their waiting for locks. */
export class DdlTimeouts {
  readonly #impl: MigrationImpl
  readonly #connection: Connection
  readonly #limits: StatementLimits
  #isSet = false

  constructor(impl: MigrationImpl, connection: Connection, limits: StatementLimits) {
    this.#impl = impl
    this.#connection = connection
    this.#limits = limits
  }

  /**
   * Runs `body` with the limits; the session has its own again afterwards.
   *
   * @throws ConfigError where the database has no such limit
   */
  async around<T>(body: () => Promise<T>): Promise<T> {
    const { statementTimeout, ddlLockTimeout } = this.#limits
    if (this.#isSet || (statementTimeout === null && ddlLockTimeout === null)) return await body()
    const { timeouts } = this.#impl
    if (timeouts === null) {
      throw new ConfigError(
        `There is no limit for the time of statements on ${this.#impl.dialect.name}: leave statementTimeout and ddlLockTimeout out for it`,
      )
    }
    const restore = await timeouts.limit(this.#connection, this.#limits)
    this.#isSet = true
    try {
      return await body()
    } finally {
      this.#isSet = false
      // A lost connection has no limits to restore; the error that led here is the one to know of.
      await restore().catch(() => undefined)
    }
  }
}
