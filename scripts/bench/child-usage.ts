import { spawnSync } from 'node:child_process'

/** What a Node process has taken when it ends. */
export interface Usage {
  readonly cpuMilliseconds: number
  readonly peakMegabytes: number
  readonly stdout: string
}

const TELL = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  console.error(JSON.stringify([(userCPUTime + systemCPUTime) / 1000, maxRSS / 1024]))
})`

/** Runs a Node program to its end, which must be a good one, and returns what the process itself has taken. */
export function childUsage(command: readonly string[], cwd: string): Usage {
  const [node = '', ...args] = command
  const { status, stdout, stderr } = spawnSync(
    node,
    ['--import', `data:text/javascript,${encodeURIComponent(TELL)}`, ...args],
    {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined },
    },
  )
  if (status !== 0) throw new Error(`${command.join(' ')} failed: ${stderr}`)
  const [cpuMilliseconds, peakMegabytes] = JSON.parse(
    stderr.trimEnd().split('\n').at(-1) ?? '',
  ) as readonly [number, number]
  return { cpuMilliseconds, peakMegabytes, stdout }
}
