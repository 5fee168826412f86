import { resolve } from 'node:path'
import type { Config } from '../config/config.ts'
import { makeUrl } from '../engine/url.ts'
import { AlembicError } from '../errors/alembic-error.ts'
import { UnknownDialectError, UrlError } from '../errors/driver-error.ts'
import { ConfigError } from '../errors/config-error.ts'

const CODES = ['DIALECT_UNKNOWN', 'URL_INVALID']
const URL_OPTION = 'sqlalchemy.url'
/** What the templates of `init` have in place of a URL. */
const PLACEHOLDER = 'driver://user:pass@localhost/dbname'

/** Returns the error with the option and the file to correct, where it is the configured URL that is wrong. */
export function namePlaceOfUrl(error: unknown, config: Config): unknown {
  // An env file may have imported another copy of this package, with classes of its own: the code is the same.
  if (!(error instanceof AlembicError) || !CODES.includes(error.code)) return error
  const place = urlsOf(config).find(({ url }) => isTrouble(url, error))
  if (place === undefined) return error
  const message =
    place.url === PLACEHOLDER
      ? `${place.name} still is the template's ${PLACEHOLDER}; put the URL of your database there`
      : `${error.message} (${place.name})`
  return error.code === 'URL_INVALID'
    ? new UrlError(message, { cause: error })
    : new UnknownDialectError(message, { cause: error })
}

interface ConfiguredUrl {
  /** `option 'sqlalchemy.url' in section [alembic] of /srv/app/alembic.ini` */
  readonly name: string
  readonly url: string
}

function urlsOf(config: Config): ConfiguredUrl[] {
  const { settings, settingsFileName, configFileName } = config
  if (settings !== null) {
    const url = read(config, config.configIniSection)
    const file = settingsFileName === null ? '' : ` of ${resolve(settingsFileName)}`
    return url === null ? [] : [{ name: `option 'url'${file}`, url }]
  }
  const file = configFileName === null ? '' : ` of ${resolve(configFileName)}`
  // The env file of several databases has a section for each.
  const sections = [config.configIniSection, ...config.fileConfig.sections.keys()]
  return sections.flatMap((section) => {
    const url = read(config, section)
    return url === null
      ? []
      : [{ name: `option '${URL_OPTION}' in section [${section}]${file}`, url }]
  })
}

function read(config: Config, section: string): string | null {
  try {
    return config.getSectionOption(section, URL_OPTION)
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

function isTrouble(url: string, error: AlembicError): boolean {
  try {
    const dialectName = makeUrl(url).getBackendName()
    return error.code === 'DIALECT_UNKNOWN' && error.message.includes(`'${dialectName}'`)
  } catch (unreadable) {
    return unreadable instanceof UrlError && unreadable.message === error.message
  }
}
