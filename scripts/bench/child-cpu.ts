import { spawnSync } from 'node:child_process'

/**
 * Runs a command and returns the CPU milliseconds (user and system) that it and its children took.
 *
 * Node does not tell what a child used, so bash's `time` is asked. Wall time is not used: on a loaded machine it is noise.
 */
export function childCpu(command: readonly string[], cwd: string): number {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null </dev/null'
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    cwd,
    encoding: 'utf8',
    // Reading extra certificates costs every Node process some 20 ms that have nothing to do with what is measured.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, LC_ALL: 'C' },
  })
  const [user, system] = stderr.trim().split(' ').map(Number)
  if (status !== 0 || user === undefined || system === undefined)
    throw new Error(`${command.join(' ')} failed with status ${String(status)}`)
  return (user + system) * 1000
}
