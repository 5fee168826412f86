import { AsyncLocalStorage } from 'node:async_hooks'

/** Severity of a log record, in the order of the standard's names: `NOTSET` lets everything through. */
export type LogLevel = 'NOTSET' | 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL'

/** One thing that was logged. */
export interface LogRecord {
  readonly logger: string
  readonly level: Exclude<LogLevel, 'NOTSET'>
  readonly message: string
  readonly time: Date
}

/** Where records go: any function that takes a record, for example one that hands it to `pino`. */
export type LogHandler = (record: LogRecord) => void

const SEVERITY: Readonly<Record<LogLevel, number>> = {
  NOTSET: 0,
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
}

/**
 * A named logger; names form a tree by their dots, and a record climbs from its logger to the root.
 *
 * A logger whose `level` is `NOTSET` takes the level of the nearest ancestor that has one.
 */
export class Logger {
  readonly name: string
  level: LogLevel
  /** Whether records also go to the handlers of the ancestors. */
  propagate: boolean = true
  readonly handlers: Set<LogHandler> = new Set()
  readonly parent: Logger | null

  constructor(name: string, parent: Logger | null, level: LogLevel = 'NOTSET') {
    this.name = name
    this.parent = parent
    this.level = level
  }

  /** Tells whether a record of this level would reach a handler's decision at all. */
  isEnabledFor(level: LogLevel): boolean {
    return SEVERITY[level] >= SEVERITY[this.effectiveLevel]
  }

  /** The level that holds here: the logger's own, or the nearest ancestor's. */
  get effectiveLevel(): LogLevel {
    if (this.level !== 'NOTSET' || this.parent === null) return this.level
    return this.parent.effectiveLevel
  }

  log(level: Exclude<LogLevel, 'NOTSET'>, message: string): void {
    const injected = scope().getStore()
    if (injected === undefined && !this.isEnabledFor(level)) return
    const name = this.name === '' ? 'root' : this.name
    const record: LogRecord = { logger: name, level, message, time: new Date() }
    if (injected === undefined) this.handle(record)
    else injected(record)
  }

  debug(message: string): void {
    this.log('DEBUG', message)
  }

  info(message: string): void {
    this.log('INFO', message)
  }

  warning(message: string): void {
    this.log('WARNING', message)
  }

  error(message: string): void {
    this.log('ERROR', message)
  }

  /** Gives a record to the handlers of this logger and of its ancestors, whatever its level. */
  handle(record: LogRecord): void {
    for (const handler of this.handlers) handler(record)
    if (this.propagate) this.parent?.handle(record)
  }
}

// Two copies of the package in one process (an app's and a tool's) must log to the same place.
const REGISTRY = Symbol.for('alembic-ts.loggers')

function registry(): Map<string, Logger> {
  const store = globalThis as { [REGISTRY]?: Map<string, Logger> }
  return (store[REGISTRY] ??= new Map([['', new Logger('', null, 'WARNING')]]))
}

/**
 * Returns the logger of this name, the same object at every call; no name is the root logger.
 *
 * Nothing is printed until a handler is added, here or by `fileConfig()` in the env file.
 *
 * @example
 * getLogger('alembic').level = 'INFO'
 * getLogger('alembic').handlers.add((record) => pino.info(record.message))
 */
export function getLogger(name: string = ''): Logger {
  const loggers = registry()
  const known = loggers.get(name)
  if (known !== undefined) return known
  const dot = name.lastIndexOf('.')
  const created = new Logger(name, getLogger(dot === -1 ? '' : name.slice(0, dot)))
  loggers.set(name, created)
  return created
}

/** A program's own logger: `console`, or one of pino, winston and their like. */
export interface LoggerLike {
  debug(message: string): unknown
  info(message: string): unknown
  warn(message: string): unknown
  error(message: string): unknown
}

const SCOPE = Symbol.for('alembic-ts.log-scope')

function scope(): AsyncLocalStorage<LogHandler> {
  const store = globalThis as { [SCOPE]?: AsyncLocalStorage<LogHandler> }
  return (store[SCOPE] ??= new AsyncLocalStorage())
}

/** Gives a warning to the logger of `withLogger()`; false where there is none. */
export function warnInjected(message: string): boolean {
  const injected = scope().getStore()
  injected?.({ logger: 'alembic.warnings', level: 'WARNING', message, time: new Date() })
  return injected !== undefined
}

/** Runs `body` such that all it logs, whatever the level, goes to `logger` and nowhere else. */
export function withLogger<T>(logger: LoggerLike, body: () => T): T {
  return scope().run(({ level, message }) => {
    switch (level) {
      case 'DEBUG':
        logger.debug(message)
        break
      case 'INFO':
        logger.info(message)
        break
      case 'WARNING':
        logger.warn(message)
        break
      case 'ERROR':
      case 'CRITICAL':
        logger.error(message)
    }
  }, body)
}

/** Returns whether `text` is the name of a level. */
export function isLogLevel(text: string): text is LogLevel {
  return Object.hasOwn(SEVERITY, text)
}

/** Lets only records of `level` and above through to `handler`. */
export function atLevel(level: LogLevel, handler: LogHandler): LogHandler {
  return (record) => {
    if (SEVERITY[record.level] >= SEVERITY[level]) handler(record)
  }
}
