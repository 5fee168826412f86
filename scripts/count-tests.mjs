// node scripts/count-tests.mjs <report of vitest's json reporter>: prints `<passed> <failed>`.
// A file that could not be loaded counts as one failure, and so does a missing report: vitest didn't get that far.
import { existsSync, readFileSync } from 'node:fs'

const [path] = process.argv.slice(2)
if (!existsSync(path)) {
  console.log('0 1')
  process.exit()
}
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'))
const broken = testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
console.log(numPassedTests, numFailedTests + broken.length)
