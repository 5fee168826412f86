import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '../errors/config-error.ts'
import type { LoggerLike } from '../util/logging.ts'
import type { MessagingOptions, OutputStream } from '../util/messaging.ts'
import { emptyIni, type IniFile, parseIni } from './ini-file.ts'
import { escapePercent, interpolate, substituteEnvironment } from './interpolation.ts'
import {
  type LegacySplit,
  separatorNamed,
  splitLegacy,
  splitPaths,
  splitWords,
  warnOfOldForm,
} from './path-list.ts'
import {
  iniNameOf,
  type PostWriteHook,
  type ProjectSettings,
  settingNameOf,
  settingPlace,
} from './settings.ts'
import { readTomlTable, substituteToml, type TomlValue } from './toml-file.ts'

/** What the command line said, for commands and the env file. */
export interface CommandLineOptions {
  /** Values of `-x`, in order. */
  readonly x?: readonly string[]
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly raiseerr?: boolean
  /** Whether what commands print may have colours. */
  readonly color?: boolean
}

export interface ConfigOptions {
  /** An INI file such as `alembic.ini`; need not exist. */
  readonly file?: string | null
  /** A `pyproject.toml`, whose table `[tool.alembic]` is read where the INI file says nothing. */
  readonly tomlFile?: string | null
  /** What an `alembic.config.ts` exports, in place of an INI file. */
  readonly settings?: ProjectSettings | null
  /** The file that exports `settings`, for messages. */
  readonly settingsFile?: string | null
  /** The main section of the INI file; default `alembic`. */
  readonly section?: string
  /** Where commands print; null is nowhere; default `process.stdout`. */
  readonly stdout?: OutputStream | null
  /** Where offline mode writes SQL; default the same as `stdout`. */
  readonly outputBuffer?: OutputStream | null
  /** Where commands log, in place of what the env file sets up. */
  readonly logger?: LoggerLike | null
  readonly cmdOpts?: CommandLineOptions | null
  /** More names for `%(name)s`. */
  readonly configArgs?: Readonly<Record<string, string>>
  /** Objects for the env file; `connection` is what migrations then run on. */
  readonly attributes?: Readonly<Record<string, unknown>>
}

const SILENCE: OutputStream = { write: () => undefined }

/**
 * A project's configuration: an INI file, a `pyproject.toml`, an `alembic.config.ts`, or options set in code.
 *
 * Files are read at the first question. Every method that reads throws `ConfigError` where a file can't be read, or a value
 * can't be interpolated.
 *
 * @example
 * const config = new Config({ file: 'alembic.ini', attributes: { connection } })
 * config.setMainOption('sqlalchemy.url', 'postgresql://scott@localhost/app')
 * await command.upgrade(config, 'head')
 */
export class Config {
  readonly configFileName: string | null
  readonly tomlFileName: string | null
  readonly settings: ProjectSettings | null
  readonly settingsFileName: string | null
  readonly configIniSection: string
  readonly stdout: OutputStream
  readonly outputBuffer: OutputStream | null
  readonly logger: LoggerLike | null
  readonly cmdOpts: CommandLineOptions | null
  readonly configArgs: Readonly<Record<string, string>>
  readonly attributes: Record<string, unknown>
  #ini: IniFile | null = null
  #toml: Readonly<Record<string, unknown>> | null = null

  constructor(options: ConfigOptions = {}) {
    this.configFileName = options.file ?? null
    this.tomlFileName = options.tomlFile ?? null
    this.settings = options.settings ?? null
    this.settingsFileName = options.settingsFile ?? null
    this.configIniSection = options.section ?? 'alembic'
    this.stdout = options.stdout === null ? SILENCE : (options.stdout ?? process.stdout)
    this.outputBuffer = options.outputBuffer ?? null
    this.logger = options.logger ?? null
    this.cmdOpts = options.cmdOpts ?? null
    this.configArgs = options.configArgs ?? {}
    this.attributes = { ...options.attributes }
  }

  /** Prints `text` and a line break, unless the user asked for quiet. */
  printStdout(text: string): void {
    if (this.cmdOpts?.quiet !== true) this.stdout.write(`${text}\n`)
  }

  get messagingOpts(): MessagingOptions {
    return { quiet: this.cmdOpts?.quiet === true, stdout: this.stdout }
  }

