import { Writable } from 'node:stream'
import type { OutputStream } from '../util/messaging.ts'

/** How a dialect ends statements in a script. */
export interface ScriptTerminators {
  /** Follows each statement on its line, `';'`. */
  readonly terminator: string
  /** A line of its own after each statement, `'GO'`; undefined where there is none. */
  readonly batchSeparator?: string | undefined
}

/**
 * Takes what `--sql` mode writes instead of running it: each statement trimmed, terminated, and followed by an empty line.
 */
export class OfflineRecorder {
  readonly #output: OutputStream
  readonly #terminators: ScriptTerminators

  constructor(output: OutputStream, terminators: ScriptTerminators) {
    this.#output = output
    this.#terminators = terminators
  }

  /** Writes a statement and, where the dialect has one, the batch separator. */
  recordStatement(sql: string): void {
    this.recordUnseparated(sql)
    const { batchSeparator } = this.#terminators
    if (batchSeparator !== undefined && batchSeparator !== '') this.recordStatic(batchSeparator)
  }

  /** Writes a statement that no batch separator may follow, as a BEGIN. */
  recordUnseparated(sql: string): void {
    this.recordStatic(sql.trim() + this.#terminators.terminator)
  }

  /** Writes text as it is, a comment for example. */
  recordStatic(text: string): void {
    this.#output.write(`${text}\n\n`)
  }

  /**
   * Waits until the reader of the script has caught up; `undefined` where it has. Writing on would keep in memory all that a
   * slow reader, a pipe for example, has not taken yet.
   */
  drained(): Promise<void> | undefined {
    const output = this.#output
    if (!(output instanceof Writable) || !output.writableNeedDrain) return undefined
    return new Promise((resolve) => {
      const go = (): void => {
        output.off('drain', go).off('close', go)
        resolve()
      }
      // A reader that has gone takes nothing more: the stream closes.
      output.on('drain', go).on('close', go)
    })
  }
}
