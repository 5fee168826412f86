import { COMMON_QUOTING, IdentifierPreparer } from '../../../sql/compile/identifier-preparer.ts'
import type { DialectTraits } from '../../../sql/compile/dialect-traits.ts'
import type { TableReference } from '../../../sql/elements/column-expression.ts'
import { RESERVED_WORDS } from './reserved-words.ts'

/** Writes names as Firebird has them: before version 6 there are no schemas, and those given are left out. */
export class FirebirdIdentifierPreparer extends IdentifierPreparer {
  constructor(traits: DialectTraits) {
    super(traits, {
      ...COMMON_QUOTING,
      reservedWords: RESERVED_WORDS,
      illegalInitialCharacters: /^[0-9$_]/,
    })
  }

  override formatTable(table: TableReference): string {
    return super.formatTable({ ...table, schema: null })
  }

  override formatAlteredTable(table: TableReference): string {
    return super.formatAlteredTable({ ...table, schema: null })
  }
}
