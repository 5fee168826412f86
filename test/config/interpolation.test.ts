import { afterEach, expect, test, vi } from 'vitest'
import { interpolate, substituteEnvironment } from '../../src/config/interpolation.ts'

const options = new Map([
  ['here', '/srv'],
  ['dir', '%(here)s/db'],
  ['loop', '%(loop)s'],
])
const read = (value: string): string =>
  interpolate(value, (name) => options.get(name), "option 'x' in section 'alembic'")

afterEach(() => vi.unstubAllEnvs())

test.each([
  ['plain', 'plain'],
  ['%(here)s/a', '/srv/a'],
  ['%(DIR)s/b', '/srv/db/b'],
  ['100%%', '100%'],
  ['%%(rev)s', '%(rev)s'],
  ['%%%(here)s', '%/srv'],
])('%s becomes %s', (value, expected) => {
  expect(read(value)).toBe(expected)
})

test.each([
  [
    'u:p%40w@h/db',
    "'%' must be followed by '%' or '(' in option 'x' in section 'alembic'; a percent sign is written %%",
  ],
  ['%(here', "Bad interpolation variable reference '%(here' in option 'x' in section 'alembic'"],
  [
    '%(nope)s',
    "Bad value substitution: option 'x' in section 'alembic' contains an interpolation key 'nope' which is not a valid " +
      "option name. Raw value: '%(nope)s'",
  ],
  [
    '%(loop)s',
    "Value of option 'x' in section 'alembic' refers to itself, or more than 10 levels deep: '%(loop)s'",
  ],
])('%s is refused', (value, message) => {
  expect(() => read(value)).toThrow(expect.objectContaining({ message, code: 'CONFIG_INVALID' }))
})

test('takes environment variables, with and without a default', () => {
  vi.stubEnv('DB_USER', 'scott%40')
  vi.stubEnv('DB_EMPTY', '')
  const substitute = (value: string): string => substituteEnvironment(value, "option 'url'")
  expect(substitute('pg://${DB_USER}@${DB_HOST:-localhost}/${DB_EMPTY:-app}${DB_EMPTY}')).toBe(
    'pg://scott%40@localhost/app',
  )
  expect(substitute('$${DB_USER} $5 ${not a name}')).toBe('${DB_USER} $5 ${not a name}')
  expect(() => substitute('${DB_NOT_SET}')).toThrow(
    "Environment variable DB_NOT_SET is not set; option 'url' needs it. Set it, or give a default: ${DB_NOT_SET:-default}",
  )
})
