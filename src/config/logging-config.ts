import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { ConfigError } from '../errors/config-error.ts'
import { atLevel, getLogger, isLogLevel, type LogHandler, type LogLevel } from '../util/logging.ts'
import { type IniFile, type IniSection, parseIni } from './ini-file.ts'
import { formatRecord } from './log-format.ts'
import { splitWords } from './path-list.ts'

/** The format of the generated `alembic.ini`: `INFO  [alembic.runtime.migration] Running upgrade …`. */
export const DEFAULT_LOG_FORMAT = '%(levelname)-5.5s [%(name)s] %(message)s'

/**
 * Sets up logging as the sections `[loggers]`, `[handlers]` and `[formatters]` of an INI file say; the env file calls it.
 *
 * Handlers are `StreamHandler` (standard error, or `(sys.stdout,)`), `FileHandler` and `NullHandler`. What a logger had
 * before is replaced.
 *
 * @throws ConfigError where the file is missing, or its logging sections are incomplete.
 *
 * @example
 * if (config.configFileName !== null) fileConfig(config.configFileName)
 */
export function fileConfig(fileName: string): void {
  if (!existsSync(fileName))
    throw new ConfigError(`No config file '${fileName}' found to set up logging from`)
  const reader = new LoggingSections(parseIni(readFileSync(fileName, 'utf8'), fileName), fileName)
  reader.apply()
}

/** Sets up logging as the generated `alembic.ini` does, for projects without one: `alembic` at INFO, to standard error. */
export function defaultLoggingConfig(): void {
  const root = getLogger()
  root.level = 'WARNING'
  root.handlers.clear()
  root.handlers.add((record) =>
    process.stderr.write(`${formatRecord(DEFAULT_LOG_FORMAT, undefined, record)}\n`),
  )
  getLogger('alembic').level = 'INFO'
}

/** The logging sections of an INI file, read raw: their formats are full of percent signs. */
class LoggingSections {
  readonly #ini: IniFile
  readonly #fileName: string

  constructor(ini: IniFile, fileName: string) {
    this.#ini = ini
    this.#fileName = fileName
  }

  apply(): void {
    const formatters = new Map(
      this.#names('formatters').map((name) => [name, this.#section(`formatter_${name}`)]),
    )
    const handlers = new Map(
      this.#names('handlers').map((name) => [name, this.#handler(`handler_${name}`, formatters)]),
    )
    for (const name of this.#names('loggers')) this.#logger(name, handlers)
  }

  #logger(name: string, handlers: ReadonlyMap<string, LogHandler>): void {
    const sectionName = `logger_${name}`
    const section = this.#section(sectionName)
    const logger = getLogger(name === 'root' ? '' : (section.get('qualname') ?? name))
    logger.level = this.#level(sectionName)
    logger.propagate = section.get('propagate') !== '0'
    logger.handlers.clear()
    for (const handlerName of splitWords(section.get('handlers') ?? '')) {
      const handler = handlers.get(handlerName)
      if (handler === undefined)
        throw this.#error(`[${sectionName}] names an unknown handler '${handlerName}'`)
      logger.handlers.add(handler)
    }
  }

  #handler(sectionName: string, formatters: ReadonlyMap<string, IniSection>): LogHandler {
    const section = this.#section(sectionName)
    const formatter = section.get('formatter') ?? ''
    if (formatter !== '' && !formatters.has(formatter))
      throw this.#error(`[${sectionName}] names an unknown formatter '${formatter}'`)
    const format = formatters.get(formatter)?.get('format') ?? '%(message)s'
    const dateFormat = formatters.get(formatter)?.get('datefmt')
    const write = this.#writer(sectionName, section)
    return atLevel(this.#level(sectionName), (record) =>
      write(`${formatRecord(format, dateFormat, record)}\n`),
    )
  }

  #writer(sectionName: string, section: IniSection): (line: string) => void {
    const type = (section.get('class') ?? '').replace(/^logging\./, '')
    const args = section.get('args') ?? ''
    switch (type) {
      case 'StreamHandler':
        return args.includes('stdout')
          ? (line) => void process.stdout.write(line)
          : (line) => void process.stderr.write(line)
      case 'FileHandler': {
        const file = /\(\s*['"]([^'"]+)['"]/.exec(args)?.[1]
        if (file === undefined) throw this.#error(`[${sectionName}] needs args = ('<file name>',)`)
        return (line) => appendFileSync(file, line)
      }
      case 'NullHandler':
        return () => undefined
      default:
        throw this.#error(
          `[${sectionName}] has class '${type}'; known are StreamHandler, FileHandler and NullHandler. For any other ` +
            `target add a function to getLogger('alembic').handlers in the env file`,
        )
    }
  }

  #level(sectionName: string): LogLevel {
    const level = this.#section(sectionName).get('level') ?? 'NOTSET'
    const name = level === 'WARN' ? 'WARNING' : level
    if (!isLogLevel(name)) throw this.#error(`[${sectionName}] has an unknown level '${level}'`)
    return name
  }

  #names(sectionName: string): string[] {
    return splitWords(this.#section(sectionName).get('keys') ?? '')
  }

  #section(name: string): IniSection {
    const section = this.#ini.sections.get(name)
    if (section === undefined)
      throw this.#error(
        `no [${name}] section. Add the logging sections, or take fileConfig() out of the env file`,
      )
    return section
  }

  #error(text: string): ConfigError {
    return new ConfigError(`Can't set up logging from '${this.#fileName}': ${text}`)
  }
}
