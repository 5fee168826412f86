import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LiveDatabase, ScratchDatabase } from '../live/servers.ts'

/** `npm run torture` tries everything; `npm test` a part of it, always the same. */
export const isFull: boolean = process.env['ALEMBIC_TORTURE'] !== undefined

const runner = fileURLToPath(new URL('../../scripts/run-ts.mjs', import.meta.url))
const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

/** How a worker process ended. */
export interface Ended {
  readonly signal: string | null
  /** The number of statements it sent, or its error. */
  readonly output: string
}

/** Runs the long migration in a process of its own, which kills itself at a statement; 0 is never. */
export function runWorker(
  db: LiveDatabase,
  { url }: ScratchDatabase,
  moment: string,
  point: number,
  ...more: readonly string[]
): Promise<Ended> {
  const args = [runner, worker, db.name, url, moment, String(point), ...more]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text: Buffer) => void (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => void (output += text.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (_code, signal) => resolve({ signal, output: output.trim() }))
  })
}
