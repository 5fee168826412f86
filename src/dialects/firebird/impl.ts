import { CompileError } from '../../errors/compile-error.ts'
import { MigrationImpl, type BatchStructure } from '../../impl/migration-impl.ts'
import type { TableClass } from '../../sql/schema/table.ts'
import type { ScriptSyntax } from '../../sql/split/script-syntax.ts'

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

/** How Firebird carries operations out. */
export class FirebirdImpl extends MigrationImpl {
  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
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
