import type { ColumnSpec } from './spec.ts'

/** What chooses. */
interface Dice {
  oneIn(count: number): boolean
  upTo(max: number): number
  from<T>(choices: readonly T[]): T
}

type Kind = Pick<ColumnSpec, 'typeName' | 'labels'>

/** Values that no row has. */
const SPARE = ['ü', 'c', 'd e', 'F', 'a longer one']

/** The enumeration types that are there, by schema. */
export class Kinds {
  readonly #bySchema = new Map<string | null, Kind[]>()

  of(schema: string | null): readonly Kind[] {
    return this.#bySchema.get(schema) ?? []
  }

  add(schema: string | null, kind: Kind): void {
    this.#bySchema.set(schema, [...this.of(schema), kind])
  }

  /** Another list of values for what is called so. */
  relabel(typeName: string, labels: readonly string[]): void {
    for (const [schema, kinds] of this.#bySchema) {
      const changed = kinds.map((kind) =>
        kind.typeName === typeName ? { typeName, labels } : kind,
      )
      this.#bySchema.set(schema, changed)
    }
  }
}

/** `labels` with others in between. */
export function withLabels(draw: Dice, labels: readonly string[]): readonly string[] {
  let all = labels
  for (const spare of SPARE) if (draw.oneIn(3)) all = all.toSpliced(draw.upTo(all.length), 0, spare)
  return all
}

/** The same with one value more, less, in another place or in place of another; rows keep theirs. */
export function otherLabels(draw: Dice, labels: readonly string[]): readonly string[] {
  const free = labels.filter((label) => SPARE.includes(label))
  const missing = SPARE.filter((label) => !labels.includes(label))
  const without = free.length === 0 ? null : draw.from(free)
  const added = missing.length === 0 ? null : draw.from(missing)
  switch (draw.upTo(3)) {
    case 0:
      return added === null ? labels : labels.toSpliced(draw.upTo(labels.length), 0, added)
    case 1:
      return labels.filter((label) => label !== without)
    case 2: {
      const moved = draw.from(labels)
      const others = labels.filter((label) => label !== moved)
      return others.toSpliced(draw.upTo(others.length), 0, moved)
    }
    default:
      return labels.map((label) => (label === without ? (added ?? label) : label))
  }
}
