// npm run bench [-- <names…>] [--json <file>]: figures, their floors and the ratio of the two. Compare ratios, not figures.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Bench, Measurement } from './bench.ts'
import { executeMany } from './execute-many.ts'
import { startUp } from './start-up.ts'

const benches: readonly Bench[] = [startUp, executeMany]

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
  measurements.map(({ bench, what, value, floor, unit, ratio, limit }) => ({
    bench,
    what,
    value: `${value.toFixed(1)} ${unit}`,
    floor: `${floor.toFixed(1)} ${unit}`,
    ratio: ratio.toFixed(2),
    limit: limit.toFixed(2),
    verdict: ratio <= limit ? 'ok' : 'OVER THE LIMIT',
  })),
)
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measurements, null, 2))
if (measurements.some(({ ratio, limit }) => ratio > limit)) process.exitCode = 1
