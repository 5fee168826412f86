import type { Connection } from '../../engine/connection.ts'
import type { ColumnAlteration } from '../../impl/column-alteration.ts'
import { journalByVerb, type JournalSupport } from '../../impl/journal-support.ts'
import { MigrationImpl } from '../../impl/migration-impl.ts'
import type { TableReference } from '../../sql/elements/column-expression.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import type { ScriptSyntax } from '../../sql/split/script-syntax.ts'

/** As its isql cuts scripts: a line with `go` ends a batch, `go 5` runs it five times. */
const scriptSyntax: ScriptSyntax = {
  semicolons: false,
  separatorLine: /[^\S\n]*go(?:[^\S\n]+(\d+))?[^\S\n]*(?![^\n])/iy,
  backslashEscapes: false,
  brackets: true,
  nestedComments: true,
}

/**
 * Each statement commits by itself, and what was under way at a crash is for a human to judge. A row must fit in a page, which
 * has 2 kB unless the server was set up otherwise.
 */
const sybaseJournal: JournalSupport = { ...journalByVerb, excerptLength: 200 }

/**
 * How Adaptive Server carries operations out. It refuses DDL in a transaction unless the database option "ddl in tran" is
 * on, so migrations run without one, as in the reference: each statement is there to stay.
 */
export class SybaseImpl extends MigrationImpl {
  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  override get journal(): JournalSupport {
    return sybaseJournal
  }

  /** MODIFY changes type and nullability together. */
  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { type, nullable, existing } = alteration
    if (type === undefined || nullable === undefined) {
      await super.alterColumn(table, column, alteration)
      return
    }
    const changed = { ...alteration, nullable: undefined, existing: { ...existing, nullable } }
    await super.alterColumn(table, column, changed)
  }

  override async beginTransaction(_connection: Connection): Promise<void> {}

  override async commitTransaction(_connection: Connection): Promise<void> {}
}
