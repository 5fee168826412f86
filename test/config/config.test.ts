import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Config } from '../../src/config/config.ts'
import { ConfigError } from '../../src/errors/config-error.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alembic-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const ini = (text: string): Config => new Config({ file: write('alembic.ini', text) })
const toml = (text: string): Config => new Config({ tomlFile: write('pyproject.toml', text) })

describe('an INI file', () => {
  test('gives options, interpolated', () => {
    const config = ini(
      '[DEFAULT]\nhost = h\n[alembic]\nscript_location = %(here)s/db\nurl = %(host)s\n',
    )
    expect(config.getMainOption('script_location')).toBe(`${folder}/db`)
    expect(config.getMainOption('URL')).toBe('h')
    expect(config.getMainOption('nope')).toBeNull()
    expect(config.getMainOption('nope', 'x')).toBe('x')
    expect(config.getSection('alembic')).toEqual({
      here: folder,
      host: 'h',
      script_location: `${folder}/db`,
      url: 'h',
    })
    expect(config.getSection('nope')).toBeNull()
    expect(config.getSection('nope', { a: 'b' })).toEqual({ a: 'b' })
  })

  test('a missing section is an error for options, not for the tool itself', () => {
    const config = ini('[other]\nx = 1\n')
    expect(() => config.getMainOption('x')).toThrow(
      `No config file '${folder}/alembic.ini' found, or file has no '[alembic]' section`,
    )
    expect(config.getAlembicOption('script_location')).toBeNull()
    expect(config.getSectionOption('other', 'x')).toBe('1')
  })

  test('a missing file is empty', () => {
    const config = new Config({ file: join(folder, 'nope.ini') })
    expect(config.getAlembicOption('script_location')).toBeNull()
    expect(config.getVersionLocationsList()).toBeNull()
    expect(config.getHooksList()).toEqual([])
  })

  test('another main section', () => {
    const config = new Config({ file: write('a.ini', '[other]\nx = 1\n'), section: 'other' })
    expect(config.getMainOption('x')).toBe('1')
  })

  test('names given in code are interpolated, whatever they hold', () => {
    const config = new Config({
      file: write('a.ini', '[alembic]\nx = %(who)s\n'),
      configArgs: { who: '%40' },
    })
    expect(config.getMainOption('x')).toBe('%40')
  })

  test('only "true" switches on', () => {
    const config = ini('[alembic]\na = true\nb = yes\n')
    expect([config.getAlembicBooleanOption('a'), config.getAlembicBooleanOption('b')]).toEqual([
      true,
      false,
    ])
    expect(config.getAlembicBooleanOption('c')).toBe(false)
  })

  test('hooks in their order', () => {
    const config = ini(
      '[post_write_hooks]\nhooks = a, b\na.type = exec\na.executable = echo\nb.type = npm\nab.type = x\n',
    )
    expect(config.getHooksList()).toEqual([
      { name: 'a', type: 'exec', executable: 'echo' },
      { name: 'b', type: 'npm' },
    ])
  })
})

describe('lists of paths', () => {
  test.each([
    ['x/a x/b', '', ['x/a', 'x/b']],
    ['x/a, x/b', '', ['x/a', 'x/b']],
    ['x/a:x/b', 'path_separator = :', ['x/a', 'x/b']],
    ['x/a;x/b', 'path_separator = ;', ['x/a', 'x/b']],
    ['x/a x/b', 'path_separator = space', ['x/a', 'x/b']],
    ['x/a b\n  x/b', 'path_separator = newline', ['x/a b', 'x/b']],
    ['x/a:x/b', 'version_path_separator = os', ['x/a', 'x/b']],
    ['x/a:x/b', 'path_separator = os\nversion_path_separator = space', ['x/a', 'x/b']],
  ])('%j with %j', (value, separator, expected) => {
    expect(
      ini(`[alembic]\nversion_locations = ${value}\n${separator}\n`).getVersionLocationsList(),
    ).toEqual(expected)
  })

  test('an unknown separator', () => {
    const config = ini('[alembic]\nversion_locations = a\npath_separator = x\n')
    expect(() => config.getVersionLocationsList()).toThrow(
      "'x' is not a valid value for path_separator; expected 'space', 'newline', 'os', ':', ';'",
    )
  })
})

