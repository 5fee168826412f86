import type { Measurement } from './bench.ts'

/** What was measured at one size. */
export interface Point {
  readonly size: number
  readonly cost: number
}

/** The growth of a cost, in CPU milliseconds unless said, as a line of the table. */
export function growth(what: string, points: readonly Point[], unit = 'ms'): Measurement {
  const costs = points.map(({ size, cost }) => `${size} in ${cost.toFixed(0)} ${unit}`)
  const value = exponent(points)
  const title = `${what}: ${costs.join(', ')}`
  return { what: title, value, unit: '(exponent)', ratio: value, limit: 1.15 }
}

/** The slope of the line through the points where both axes are logarithmic: 1 is linear, 2 quadratic. */
function exponent(points: readonly Point[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length
  const covariance = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  return covariance / logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
}
