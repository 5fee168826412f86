import fc from 'fast-check'
import { expect, it } from 'vitest'
import { strongComponents } from '../../src/util/strong-components.ts'

const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), {
    minLength: size,
    maxLength: size,
  }),
)

function reach(edges: readonly (readonly number[])[], start: number): Set<number> {
  const seen = new Set([start])
  for (const node of seen) for (const next of edges[node] ?? []) seen.add(next)
  return seen
}

it('gives two nodes one number where each can be reached from the other', () => {
  fc.assert(
    fc.property(graphs, (edges) => {
      const components = strongComponents(edges.keys(), new Map(edges.entries()))
      for (const a of edges.keys())
        for (const b of edges.keys())
          expect(components.get(a) === components.get(b), `${a} and ${b}`).toBe(
            reach(edges, a).has(b) && reach(edges, b).has(a),
          )
    }),
  )
})

it('walks a chain of any length', () => {
  const edges = new Map(Array.from({ length: 50_000 }, (_, i) => [i, [(i + 1) % 50_000]]))
  expect(new Set(strongComponents(edges.keys(), edges).values())).toHaveLength(1)
})
