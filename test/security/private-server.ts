// Suites on servers of the test's own.
import { describe, it } from 'vitest'
import { isRequired } from '../live/required.ts'
import { findProgram, namesIn } from '../live/server-process.ts'

const hasOpenssl = (await findProgram('openssl')) !== undefined
const programs = {
  postgresql: (await namesIn('/usr/lib/postgresql')).length > 0,
  mariadb: (await findProgram('mariadbd')) !== undefined,
}

/** A suite where the server's programs and openssl are installed; elsewhere it is skipped with a warning, or fails. */
export function describePrivate(
  name: keyof typeof programs,
  title: string,
  define: () => void,
): void {
  const isThere = hasOpenssl && programs[name]
  if (isThere) {
    describe(`${title} (${name})`, { timeout: 120_000 }, () => define())
  } else if (isRequired(name)) {
    it(`${title} (${name})`, () => {
      throw new TypeError(
        `the programs of ${name}, or openssl, are required here but not installed`,
      )
    })
  } else {
    const skipped = `SKIPPED: the programs of ${name}, or openssl, are not installed: ${title}`
    console.warn(skipped)
    describe.skipIf(!isThere)(skipped, () => define())
  }
}
