import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { describe, it } from 'vitest'
import { isRequired } from './required.ts'

/** Python's Alembic, run as a command. */
export interface Reference {
  /** Its version, such as `1.8.1`. */
  readonly version: string
  /** Runs `alembic <args>` in `cwd`. */
  run(args: readonly string[], cwd: string): SpawnSyncReturns<string>
}

/** Debian's `python3-alembic` belongs to the system's Python, which need not be the first one on the PATH. */
const python = process.env['ALEMBIC_TEST_PYTHON'] ?? '/usr/bin/python3'

/**
 * A suite that needs Python's Alembic with psycopg2 and PyMySQL. Without them it is skipped with a warning, or fails where
 * `ALEMBIC_TEST_REQUIRE` has `reference`.
 */
export function describeWithReference(title: string, define: (reference: Reference) => void): void {
  const probe = spawnSync(
    python,
    ['-c', 'import alembic, psycopg2, pymysql; print(alembic.__version__)'],
    { encoding: 'utf8' },
  )
  const available = probe.status === 0
  const reference: Reference = {
    version: probe.stdout?.trim() ?? '',
    run: (args, cwd) => spawnSync(python, ['-m', 'alembic', ...args], { cwd, encoding: 'utf8' }),
  }
  if (available) {
    describe(`${title} (Python's Alembic ${reference.version})`, () => define(reference))
  } else if (isRequired('reference')) {
    it(title, () => {
      throw new Error(`${python} has no alembic, psycopg2 and pymysql: ${probe.stderr}`)
    })
  } else {
    const skipped = `SKIPPED: ${python} has no alembic, psycopg2 and pymysql: ${title}`
    console.warn(skipped)
    describe.skipIf(!available)(skipped, () => define(reference))
  }
}
