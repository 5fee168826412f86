// The TypeScript compiler of this repository's node_modules, run as a child process.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The repository's root folder, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** Runs `tsc` with `args` in the root folder, its messages on stderr, and returns its exit status. */
export function tsc(args) {
  const bin = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  if (error) throw error
  process.stderr.write(stdout + stderr)
  return status ?? 1
}
