import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DatabaseName, ScratchDatabase } from '../live/servers.ts'
import type { Course } from './long-migration.ts'

/** `npm run torture` tries everything; `npm test` a part of it, always the same. */
export const isFull: boolean = process.env['ALEMBIC_TORTURE'] !== undefined

/** `ALEMBIC_TORTURE=5` is every fifth statement. */
const every = Math.max(1, Number(process.env['ALEMBIC_TORTURE'] ?? 1) || 1)

const runner = fileURLToPath(new URL('../../scripts/run-ts.mjs', import.meta.url))
const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

/** Where a worker kills itself; point 0 is never. */
export interface Deadly {
  readonly moment: 'before' | 'during' | 'after'
  readonly point: number
}

const NEVER: Deadly = { moment: 'before', point: 0 }

/** How a worker process ended. */
export type Ended =
  | { readonly killed: string }
  | { readonly error: string }
  /** How many statements it sent, and the revisions that it ran. */
  | { readonly sent: number; readonly ran: readonly string[] }

/** Runs the long migration in a process of its own, which kills itself at a statement. */
export function runWorker(
  name: DatabaseName,
  { url }: ScratchDatabase,
  course: Course,
  { moment, point }: Deadly = NEVER,
  ...more: readonly string[]
): Promise<Ended> {
  const args = [runner, worker, name, url, JSON.stringify(course), moment, String(point), ...more]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text: Buffer) => void (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => void (output += text.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (_code, signal) => {
      if (signal !== null) resolve({ killed: `${signal}${output}` })
      else if (output.startsWith('{')) resolve(JSON.parse(output) as Ended)
      else resolve({ error: output.trim() })
    })
  })
}

/** The statements to try, from 1: for `npm run torture` all of them, for `npm test` as many as `samples`, spread out. */
export function pointsOf(statements: number, samples: number): readonly number[] {
  const all = Array.from({ length: statements }, (_, index) => index + 1)
  if (isFull) return all.filter((point) => point % every === 0)
  const step = statements / samples
  return Array.from({ length: samples }, (_, index) => Math.ceil((index + 0.5) * step))
}

/** What `npm run torture` reports of a suite. */
export function report(what: string): void {
  if (isFull) process.stdout.write(`${what}\n`)
}
