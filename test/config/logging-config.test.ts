import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fileConfig } from '../../src/config/logging-config.ts'
import { getLogger } from '../../src/util/logging.ts'

const STOCK = readFileSync('templates/generic/alembic.ini.eta', 'utf8')

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alembic-logging-'))
  file = join(folder, 'alembic.ini')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  for (const name of ['', 'alembic', 'sqlalchemy.engine']) {
    getLogger(name).handlers.clear()
    getLogger(name).level = 'NOTSET'
  }
  getLogger().level = 'WARNING'
})

function capture(stream: NodeJS.WriteStream): () => string {
  const write = vi.spyOn(stream, 'write').mockReturnValue(true)
  return () => write.mock.calls.map(([text]) => String(text)).join('')
}

test('the sections of the generated file: alembic at INFO, all else at WARNING, to standard error', () => {
  writeFileSync(file, STOCK)
  fileConfig(file)
  const written = capture(process.stderr)
  getLogger('alembic.runtime.migration').info('Context impl X.')
  getLogger('alembic.runtime.migration').debug('no')
  getLogger('sqlalchemy.engine').info('no')
  getLogger('app').info('no')
  getLogger('app').warning('disk is full')
  expect(written()).toBe(
    'INFO  [alembic.runtime.migration] Context impl X.\nWARNI [app] disk is full\n',
  )
})

test('formats, dates, files and levels of handlers', () => {
  const log = join(folder, 'a.log')
  writeFileSync(
    file,
    `[loggers]\nkeys = root\n[handlers]\nkeys = file, null\n[formatters]\nkeys = f\n` +
      `[logger_root]\nlevel = INFO\nhandlers = file, null\n` +
      `[handler_file]\nclass = FileHandler\nargs = ('${log}', 'a')\nlevel = ERROR\nformatter = f\n` +
      `[handler_null]\nclass = logging.NullHandler\n` +
      `[formatter_f]\nformat = %(asctime)s|%(levelname)8s|%(name).3s|%(message)s|100%%\ndatefmt = %H:%M\n`,
  )
  fileConfig(file)
  getLogger('alembic').info('no')
  getLogger('alembic').error('yes')
  expect(readFileSync(log, 'utf8')).toMatch(/^\d\d:\d\d\|   ERROR\|ale\|yes\|100%\n$/)
})

test.each([
  [
    '[alembic]\n',
    'no [formatters] section. Add the logging sections, or take fileConfig() out of the env file',
  ],
  [
    STOCK.replace('class = StreamHandler', 'class = SysLogHandler'),
    "[handler_console] has class 'SysLogHandler'; known are StreamHandler, FileHandler and NullHandler. For any other " +
      "target add a function to getLogger('alembic').handlers in the env file",
  ],
  [STOCK.replace('level = INFO', 'level = LOUD'), "[logger_alembic] has an unknown level 'LOUD'"],
  [
    STOCK.replace('formatter = generic', 'formatter = x'),
    "[handler_console] names an unknown formatter 'x'",
  ],
  [
    STOCK.replace('handlers = console', 'handlers = x'),
    "[logger_root] names an unknown handler 'x'",
  ],
])('%#: incomplete sections are one line', (text, message) => {
  writeFileSync(file, text)
  expect(() => fileConfig(file)).toThrow(`Can't set up logging from '${file}': ${message}`)
})

test('a missing file', () => {
  expect(() => fileConfig('/nowhere.ini')).toThrow(
    "No config file '/nowhere.ini' found to set up logging from",
  )
})
