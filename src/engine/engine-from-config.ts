import { ConfigError } from '../errors/config-error.ts'
import { createEngine } from './engine.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { makeUrl } from './url.ts'

// What SQLAlchemy's create_engine() takes and what has no meaning without its pool, its cache or Python.
const WITHOUT_MEANING = new Set([
  'encoding',
  'future',
  'hide_parameters',
  'logging_name',
  'max_overflow',
  'pool',
  'poolclass',
  'query_cache_size',
])

/**
 * Makes an engine of the settings under `prefix`, as SQLAlchemy's `engine_from_config`: `url`, `echo`, `connect_args.*`
 * (which become parameters of the URL); `pool_*` is accepted and ignored, as there is no pool.
 *
 * Throws ConfigError where the URL is missing or a setting is unknown.
 */
export function engineFromConfig(
  section: Readonly<Record<string, string | undefined>>,
  { prefix = 'sqlalchemy.', ...options }: EngineOptions & { readonly prefix?: string } = {},
): Engine {
  const url = section[`${prefix}url`]
  if (url === undefined || url === '') {
    throw new ConfigError(`No database URL is configured: set '${prefix}url'`)
  }
  const query: Record<string, string> = {}
  let echo: boolean | undefined
  for (const [key, value] of Object.entries(section)) {
    if (value === undefined || !key.startsWith(prefix)) continue
    const name = key.slice(prefix.length)
    if (name === 'url') continue
    if (name === 'echo') echo = isTrue(value)
    else if (name.startsWith('connect_args.')) query[name.slice('connect_args.'.length)] = value
    else if (!isWithoutMeaning(name)) {
      throw new ConfigError(
        `The setting '${key}' is not known; an engine takes '${prefix}url', '${prefix}echo' and '${prefix}connect_args.*'`,
      )
    }
  }
  const parsed = makeUrl(url)
  return createEngine(Object.keys(query).length === 0 ? parsed : parsed.updateQueryDict(query), {
    ...(echo === undefined ? {} : { echo }),
    ...options,
  })
}

function isWithoutMeaning(name: string): boolean {
  return WITHOUT_MEANING.has(name) || /^(?:echo_)?pool(?:_|$)/.test(name)
}

function isTrue(text: string): boolean {
  return ['true', 'yes', 'on', 'y', 't', '1', 'debug'].includes(text.trim().toLowerCase())
}
