#!/usr/bin/env node
import module from 'node:module'
import v8 from 'node:v8'

// Node's advice on a file of the other module kind, which then loads all the same: this package knows both. And on two variables
// for colours that say opposite things, of which Node 24 tells, and follows the one that this package follows.
const ADVICE =
  /^(?:To load an ES module|Failed to load the ES module|Module type of .* is not specified|The 'NO_COLOR' env is ignored)/

// Compiled code is kept on disk where Node can: a third of the time of a small command.
;(module as { enableCompileCache?: () => unknown }).enableCompileCache?.()
// Most of a command's code runs too briefly to pay for being optimized: V8 is to wait a little before it does that, which saves a
// fifth of the CPU time of comparing 2,000 tables. From V8 12 on (Node 22) a cheaper compiler comes first.
if (Number.parseInt(process.versions.v8, 10) < 12) {
  v8.setFlagsFromString('--interrupt-budget=500000')
}
printNodeWarningsInOneLine()
// A reader that has seen enough (`alembic history | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const [{ main }, { setWarningHandler }] = await Promise.all([
  import('./main.ts'),
  import('../util/warnings.ts'),
])
setWarningHandler((text, hint) => {
  process.stderr.write(`UserWarning: ${text}\n`)
  // Elsewhere there is the reference's one line.
  const isWanted = process.stderr.isTTY || process.argv.includes('--json')
  if (hint !== undefined && isWanted) process.stderr.write(`${hint}\n`)
})
const status = await main(process.argv.slice(2))
// Ends even where an env file left a connection open, but not before everything is written.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)))

function printNodeWarningsInOneLine(): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => {
    if (name === 'ExperimentalWarning' || ADVICE.test(message)) return
    process.stderr.write(`${name}: ${message}\n`)
  })
}
