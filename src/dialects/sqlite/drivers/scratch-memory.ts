import { DriverMissingError } from '../../../errors/driver-error.ts'
import type { ScratchPlace } from '../../../engine/scratch-place.ts'
import { makeUrl } from '../../../engine/url.ts'
import { sqliteDrivers } from './index.ts'

/** A database of its own in memory: nothing can be left behind. */
export async function openScratchMemory(): Promise<ScratchPlace> {
  let missing: DriverMissingError | undefined
  for (const entry of sqliteDrivers) {
    try {
      const driver = await entry.load()
      const session = await driver.connect(makeUrl('sqlite:///:memory:'))
      return { description: 'a database in memory', session, dispose: () => session.close() }
    } catch (error) {
      if (!(error instanceof DriverMissingError)) throw error
      missing ??= error
    }
  }
  throw missing ?? new DriverMissingError('No package for SQLite is installed')
}
