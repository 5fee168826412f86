import { expect, test } from 'vitest'
import { atLevel, getLogger, type LogRecord } from '../../src/util/logging.ts'

test('levels are inherited, records climb to the root, and the registry is shared by copies of the package', () => {
  const seen: string[] = []
  const collect = ({ logger, level, message }: LogRecord): void => {
    seen.push(`${logger} ${level} ${message}`)
  }
  const parent = getLogger('a.b')
  parent.level = 'INFO'
  parent.handlers.add(collect)
  parent.handlers.add(atLevel('ERROR', (record) => seen.push(`only ${record.message}`)))
  getLogger('a.b.c.d').info('one')
  getLogger('a.b.c').debug('no')
  getLogger('a').error('no')
  getLogger('a.b.c').level = 'DEBUG'
  getLogger('a.b.c.d').debug('two')
  getLogger('a.b').error('three')
  getLogger('a.b.c').propagate = false
  getLogger('a.b.c').error('no')
  expect(seen).toEqual(['a.b.c.d INFO one', 'a.b.c.d DEBUG two', 'a.b ERROR three', 'only three'])
  expect(getLogger('a.b')).toBe(parent)
  expect((globalThis as Record<symbol, unknown>)[Symbol.for('alembic-ts.loggers')]).toBeInstanceOf(
    Map,
  )
})