  /** The INI file, parsed but not interpolated; changes to it are seen by the other methods. */
  get fileConfig(): IniFile {
    return (this.#ini ??= this.#readIni())
  }

  /** The table `[tool.alembic]`, raw. */
  get tomlAlembicConfig(): Readonly<Record<string, unknown>> {
    return (this.#toml ??= this.tomlFileName === null ? {} : readTomlTable(this.tomlFileName))
  }

  /** Returns an option of the main section, or `fallback` where it is not set. */
  getMainOption(name: string, fallback: string): string
  getMainOption(name: string, fallback?: string | null): string | null
  getMainOption(name: string, fallback: string | null = null): string | null {
    return this.getSectionOption(this.configIniSection, name, fallback)
  }

  /** Sets an option of the main section, over what the file says; a percent sign is written `%%`. */
  setMainOption(name: string, value: string): void {
    this.setSectionOption(this.configIniSection, name, value)
  }

  /** Takes an option out of the main section. */
  removeMainOption(name: string): void {
    this.fileConfig.sections.get(this.configIniSection)?.delete(name.toLowerCase())
  }

  /** Returns all options of a section, with those of `[DEFAULT]` and the injected ones such as `here`. */
  getSection(name: string, fallback: Readonly<Record<string, string>>): Record<string, string>
  getSection(name: string, fallback?: null): Record<string, string> | null
  getSection(
    name: string,
    fallback: Readonly<Record<string, string>> | null = null,
  ): Record<string, string> | null {
    const section = this.fileConfig.sections.get(name)
    if (section === undefined) return fallback === null ? null : { ...fallback }
    const keys = new Set([
      ...this.#variables(this.configFileName).keys(),
      ...this.fileConfig.defaults.keys(),
      ...section.keys(),
    ])
    return Object.fromEntries([...keys].map((key) => [key, this.#read(name, key) ?? '']))
  }

  /** Returns an option of any section, or `fallback`. */
  getSectionOption(section: string, name: string, fallback: string | null = null): string | null {
    if (!this.fileConfig.sections.has(section))
      throw new ConfigError(
        `No config file '${this.configFileName}' found, or file has no '[${section}]' section`,
      )
    return this.#read(section, name.toLowerCase()) ?? fallback
  }

  /** Sets an option of any section, which is made where it is missing. */
  setSectionOption(section: string, name: string, value: string): void {
    // Interpolated at once, so that a lone percent sign is reported where it is written.
    interpolate(value, () => '', `option '${name}' in section '${section}'`)
    const { sections } = this.fileConfig
    const options = sections.get(section) ?? new Map<string, string>()
    sections.set(section, options.set(name.toLowerCase(), value))
  }

  /** Returns an option of the tool itself: from the main section, else from `[tool.alembic]`, else `fallback`. */
  getAlembicOption(name: string, fallback: string): string
  getAlembicOption(name: string, fallback?: string | null): string | null
  getAlembicOption(name: string, fallback: string | null = null): string | null {
    const value = this.#read(this.configIniSection, name) ?? this.#tomlValue(name) ?? fallback
    if (typeof value === 'object' && value !== null)
      throw new ConfigError(`unsupported TOML value type for key: '${name}'`)
    return value === null ? null : String(value)
  }

  /** Returns a switch of the tool itself: `true` in the INI file, a boolean in `[tool.alembic]`; default false. */
  getAlembicBooleanOption(name: string): boolean {
    const text = this.#read(this.configIniSection, name)
    if (text !== undefined) return text === 'true'
    const value = this.tomlAlembicConfig[name] ?? false
    if (typeof value !== 'boolean')
      throw new ConfigError(`boolean value expected for TOML parameter '${name}'`)
    return value
  }

  /** Returns the folders of revision files, or null for the default, `versions` in the script location. */
  getVersionLocationsList(): string[] | null {
    const found = this.#pathList('version_locations', {
      separatorOptions: ['path_separator', 'version_path_separator'],
      legacy: 'spaces/commas',
    })
    return found ?? (this.settings?.versionLocations ? [...this.settings.versionLocations] : null)
  }

  /** Returns `prepend_sys_path`, which a Python project needs and nothing here reads. */
  getPrependSysPathsList(): string[] | null {
    return this.#pathList('prepend_sys_path', {
      separatorOptions: ['path_separator'],
      legacy: 'spaces, commas, and colons',
    })
  }

  /** Returns the hooks that run on new revision files, in order. */
  getHooksList(): PostWriteHook[] {
    const section = this.getSection('post_write_hooks')
    if (section === null)
      return [
        ...((this.#tomlValue('post_write_hooks') ?? []) as readonly PostWriteHook[]),
        ...(this.settings?.postWriteHooks ?? []).map((hook) => this.#withEnvironment(hook)),
      ]
    return splitWords(section['hooks'] ?? '').map((name) => {
      const own = Object.entries(section).filter(([key]) => key.startsWith(`${name}.`))
      return {
        ...Object.fromEntries(own.map(([key, value]) => [key.slice(name.length + 1), value])),
        name,
      }
    })
  }

  #withEnvironment(hook: PostWriteHook): PostWriteHook {
    const place = settingPlace(`postWriteHooks: ${hook.name}`, this.settingsFileName)
    const entries = Object.entries(hook).map(([key, value]) => [
      key,
      typeof value === 'string' ? substituteEnvironment(value, place) : value,
    ])
    return Object.fromEntries(entries) as PostWriteHook
  }

  /** Returns the folder of the templates of `init`; a subclass may have its own. */
  getTemplateDirectory(): string {
    return fileURLToPath(new URL('../../templates', import.meta.url))
  }

  #readIni(): IniFile {
    const file = this.configFileName
    if (file === null) return this.#iniOfSettings()
    return existsSync(file) ? parseIni(readText(file), file) : emptyIni()
  }

  /** Without a file, the main section holds what the configuration object says. */
  #iniOfSettings(): IniFile {
    const ini = emptyIni()
    const main = new Map<string, string>()
    for (const [key, value] of Object.entries(this.settings ?? {}))
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        main.set(iniNameOf(key), escapePercent(String(value)))
    ini.sections.set(this.configIniSection, main)
    return ini
  }

  #read(section: string, key: string): string | undefined {
    const variables = this.#variables(this.configFileName)
    const lookup = (name: string): string | undefined =>
      this.fileConfig.sections.get(section)?.get(name) ??
      this.fileConfig.defaults.get(name) ??
      variables.get(name)
    if (!this.fileConfig.sections.has(section)) return undefined
    const raw = lookup(key)
    if (raw === undefined) return undefined
    const place = this.#place(section, key)
    return substituteEnvironment(interpolate(raw, lookup, place), place)
  }

