// node scripts/parity-baseline.mjs <report of `npm run parity -- … --json`> [--update]
//
// Compares the failures of each family with test/parity-baseline.json and fails where there are more than it allows;
// --update writes what the report found.
import { readFileSync, writeFileSync } from 'node:fs'

const [path, flag] = process.argv.slice(2)
const baselineFile = new URL('../test/parity-baseline.json', import.meta.url)
const { files } = JSON.parse(readFileSync(path, 'utf8'))

const failures = {}
for (const { family, failed } of files) failures[family] = (failures[family] ?? 0) + failed

if (flag === '--update') {
  writeFileSync(baselineFile, `${JSON.stringify(failures, null, 2)}\n`)
} else {
  const baseline = JSON.parse(readFileSync(baselineFile, 'utf8'))
  for (const [family, failed] of Object.entries(failures)) {
    const allowed = baseline[family] ?? 0
    console.log(`${family}: ${failed} failures, the baseline allows ${allowed}`)
    if (failed > allowed) process.exitCode = 1
  }
}
