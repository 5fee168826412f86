import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { describe, it } from 'vitest'
import { isRequired } from '../live/required.ts'

/** Short runs: no second compiler, no log file. */
const JAVA_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dderby.stream.error.file=/dev/null'

const DATABASE = 'jdbc:derby:memory:gate;create=true'

/** Runs statements one after the other in a new database in memory; for each what Derby says against it. */
export function runOnDerby(statements: readonly string[]): (string | undefined)[] {
  const script = [
    `CONNECT '${DATABASE}';`,
    // A line in the output that tells which statement the next one is about.
    ...statements.flatMap((sql, index) => [`VALUES 'statement ${index}';`, `${sql};`]),
    'EXIT;',
  ]
  const { stdout } = ij(script.join('\n'))
  const [, ...answers] = stdout.split(/^statement \d+ *$/m)
  if (answers.length !== statements.length) {
    throw new Error(`${answers.length} answers of Derby to ${statements.length} statements`)
  }
  return answers.map((answer) => /^(?:ij> )*ERROR (.*)$/m.exec(answer)?.[1])
}

/** Whether it is the parser that refuses: not a name that isn't there, and not a value. */
export function isSyntaxError(complaint: string | undefined): boolean {
  return complaint !== undefined && /^42X0[12]:/.test(complaint)
}

/**
 * A suite that needs Apache Derby: Debian's `derby-tools`. Without it the suite is skipped with a warning, or fails where
 * `ALEMBIC_TEST_REQUIRE` has `derby`.
 */
export function describeWithDerby(title: string, define: () => void): void {
  const { status, stderr, error } = ij('EXIT;')
  if (status === 0) {
    describe(title, define)
  } else if (isRequired('derby')) {
    it(title, () => {
      throw new Error(`Derby's ij does not run: ${error?.message ?? stderr}`)
    })
  } else {
    const skipped = `SKIPPED: Derby's ij does not run: ${title}`
    console.warn(skipped)
    describe.skip(skipped, define)
  }
}

function ij(input: string): SpawnSyncReturns<string> {
  const env = { ...process.env, JAVA_TOOL_OPTIONS: JAVA_OPTIONS }
  return spawnSync('ij', { input, env, encoding: 'utf8', maxBuffer: 2 ** 26 })
}
