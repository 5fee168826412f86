import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bench, type Measurement, median, paired } from './bench.ts'

const runs = 3
const worker = fileURLToPath(new URL('worker.js', import.meta.url))
/** Debian's `python3-alembic` belongs to the system's Python, which need not be the first one on the PATH. */
const python = process.env['ALEMBIC_TEST_PYTHON'] ?? '/usr/bin/python3'

/** Python is given fewer: its rate does not depend on their number. */
const WORKS = [
  { what: 'add, index, alter, drop a column', name: 'simple', count: 100_000, fewer: 20_000 },
  { what: 'create_table of 10 columns', name: 'createTable', count: 20_000, fewer: 2_000 },
] as const

/** `op.*` calls with `--sql`, in a fresh process, against Python's Alembic: at most a fifth of its CPU time for each. */
export const compileRate: Bench = {
  name: 'compile-rate',
  run() {
    const isComparable = spawnSync(python, ['-c', 'import alembic']).status === 0
    if (!isComparable)
      console.warn(
        `\nNOT COMPARED: ${python} has no alembic (apt-get install python3-alembic, or set ALEMBIC_TEST_PYTHON); the figures are ours alone\n`,
      )
    return Promise.resolve(
      WORKS.map((work) => (isComparable ? againstPython(work) : oursAlone(work))),
    )
  },
}

type Work = (typeof WORKS)[number]

function againstPython(work: Work): Measurement {
  const pairs = Array.from({ length: runs }, () => ({ against: theirs(work), value: ours(work) }))
  return paired(`${work.what}, and Python's Alembic`, 'CPU µs each', 1 / 5, pairs)
}

function oursAlone(work: Work): Measurement {
  const value = median(Array.from({ length: runs }, () => ours(work)))
  return { what: work.what, value, unit: 'CPU µs each', limit: 1 / 5 }
}

function ours({ name, count }: Work): number {
  return (number([process.execPath, worker, name, `${count}`]) / count) * 1000
}

function theirs({ name, fewer }: Work): number {
  const script = resolve('scripts/bench/reference_rate.py')
  return (number([python, script, name, `${fewer}`]) / fewer) * 1000
}

function number([command = '', ...args]: readonly string[]): number {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
  return Number(stdout)
}
