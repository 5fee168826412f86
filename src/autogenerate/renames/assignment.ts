/**
 * Pairs rows with columns so that the sum of the scores is the highest; pairs below `least` are none.
 *
 * The Hungarian method, with potentials: each round adds a row along the cheapest alternating path.
 */
export function assignBest(scores: readonly (readonly number[])[], least: number): number[] {
  const rows = scores.length
  const size = Math.max(rows, ...scores.map((row) => row.length), 0)
  const cost = (row: number, column: number): number => {
    const score = scores[row]?.[column] ?? 0
    return score < least ? 1 : 1 - score
  }
  const rowOf = repeated<number>(-1, size + 1)
  const rowPotential = repeated<number>(0, size)
  const columnPotential = repeated<number>(0, size + 1)
  for (let row = 0; row < size; row++) {
    const path = shortestPath(row, { size, rowOf, rowPotential, columnPotential, cost })
    for (let column = path.end; column !== size;) {
      const before = path.before[column] ?? size
      rowOf[column] = before === size ? row : (rowOf[before] ?? -1)
      column = before
    }
    rowOf[size] = -1
  }
  const columnOf = repeated<number>(-1, rows)
  for (let column = 0; column < size; column++) {
    const row = rowOf[column] ?? -1
    if (row >= 0 && row < rows && (scores[row]?.[column] ?? 0) >= least) columnOf[row] = column
  }
  return columnOf
}

interface Matching {
  readonly size: number
  /** The row of each column, -1 for none; the last entry stands for the row that is being added. */
  readonly rowOf: number[]
  readonly rowPotential: number[]
  readonly columnPotential: number[]
  readonly cost: (row: number, column: number) => number
}

/** The columns that change hands so that a row gets one, backwards from the free one at the end. */
function shortestPath(
  added: number,
  { size, rowOf, rowPotential, columnPotential, cost }: Matching,
): { readonly end: number; readonly before: readonly number[] } {
  const distance = repeated<number>(Number.POSITIVE_INFINITY, size)
  const before = repeated<number>(size, size)
  const visited = repeated<boolean>(false, size + 1)
  rowOf[size] = added
  let at = size
  while (rowOf[at] !== -1) {
    visited[at] = true
    const row = rowOf[at] ?? 0
    let [next, step] = [size, Number.POSITIVE_INFINITY]
    for (let column = 0; column < size; column++) {
      if (visited[column] === true) continue
      const reduced = cost(row, column) - (rowPotential[row] ?? 0) - (columnPotential[column] ?? 0)
      if (reduced < (distance[column] ?? 0)) {
        distance[column] = reduced
        before[column] = at
      }
      if ((distance[column] ?? 0) < step) [next, step] = [column, distance[column] ?? 0]
    }
    for (let column = 0; column <= size; column++) {
      if (visited[column] === true) {
        const owner = rowOf[column] ?? 0
        rowPotential[owner] = (rowPotential[owner] ?? 0) + step
        columnPotential[column] = (columnPotential[column] ?? 0) - step
      } else if (column < size) distance[column] = (distance[column] ?? 0) - step
    }
    at = next
  }
  return { end: at, before }
}

function repeated<T>(value: T, count: number): T[] {
  return Array.from({ length: count }, () => value)
}
