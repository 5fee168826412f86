import { ConnectionError, DriverMissingError, UrlError } from '../../../errors/driver-error.ts'
import { driverMessage } from '../../../engine/driver-failure.ts'
import { UrlParameters } from '../../../engine/url-parameters.ts'
import type { DatabaseUrl } from '../../../engine/url.ts'

/** What a URL says about the database to open. */
export interface DatabaseFile {
  /** `':memory:'`, or a path; relative ones are relative to the working directory. */
  readonly filename: string
  readonly readonly: boolean
  readonly mustExist: boolean
  /** How long to wait for another process's lock. */
  readonly timeoutMilliseconds: number
  /** What PRAGMA foreign_keys is set to; undefined leaves the driver's default. */
  readonly foreignKeys: boolean | undefined
}

const MEMORY = ':memory:'
// As Python's sqlite3 waits.
const DEFAULT_TIMEOUT_SECONDS = 5

/**
 * Reads `sqlite://` (memory), `sqlite:///relative.db` and `sqlite:////absolute.db` with the parameters `timeout`
 * (seconds), `mode` (`ro`, `rw`, `rwc`) and `foreign_keys`.
 */
export function databaseFile(url: DatabaseUrl, driver: string): DatabaseFile {
  if (url.host !== undefined || url.username !== undefined || url.port !== undefined) {
    throw new UrlError(
      `${url.toString()} names a host, which SQLite has none of; write sqlite:///relative.db, sqlite:////absolute.db or sqlite:// (memory)`,
    )
  }
  const parameters = new UrlParameters(url)
  const mode = parameters.text('mode') ?? 'rwc'
  if (!['ro', 'rw', 'rwc', 'memory'].includes(mode)) {
    throw new UrlError(
      `The parameter 'mode' of the database URL must be ro, rw or rwc, not '${mode}'`,
    )
  }
  const timeout = parameters.number('timeout') ?? DEFAULT_TIMEOUT_SECONDS
  const foreignKeys = parameters.boolean('foreign_keys')
  parameters.ignore(
    'check_same_thread',
    'cached_statements',
    'detect_types',
    'native_datetime',
    'uri',
  )
  parameters.finish(driver)
  const path = (url.database ?? '').replace(/^file:/, '')
  return {
    filename: path === '' || mode === 'memory' ? MEMORY : path,
    readonly: mode === 'ro',
    mustExist: mode !== 'rwc',
    timeoutMilliseconds: Math.round(timeout * 1000),
    foreignKeys,
  }
}

/** Opens a database, naming the file where that fails. */
export function openDatabase<Database>(file: DatabaseFile, open: () => Database): Database {
  try {
    return open()
  } catch (cause) {
    if (cause instanceof DriverMissingError) throw cause
    throw new ConnectionError(
      `Can't open the SQLite database '${file.filename}': ${driverMessage(cause)}. Check that its folder exists and that the file can be read and written`,
      { cause },
    )
  }
}
