import { ComparisonImpl, type DefaultPair } from '../../../impl/comparison.ts'

/** How Oracle tells whether models and database are alike. */
export class OracleComparison extends ComparisonImpl {
  protected override get typeSynonyms(): readonly ReadonlySet<string>[] {
    return [
      ...super.typeSynonyms,
      new Set(['varchar', 'varchar2']),
      new Set(['bigint', 'integer', 'smallint', 'decimal', 'numeric', 'number']),
      new Set(['double', 'double precision', 'float', 'double_precision']),
    ]
  }

  /** The catalog knows all options of an identity column. */
  protected override get ignoredIdentityOptions(): readonly string[] {
    return []
  }

  /** ORA-54033: column to be modified is used in a virtual column expression (Oracle 19c, Error Messages). */
  override get computedPinsSources(): boolean {
    return true
  }

  /** `SYS_C008315` */
  override isServerMadeCheckName(name: string): boolean {
    return /^sys_c\d+$/i.test(name)
  }

  /** The catalog keeps the text as it was written; quotes and parentheses around the whole say nothing. */
  override compareServerDefault({ inspectedDefault, metadataDefault }: DefaultPair): boolean {
    return bare(inspectedDefault) !== bare(metadataDefault)
  }
}

function bare(sql: string | null): string | undefined {
  return sql
    ?.trim()
    .replace(/^\((.+)\)$/s, '$1')
    .replace(/^"?'(.+)'"?$/s, '$1')
}