  /** How messages call an option. */
  #place(section: string, key: string): string {
    const { configFileName, settings, settingsFileName } = this
    if (settings !== null) return settingPlace(settingNameOf(key), settingsFileName)
    return `option '${key}' in section '${section}'${configFileName === null ? '' : ` of ${configFileName}`}`
  }

  #tomlValue(name: string): TomlValue | null {
    const raw = this.tomlAlembicConfig[name]
    if (raw === undefined) return null
    const place = `TOML key '${name}' of ${this.tomlFileName}`
    return substituteToml(raw, { name, place }, this.#variables(this.tomlFileName))
  }

  /** What `%(name)s` may name besides options: `here`, the folder of `file`, and `configArgs`. */
  #variables(file: string | null): Map<string, string> {
    const here = file === null ? process.cwd() : dirname(resolve(file))
    // A value of the caller's may hold any character; it is not interpolated again.
    const given = Object.entries({ ...this.configArgs, here: here.replaceAll('\\', '/') })
    return new Map(given.map(([name, value]) => [name.toLowerCase(), escapePercent(value)]))
  }

  #pathList(
    name: string,
    { separatorOptions, legacy }: { separatorOptions: readonly string[]; legacy: LegacySplit },
  ): string[] | null {
    const text = this.#read(this.configIniSection, name)
    if (text === undefined || text === '') {
      const value = this.#tomlValue(name)
      return value === null ? null : [value].flat().map(String)
    }
    for (const option of separatorOptions) {
      const separator = this.getMainOption(option)
      if (separator === null) continue
      if (option !== 'path_separator')
        warnOfOldForm(
          `The ${option} configuration parameter is deprecated; please use path_separator`,
        )
      return splitPaths(text, separatorNamed(separator, option))
    }
    return splitLegacy(text, name, legacy)
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`Can't read ${file}: ${(error as Error).message}`, { cause: error })
  }
}
