import type { ColumnAlteration } from '../../impl/column-alteration.ts'
import { MigrationImpl } from '../../impl/migration-impl.ts'
import type { TableReference } from '../../sql/elements/column-expression.ts'
import type { NameLike } from '../../sql/elements/identifier.ts'
import { Computed, Identity } from '../../sql/schema/server-default.ts'
import type { ScriptSyntax } from '../../sql/split/script-syntax.ts'
import type { ModifyColumn } from './compile/statements.ts'

/** As DB-Access cuts scripts. */
const scriptSyntax: ScriptSyntax = {
  semicolons: true,
  backslashEscapes: false,
  braceComments: true,
  bodies: {
    starts: /^CREATE (?:OR REPLACE )?(?:DBA )?(?:FUNCTION|PROCEDURE)\b/,
    until: /^END (?:FUNCTION|PROCEDURE)$/,
  },
}

/** How Informix carries operations out. */
export class InformixImpl extends MigrationImpl {
  override get scriptSyntax(): ScriptSyntax {
    return scriptSyntax
  }

  /**
   * One MODIFY for type, nullability and default: what is neither given nor known of the column (`existingNullable`,
   * `existingServerDefault`) is lost, constraints of the column alone included (Informix 14.10, Guide to SQL: Syntax,
   * ALTER TABLE, MODIFY Clause). The new name comes last.
   */
  override async alterColumn(
    table: TableReference,
    column: NameLike,
    alteration: ColumnAlteration,
  ): Promise<void> {
    const { nullable, serverDefault, type, existing, ...others } = alteration
    const asked = [serverDefault, existing.serverDefault]
    if (asked.some((it) => it instanceof Computed || it instanceof Identity)) {
      await super.alterColumn(table, column, alteration)
      return
    }
    if (nullable !== undefined || serverDefault !== undefined || type !== undefined) {
      const statement: ModifyColumn = {
        kind: 'modifyColumn',
        table,
        column,
        type: type ?? existing.type,
        nullable: nullable ?? existing.nullable ?? true,
        serverDefault:
          (serverDefault === undefined ? existing.serverDefault : serverDefault) ?? null,
      }
      await this.runDdl({ kind: 'dialectStatement', dialect: this.dialect.name, statement })
    }
    await super.alterColumn(table, column, { ...others, existing })
  }
}
