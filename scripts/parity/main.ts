// npm run parity -- <folders or files…> [--json <file>] [--filter <text in the id>] [--summary] [--jobs <n>]
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { serverUrls } from '../../test/live/server-urls.ts'
import type { CaseResult } from './family.ts'
import { runFiles } from './pool.ts'
import { type FileReport, VectorFile, findVectorFiles } from './vector-file.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    filter: { type: 'string', default: '' },
    summary: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
  },
})
if (positionals.length === 0) {
  console.error(
    'usage: npm run parity -- <folders or files...> [--json <file>] [--filter <text in the id>] [--summary] [--jobs <n>]',
  )
  process.exit(2)
}

// The families find the servers in the environment; what is not set is this machine's default.
Object.assign(process.env, serverUrls())

const files = findVectorFiles(positionals)
  .map((path) => new VectorFile(path, values.filter))
  .filter(({ cases }) => cases.length > 0)

const reports: FileReport[] = []
for await (const report of runFiles(files, Number(values.jobs), values.filter)) {
  reports.push(report)
  if (!values.summary) report.failures.forEach(printFailure)
  console.log(`${relative('', report.file)}: ${count(report)}`)
}

const total = sum(reports)
if (values.json !== undefined) writeReport(values.json)
for (const family of new Set(reports.map((report) => report.family)).keys())
  console.log(`family ${family}: ${count(sum(reports.filter((r) => r.family === family)))}`)
console.log(count(total))
process.exitCode = total.failed === 0 ? 0 : 1

function printFailure(
  { id, message, ...values }: CaseResult,
  index: number,
  all: readonly CaseResult[],
): void {
  console.log(`FAIL ${id}`)
  if (message !== undefined) {
    const again = message === all[index - 1]?.message
    console.log(`  ${again ? '(as above)' : truncate(message).replaceAll('\n', '\n  ')}`)
  }
  if ('expected' in values) console.log(`  expected ${compact(values.expected)}`)
  if ('actual' in values) console.log(`  actual   ${compact(values.actual)}`)
}

function compact(value: unknown): string {
  return truncate(JSON.stringify(value) ?? 'undefined')
}

function truncate(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length} characters)` : text
}

function sum(parts: readonly FileReport[]): { passed: number; failed: number } {
  return {
    passed: parts.reduce((n, { passed }) => n + passed, 0),
    failed: parts.reduce((n, { failed }) => n + failed, 0),
  }
}

function count({ passed, failed }: { passed: number; failed: number }): string {
  return `${passed} passed, ${failed} failed`
}

function writeReport(path: string): void {
  const sorted = reports.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const report = {
    ...total,
    files: sorted.map(({ failures: _, ...file }) => file),
    failures: sorted.flatMap(({ file, failures }) => failures.map((f) => ({ file, ...f }))),
  }
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
}
