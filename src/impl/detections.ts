/** Differences that autogenerate can be told to overlook. Each is found unless it is switched off, or its line says otherwise. */
export interface Detections {
  /** Expressions of indexes where the reference can't read them: on SQLite. */
  readonly indexExpressions?: boolean
  /** Conditions, methods, operator classes, orderings, prefix lengths and the like of indexes. */
  readonly indexOptions?: boolean
  /** Conditions of CHECK constraints of the same name. */
  readonly checkExpressions?: boolean
  /** Expressions of generated columns as the server understands them, not letter by letter. */
  readonly computedExpressions?: boolean
  /** Columns of primary keys, and their names where the database keeps them. */
  readonly primaryKeys?: boolean
  /** The order of the columns of a unique constraint, and of a primary key where the model has it as a constraint. */
  readonly keyOrder?: boolean
  /** Foreign keys dropped before what they depend on, and made again after it. */
  readonly dependencyOrder?: boolean
  /** Names for keys and unique constraints that the models leave without: a downgrade drops them by these. */
  readonly constraintNames?: boolean
  /** Constraints without a name: CHECKs by their conditions, on SQLite unique constraints and foreign keys by their columns. */
  readonly unnamedConstraints?: boolean
  /** CHECKs of the database that the server named, or that have no name, and that no model has: to be dropped. Default `false`. */
  readonly serverNamedChecks?: boolean
  /** A place to fill a new NOT NULL column in the rows that are there. */
  readonly backfill?: boolean
  /** `ON UPDATE` behind a default, as MySQL and MariaDB have it. */
  readonly onUpdateDefaults?: boolean
  /** Enumeration types with names of their own, and their labels. */
  readonly enumTypes?: boolean
  /** Sequences that no column owns; and of identity columns what the models leave to the server. */
  readonly sequences?: boolean
  /** Character sets and collations, as far as both sides say them. */
  readonly collations?: boolean
  /** Likely renames among what is dropped and added: asked about, or noted in the file. What is said of renames holds anyway. */
  readonly renames?: boolean
  /** A comment above what destroys data, or fails on it. */
  readonly destructive?: boolean
}

/** The switches with their defaults filled in. */
export function resolveDetections(given: Detections = {}): Required<Detections> {
  return {
    indexExpressions: true,
    indexOptions: true,
    checkExpressions: true,
    computedExpressions: true,
    primaryKeys: true,
    keyOrder: true,
    dependencyOrder: true,
    constraintNames: true,
    unnamedConstraints: true,
    serverNamedChecks: false,
    backfill: true,
    onUpdateDefaults: true,
    enumTypes: true,
    sequences: true,
    collations: true,
    renames: true,
    destructive: true,
    ...given,
  }
}

/** Finds what the reference finds, and no more. */
export const REFERENCE_DETECTIONS: Required<Detections> = resolveDetections({
  indexExpressions: false,
  indexOptions: false,
  checkExpressions: false,
  computedExpressions: false,
  primaryKeys: false,
  keyOrder: false,
  dependencyOrder: false,
  constraintNames: false,
  unnamedConstraints: false,
  backfill: false,
  enumTypes: false,
  sequences: false,
  renames: false,
  destructive: false,
})
