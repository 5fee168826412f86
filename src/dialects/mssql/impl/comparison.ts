import {
  ComparisonImpl,
  type DefaultPair,
  type IdentityDifference,
} from '../../../impl/comparison.ts'
import type { Column } from '../../../sql/schema/column.ts'
import type { Identity } from '../../../sql/schema/server-default.ts'

/** How SQL Server tells whether models and database are alike. */
export class MssqlComparison extends ComparisonImpl {
  protected override get typeSynonyms(): readonly ReadonlySet<string>[] {
    return [
      ...super.typeSynonyms,
      new Set(['varchar', 'nvarchar']),
      new Set(['double precision', 'float']),
      new Set(['timestamp', 'rowversion']),
    ]
  }

  /** IDENTITY knows where it starts and how far it steps, nothing else. */
  protected override get ignoredIdentityOptions(): readonly string[] {
    const others = ['always', 'minvalue', 'maxvalue', 'nominvalue', 'nomaxvalue', 'cycle', 'cache']
    return [...super.ignoredIdentityOptions, ...others]
  }

  /** The single integer primary key of a model is an identity column, whether it says so or not. */
  override compareIdentity(
    metadata: Identity | null,
    inspected: Identity | null,
    inspectedColumn: Column,
  ): IdentityDifference {
    const difference = super.compareIdentity(metadata, inspected, inspectedColumn)
    const isImplied = metadata === null && inspectedColumn.primaryKey
    return isImplied && difference.options.length === 0
      ? { ...difference, isDifferent: false }
      : difference
  }

  /** "The modified column can't be … used in a computed column" (SQL Server 2022, ALTER TABLE, ALTER COLUMN). */
  override get computedPinsSources(): boolean {
    return true
  }

  /** `CK__users__age__5EBF139D`: table, column, and a number. */
  override isServerMadeCheckName(name: string): boolean {
    return /^CK__.+__[0-9A-F]{8}$/.test(name)
  }

  /** The server adds parentheses and takes blanks out: only what is left is compared. */
  override compareServerDefault({ inspectedDefault, metadataDefault }: DefaultPair): boolean {
    return bare(inspectedDefault) !== bare(metadataDefault)
  }
}

function bare(sql: string | null): string | null {
  return sql?.replaceAll(/\bN(?=')|[() "']/g, '') ?? null
}
