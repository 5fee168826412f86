// npm run bench [-- <names…>] [--json <file>]: figures, what they are held against, and the ratio of the two. The machine's
// speed is in the figures; the ratios are what counts.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { autogenerateScale } from './autogenerate-scale.ts'
import { batchRebuild } from './batch-rebuild.ts'
import type { Bench, Measurement } from './bench.ts'
import { bulkInsert } from './bulk-insert.ts'
import { compileGrowth } from './compile-growth.ts'
import { compileRate } from './compile-rate.ts'
import { executeMany } from './execute-many.ts'
import { graphScale } from './graph-scale.ts'
import { startUp } from './start-up.ts'

const benches: readonly Bench[] = [
  startUp,
  compileRate,
  compileGrowth,
  graphScale,
  executeMany,
  batchRebuild,
  autogenerateScale,
  bulkInsert,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
})
const wanted = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name))

const measurements: (Measurement & { readonly bench: string })[] = []
for (const bench of wanted) {
  const found = await bench.run()
  measurements.push(...found.map((measurement) => ({ bench: bench.name, ...measurement })))
}

console.table(
  measurements.map(({ bench, what, value, against, unit, ratio, limit }) => ({
    bench,
    what,
    value: `${value.toFixed(2)} ${unit}`,
    against: against === undefined ? '' : against.toFixed(2),
    ratio: ratio?.toFixed(2) ?? '',
    limit: limit.toFixed(2),
    verdict: ratio === undefined ? 'not compared' : isOver(ratio, limit) ? 'OVER THE LIMIT' : 'ok',
  })),
)
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measurements, null, 2))
if (measurements.some(({ ratio, limit }) => ratio !== undefined && isOver(ratio, limit)))
  process.exitCode = 1

function isOver(ratio: number, limit: number): boolean {
  return !(ratio <= limit)
}
