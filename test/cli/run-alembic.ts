import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command in `cwd`, as a process of its own without a terminal. */
export function runAlembic(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  user: Readonly<{ uid?: number; gid?: number }> = {},
): Finished {
  if (!existsSync(BIN)) throw new Error('dist/cli/bin.js is missing: npm run build')
  const { ALEMBIC_CONFIG: _ignored, ...inherited } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...inherited, ...env },
    encoding: 'utf8',
    ...user,
  })
  return { status, stdout, stderr }
}

/** As `runAlembic()`, side by side with what else runs; gives what it printed. */
export async function startAlembic(cwd: string, args: readonly string[]): Promise<string> {
  return await new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], { cwd }, (_error, stdout) => resolve(stdout))
  })
}
