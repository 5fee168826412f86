import type { JournalSupport } from '../../../impl/journal-support.ts'
import { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { MigrationLock } from '../../../impl/migration-lock.ts'
import type { TimeoutSupport } from '../../../impl/timeout-support.ts'
import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'
import { DbmsLock } from './dbms-lock.ts'
import { oracleJournal } from './journal.ts'
import { scriptSyntax } from './script-syntax.ts'
import { oracleTimeouts } from './timeouts.ts'

/** How Oracle carries operations out. */
export class OracleImpl extends MigrationImpl {
  /** A semicolon would be part of the statement, and an error in it. */
  override get commandTerminator(): string {
    return ''
  }

  /** A line with a slash makes SQL*Plus and its kin run what stands before it. */
  protected override get defaultBatchSeparator(): string | undefined {
    return '/'
  }

  override get journal(): JournalSupport {
    return oracleJournal
  }

  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  override get timeouts(): TimeoutSupport {
    return oracleTimeouts
  }

  override createLock(): MigrationLock {
    return new DbmsLock()
  }

  override emitBegin(): void {
    this.sink.writeStatic('SET TRANSACTION READ WRITE')
    const separator = this.batchSeparator
    if (separator !== undefined) this.sink.writeStatic(separator)
  }
}
