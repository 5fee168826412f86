import { ComparisonImpl } from '../../../impl/comparison.ts'

/** How Firebird tells whether models and database are alike. */
export class FirebirdComparison extends ComparisonImpl {
  /** Firebird 3.0, Language Reference, "Data Types": REAL is another word for FLOAT, and is read as that. */
  protected override get typeSynonyms(): readonly ReadonlySet<string>[] {
    return [...super.typeSynonyms, new Set(['real', 'float'])]
  }
}
