import type { ColumnAlteration, DropColumnSettings } from '../../impl/column-alteration.ts'
import { type JournalSupport, journalByVerb, natureByVerb } from '../../impl/journal-support.ts'
import { MigrationImpl } from '../../impl/migration-impl.ts'
import type { TableReference } from '../../sql/elements/column-expression.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import type { ScriptSyntax } from '../../sql/split/script-syntax.ts'
import type { TypeEngine } from '../../sql/types/type-engine.ts'
import type { ReorgTable } from './compile/statements.ts'

/** As the command line processor cuts scripts that are run with -t. */
const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  delimiterCommand: {
    pattern: /--#SET[^\S\n]+TERMINATOR[^\S\n]+(\S+)[^\n]*/iy,
    takes: 'line',
    write: (delimiter) => `--#SET TERMINATOR ${delimiter}`,
  },
  backslashEscapes: false,
  nestedComments: true,
  bodies: {
    starts:
      /^(?:BEGIN|(?:CREATE (?:OR REPLACE )?|ALTER )(?:PROCEDURE|FUNCTION|TRIGGER|MODULE|PACKAGE))\b/,
    until: 'balanced',
  },
}

/**
 * A ROLLBACK takes DDL back (Db2 11.5 SQL reference, ROLLBACK), but REORG commits what came before it ("issue a COMMIT statement
 * at the beginning of the operation": REORG TABLE using the ADMIN_CMD procedure, Usage notes): the journal's entries along with
 * the statements that they are of. REORG does no harm a second time.
 */
const db2Journal: JournalSupport = {
  ...journalByVerb,
  natureOf: (sql) =>
    /^\s*CALL\s+SYSPROC\.ADMIN_CMD\s*\(\s*'\s*(?:REORG|RUNSTATS)\b/i.test(sql)
      ? 'session'
      : natureByVerb(sql),
  commitsWithEntry: true,
}

/**
 * How Db2 carries operations out. A table whose columns were dropped, or changed in type or nullability, can't be written
 * to until it is reorganised, so REORG follows at once: Db2 11.5 SQL reference, ALTER TABLE, REORG-recommended operations.
 */
export class Db2Impl extends MigrationImpl {
  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  override get journal(): JournalSupport {
    return db2Journal
  }

  protected override get hasCommentStatements(): boolean {
    return true
  }

  override async dropColumn(
    table: TableReference,
    column: NameLike,
    settings: DropColumnSettings = {},
  ): Promise<void> {
    await super.dropColumn(table, column, settings)
    await this.#reorganise(table)
  }

  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    await super.alterColumn(table, column, alteration)
    const { nullable, type, existing } = alteration
    const isRebuilt = type !== undefined && !isLonger(type, existing.type)
    if (nullable !== undefined || isRebuilt) await this.#reorganise(table)
  }

  async #reorganise(table: TableReference): Promise<void> {
    const statement: ReorgTable = { kind: 'reorgTable', table }
    await this.runDdl({ kind: 'dialectStatement', dialect: this.dialect.name, statement })
  }
}

const VARYING: ReadonlySet<string> = new Set(['String', 'VARCHAR', 'Unicode', 'VARGRAPHIC'])

/** Whether only the length of a varying string grows: that alone needs no REORG. */
function isLonger(type: TypeEngine, existing: TypeEngine | undefined): boolean {
  if (existing === undefined || type.visitName !== existing.visitName) return false
  if (!VARYING.has(type.visitName)) return false
  const [now, before] = [type, existing].map((it) => (it as { readonly length?: number }).length)
  return now !== undefined && before !== undefined && now >= before
}
