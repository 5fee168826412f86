import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { ConfigError } from '../errors/config-error.ts'
import { Config, type ConfigOptions } from './config.ts'
import { substituteEnvironment } from './interpolation.ts'
import { type ProjectSettings, settingPlace } from './settings.ts'

/** The files that hold a project's configuration; null where there is none of the kind. */
export interface ConfigFiles {
  readonly ini: string | null
  readonly toml: string
  /** An `alembic.config.ts` (`.mts`, `.js`, `.mjs`), or a `package.json` with a key `alembic`. */
  readonly settings: string | null
}

const DEFAULT_INI = 'alembic.ini'
const DEFAULT_TOML = 'pyproject.toml'
const MODULE_EXTENSIONS = ['.ts', '.mts', '.js', '.mjs']

/**
 * Finds the configuration files: those named by `-c`, else by the environment variable `ALEMBIC_CONFIG`, else `alembic.ini`,
 * `alembic.config.ts` or the key `alembic` of `package.json` in the current folder. `pyproject.toml` is read besides.
 *
 * @throws ConfigError where two files of one kind are named, or two are found and none is named.
 */
export function findConfigFiles(
  named: readonly string[] = [],
  environment: string | undefined = process.env['ALEMBIC_CONFIG'],
): ConfigFiles {
  let toml: string | null = null
  let main: string | null = null
  for (const name of named) {
    if (basename(name) === DEFAULT_TOML) {
      if (toml !== null) throw new ConfigError('pyproject.toml indicated more than once')
      toml = name
    } else {
      if (main !== null) throw new ConfigError('only one ini file may be indicated')
      main = name
    }
  }
  if (environment !== undefined && environment !== '') {
    if (basename(environment) === DEFAULT_TOML) toml ??= environment
    else main ??= environment
  }
  toml ??= DEFAULT_TOML
  if (main !== null)
    return isSettingsFile(main)
      ? { ini: null, toml, settings: main }
      : { ini: main, toml, settings: null }
  return { ...findDefault(), toml }
}

/**
 * Loads the configuration from the files that `findConfigFiles()` finds.
 *
 * @throws ConfigError where a file says something that can't be used.
 *
 * @example
 * const config = await loadConfig({ files: ['alembic.config.ts'] })
 */
export async function loadConfig(
  options: Omit<ConfigOptions, 'file' | 'tomlFile' | 'settings' | 'settingsFile'> & {
    readonly files?: readonly string[]
  } = {},
): Promise<Config> {
  const { files, ...rest } = options
  const { ini, toml, settings } = findConfigFiles(files)
  return new Config({
    ...rest,
    file: ini,
    tomlFile: toml,
    settings: settings === null ? null : await loadSettings(settings),
    settingsFile: settings,
  })
}

function isSettingsFile(name: string): boolean {
  return basename(name) === 'package.json' || MODULE_EXTENSIONS.includes(extname(name))
}

function findDefault(): { ini: string | null; settings: string | null } {
  const modules = MODULE_EXTENSIONS.map((extension) => `alembic.config${extension}`)
  const found = [DEFAULT_INI, ...modules].filter((name) => existsSync(name))
  if (found.length > 1)
    throw new ConfigError(`Both ${found.join(' and ')} are present; say with -c which one to use`)
  const [name] = found
  if (name !== undefined && name !== DEFAULT_INI) return { ini: null, settings: name }
  if (name === undefined && readPackageKey('package.json') !== undefined)
    return { ini: null, settings: 'package.json' }
  return { ini: DEFAULT_INI, settings: null }
}

function readPackageKey(file: string): unknown {
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  if (!text.includes('"alembic"')) return undefined
  try {
    return (JSON.parse(text) as { readonly alembic?: unknown } | null)?.alembic
  } catch (error) {
    // Node quotes the text around the place, which may be a password: it is neither told nor kept as the cause.
    const reason = (error as Error).message.replace(/, (?:\.{3})?".*(?= is not valid JSON)/s, '')
    throw new ConfigError(`While reading from '${file}': ${reason}`)
  }
}

async function loadSettings(file: string): Promise<ProjectSettings> {
  if (!existsSync(file)) throw new ConfigError(`No config file '${file}' found`)
  const exported = extname(file) === '.json' ? readPackageKey(file) : await importSettings(file)
  if (typeof exported !== 'object' || exported === null)
    throw new ConfigError(
      extname(file) === '.json'
        ? `'${file}' has no key "alembic" that is an object`
        : `'${file}' must export its configuration as default: export default defineConfig({ ... })`,
    )
  return withPaths(exported as ProjectSettings, file)
}

async function importSettings(file: string): Promise<unknown> {
  const { describeLoadError, importModule } = await import('./module-loader.ts')
  try {
    const { default: exported } = await importModule(resolve(file))
    return typeof exported === 'function' ? await (exported as () => unknown)() : exported
  } catch (error) {
    throw new ConfigError(`Can't load '${file}': ${describeLoadError(error)}`, { cause: error })
  }
}

/** Paths in the file are relative to its folder, not to the folder that the command runs in. */
function withPaths(settings: ProjectSettings, file: string): ProjectSettings {
  const { scriptLocation = 'migrations', versionLocations } = settings
  const folder = dirname(resolve(file))
  // A variable may hold an absolute path.
  const absolute = (path: string, name: string): string =>
    resolve(folder, substituteEnvironment(path, settingPlace(name, file)))
  return {
    ...settings,
    scriptLocation: absolute(scriptLocation, 'scriptLocation'),
    ...(versionLocations && {
      versionLocations: versionLocations.map((path) => absolute(path, 'versionLocations')),
    }),
  }
}
