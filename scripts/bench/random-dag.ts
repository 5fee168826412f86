import type { BenchRevision } from './bench-project.ts'

/** A history as a large team makes it: branches, merges and dependencies; the same one for the same size. */
export function randomDag(size: number): readonly BenchRevision[] {
  const random = generator(size)
  const below = (limit: number): number => Math.floor(random() * limit)
  const heads = [0]
  const revisions: BenchRevision[] = [{ id: revisionId(0) }]
  for (let i = 1; i < size; i++) {
    const chance = random()
    const parents = new Set<number>()
    if (chance < 0.1 && heads.length > 1) {
      for (const at of [below(heads.length), below(heads.length - 1)])
        parents.add(heads.splice(at, 1)[0] ?? 0)
    } else if (chance < 0.2 && heads.length < 20) {
      parents.add(Math.max(0, i - 1 - below(50)))
    } else parents.add(heads.splice(below(heads.length), 1)[0] ?? 0)
    for (const parent of parents) if (heads.includes(parent)) heads.splice(heads.indexOf(parent), 1)
    const dependsOn = random() < 0.03 ? [revisionId(below(i))] : []
    revisions.push({ id: revisionId(i), down: [...parents].map(revisionId), dependsOn })
    heads.push(i)
  }
  return revisions
}

function revisionId(i: number): string {
  return `a${String(i).padStart(11, '0')}`
}

/** Numbers from 0 to 1 that only look random (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
