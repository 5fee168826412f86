/** Differences that autogenerate can be told to overlook. Each is found unless it is switched off. */
export interface Detections {
  /** Expressions of indexes where the reference can't read them: on SQLite. */
  readonly indexExpressions?: boolean
  /** `ON UPDATE` behind a default, as MySQL and MariaDB have it. */
  readonly onUpdateDefaults?: boolean
  /** Character sets and collations, as far as both sides say them. */
  readonly collations?: boolean
}

/** The switches with their defaults filled in. */
export function resolveDetections(given: Detections = {}): Required<Detections> {
  return { indexExpressions: true, onUpdateDefaults: true, collations: true, ...given }
}

/** Finds what the reference finds, and no more. */
export const REFERENCE_DETECTIONS: Required<Detections> = resolveDetections({
  indexExpressions: false,
})
