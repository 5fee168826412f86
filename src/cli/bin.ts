#!/usr/bin/env node
import module from 'node:module'

// Node's advice on a file of the other module kind, which then loads all the same: this package knows both.
const MODULE_KIND =
  /^(?:To load an ES module|Failed to load the ES module|Module type of .* is not specified)/

// Compiled code is kept on disk where Node can: a third of the time of a small command.
;(module as { enableCompileCache?: () => unknown }).enableCompileCache?.()
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
    if (name === 'ExperimentalWarning' || MODULE_KIND.test(message)) return
    process.stderr.write(`${name}: ${message}\n`)
  })
}
