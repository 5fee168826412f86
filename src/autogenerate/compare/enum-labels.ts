/** A label that is added, and where: before or after another one, or at the end. */
export interface AddedLabel {
  readonly value: string
  readonly before: string | null
  readonly after: string | null
  /** The labels that are there before it is added. */
  readonly existing: readonly string[]
}

/** How an enumeration type gets from its labels to others. */
export interface LabelChanges {
  readonly added: readonly AddedLabel[]
  /** All labels once the added ones are there. */
  readonly between: readonly string[]
  /** Whether labels have to go or to change places after that. */
  readonly isRebuilt: boolean
  /** Labels that stand where another one stood, as the only ones that do: new names, perhaps. */
  readonly likelyRenames: ReadonlyMap<string, string>
}

/**
 * Adds first, and takes away last: in between rows, defaults and conditions can go from the old labels to the new ones, and
 * the way back is the same.
 */
export function compareLabels(there: readonly string[], wanted: readonly string[]): LabelChanges {
  const added: AddedLabel[] = []
  let between = there
  for (const [at, value] of wanted.entries()) {
    if (between.includes(value)) continue
    const previous = wanted[at - 1]
    const [first] = between
    const last = between.at(-1)
    const before = previous === undefined && first !== undefined ? first : null
    const after = previous !== undefined && previous !== last ? previous : null
    added.push({ value, before, after, existing: between })
    const place =
      before === null ? (after === null ? between.length : between.indexOf(after) + 1) : 0
    between = between.toSpliced(place, 0, value)
  }
  const isRebuilt = between.join('\0') !== wanted.join('\0')
  return { added, between, isRebuilt, likelyRenames: likelyRenames(there, wanted) }
}

/** Where one label takes the place of one other, and everything else stays: by the new label. */
function likelyRenames(
  there: readonly string[],
  wanted: readonly string[],
): ReadonlyMap<string, string> {
  if (there.length !== wanted.length) return new Map()
  const pairs = there.flatMap((old, at) => {
    const now = wanted[at]
    return now === undefined || now === old ? [] : [[now, old] as const]
  })
  const [pair] = pairs
  if (pair === undefined || pairs.length > 1) return new Map()
  const [now, old] = pair
  return there.includes(now) || wanted.includes(old) ? new Map() : new Map([pair])
}
