/**
 * Numbers the nodes of a directed graph such that two have the same number where each can be reached from the other
 * (Tarjan's algorithm, with a stack of its own: graphs may be deep).
 */
export function strongComponents<Node>(
  nodes: Iterable<Node>,
  edges: ReadonlyMap<Node, Iterable<Node>>,
): ReadonlyMap<Node, number> {
  const found = new Map<Node, number>()
  const lowest = new Map<Node, number>()
  const components = new Map<Node, number>()
  const open: Node[] = []
  const path: { readonly node: Node; readonly rest: Iterator<Node> }[] = []
  const enter = (node: Node): void => {
    lowest.set(node, found.size)
    found.set(node, found.size)
    open.push(node)
    path.push({ node, rest: (edges.get(node) ?? [])[Symbol.iterator]() })
  }
  const lower = (node: Node, to: number | undefined): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? 0, to ?? 0))
  }
  const close = (node: Node): void => {
    if (lowest.get(node) !== found.get(node)) return
    for (const member of open.splice(open.lastIndexOf(node))) {
      components.set(member, found.get(node) ?? 0)
    }
  }
  for (const start of nodes) {
    if (!found.has(start)) enter(start)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, rest } = top
      const step = rest.next()
      if (step.done === true) {
        path.pop()
        close(node)
        const below = path.at(-1)
        if (below !== undefined) lower(below.node, lowest.get(node))
      } else if (!found.has(step.value)) enter(step.value)
      else if (!components.has(step.value)) lower(node, found.get(step.value))
    }
  }
  return components
}