describe('options set in code', () => {
  test('override, make sections, and can be taken out', () => {
    const config = new Config()
    config.setMainOption('Script_Location', '%(here)s/x')
    config.setSectionOption('other', 'a', '1')
    expect(config.getMainOption('script_location')).toBe(`${process.cwd()}/x`)
    expect(config.getSectionOption('other', 'a')).toBe('1')
    config.removeMainOption('script_location')
    expect(config.getMainOption('script_location')).toBeNull()
  })

  test('a lone percent sign is refused at once', () => {
    expect(() => new Config().setMainOption('sqlalchemy.url', 'pg://u:p%40w@h/db')).toThrow(
      ConfigError,
    )
  })

  test('attributes are a copy of what was given', () => {
    const given = { connection: 1 }
    const config = new Config({ attributes: given })
    config.attributes['more'] = 2
    expect([config.attributes, given]).toEqual([{ connection: 1, more: 2 }, { connection: 1 }])
  })
})

describe('a pyproject.toml', () => {
  test('answers where the INI file does not', () => {
    const config = toml(
      '[tool.alembic]\nscript_location = "%(here)s/db"\nfile_template = "%%(rev)s"\ntruncate_slug_length = 10\n' +
        'recursive_version_locations = true\nversion_locations = ["%(here)s/a", "b"]\n' +
        '[[tool.alembic.post_write_hooks]]\nname = "lint"\ntype = "exec"\n',
    )
    expect(config.getAlembicOption('script_location')).toBe(`${folder}/db`)
    expect(config.getAlembicOption('file_template')).toBe('%(rev)s')
    expect(config.getAlembicOption('truncate_slug_length')).toBe('10')
    expect(config.getAlembicBooleanOption('recursive_version_locations')).toBe(true)
    expect(config.getVersionLocationsList()).toEqual([`${folder}/a`, 'b'])
    expect(config.getHooksList()).toEqual([{ name: 'lint', type: 'exec' }])
    expect(config.getMainOption('script_location')).toBeNull()
    config.setMainOption('script_location', 'ini')
    expect(config.getAlembicOption('script_location')).toBe('ini')
  })

  test.each([
    ['x = 1979-05-27', "unsupported TOML value type for key: 'x'"],
    ['x = 1.5', "unsupported TOML value type for key: 'x'"],
    ['x = ["a"]', "unsupported TOML value type for key: 'x'"],
    [
      'x = "50%"',
      "'%' must be followed by '%' or '(' in TOML key 'x'; a percent sign is written %%",
    ],
  ])('%s', (line, message) => {
    expect(() => toml(`[tool.alembic]\n${line}\n`).getAlembicOption('x')).toThrow(message)
  })

  test('a switch must be a boolean', () => {
    expect(() =>
      toml('[tool.alembic]\nsourceless = "true"\n').getAlembicBooleanOption('sourceless'),
    ).toThrow("boolean value expected for TOML parameter 'sourceless'")
  })

  test('a broken file is one line', () => {
    expect(() => toml('[tool\n').getAlembicOption('x')).toThrow(
      new RegExp(`^While reading from '${folder}/pyproject.toml': [^\\n]+$`),
    )
  })
})

test('prints, unless quiet', () => {
  let printed = ''
  const stdout = { write: (text: string) => (printed += text) }
  new Config({ stdout }).printStdout('100%')
  new Config({ stdout, cmdOpts: { quiet: true } }).printStdout('no')
  expect(printed).toBe('100%\n')
})
