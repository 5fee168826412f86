import { CompileError } from '../../../errors/compile-error.ts'
import { type JournalSupport, journalByVerb, natureByVerb } from '../../../impl/journal-support.ts'
import { MigrationImpl } from '../../../impl/migration-impl.ts'
import type { BatchStructure } from '../../../impl/table-recreation.ts'
import type { TableClass } from '../../../sql/schema/table.ts'
import type { ScriptSyntax } from '../../../sql/split/script-syntax.ts'

/** As isql cuts scripts. */
const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  delimiterCommand: {
    pattern: /^SET\s+TERM\s+(\S+)$/i,
    takes: 'statement',
    write: (delimiter, before) => `SET TERM ${delimiter} ${before}`,
  },
  backslashEscapes: false,
  alternativeQuotes: true,
  bodies: {
    starts:
      /^(?:(?:CREATE(?: OR ALTER)?|ALTER|RECREATE) (?:PROCEDURE|FUNCTION|TRIGGER|PACKAGE)|EXECUTE BLOCK)\b/,
    until: 'balanced',
    blockAfter: 'AS',
  },
}

/**
 * DDL takes effect when its transaction commits, which the driver does behind every such statement: what came before it,
 * the journal's entry too, is committed at that moment and not earlier (Firebird 3.0, measured).
 */
const firebirdJournal: JournalSupport = {
  ...journalByVerb,
  natureOf(sql) {
    if (/^\s*RECREATE\b/i.test(sql)) return 'schema'
    return /^\s*EXECUTE\b/i.test(sql) ? 'data' : natureByVerb(sql)
  },
  commitsWithEntry: true,
}

/** How Firebird carries operations out. */
export class FirebirdImpl extends MigrationImpl {
  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  override get journal(): JournalSupport {
    return firebirdJournal
  }

  protected override get hasCommentStatements(): boolean {
    return true
  }

  /** The new table could never take the old one's name, which would be dropped by then. */
  override async prepTableForBatch(_batch: BatchStructure, table: TableClass): Promise<void> {
    if (this.dialect.traits.exactlyAsAlembic === true) return
    throw new CompileError(
      `Firebird can't rename a table, so a batch can't make '${table.name}' anew; leave out recreate: 'always', or create another table, copy the rows with op.execute('INSERT INTO … SELECT …') and drop '${table.name}'`,
    )
  }
}
