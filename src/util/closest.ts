/**
 * Returns the candidates that differ least from a mistyped word, best first: none where all differ in more than a third of it.
 */
export function closest(word: string, candidates: Iterable<string>): string[] {
  const most = Math.max(1, Math.floor(word.length / 3))
  const found: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue
    const distance = editDistance(word, candidate)
    if (distance <= most) found.push({ candidate, distance })
  }
  return found.sort((a, b) => a.distance - b.distance).map(({ candidate }) => candidate)
}

/** Counts the insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
