import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
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

/** Warnings of old forms, which come only where Node is asked for them. */
function warningsOf(work: () => unknown): string[] {
  const warnings: string[] = []
  const spy = vi.spyOn(process, 'emitWarning').mockImplementation((text) => {
    warnings.push(String(text))
  })
  work()
  expect(warnings).toEqual([])
  vi.stubEnv('NODE_PENDING_DEPRECATION', '1')
  work()
  vi.unstubAllEnvs()
  spy.mockRestore()
  return warnings
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

describe('places in messages', () => {
  const message = (read: () => unknown): string => {
    try {
      read()
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }
  const begin = 'Environment variable ALEMBIC_NO_SUCH is not set; '
  const end = ' needs it. Set it, or give a default: ${ALEMBIC_NO_SUCH:-default}'

  test('a variable that is missing: option and file', () => {
    const main = ini('[alembic]\nsqlalchemy.url = ${ALEMBIC_NO_SUCH}\n[db]\na = ${ALEMBIC_NO_SUCH}')
    const file = `${folder}/alembic.ini`
    expect(message(() => main.getMainOption('sqlalchemy.url'))).toBe(
      `${begin}option 'sqlalchemy.url' in section 'alembic' of ${file}${end}`,
    )
    expect(message(() => main.getSection('db'))).toBe(
      `${begin}option 'a' in section 'db' of ${file}${end}`,
    )
    expect(
      message(() =>
        toml(
          '[tool.alembic]\nversion_locations = ["${ALEMBIC_NO_SUCH}"]',
        ).getVersionLocationsList(),
      ),
    ).toBe(`${begin}TOML key 'version_locations' of ${folder}/pyproject.toml${end}`)
    const settings = {
      url: '${ALEMBIC_NO_SUCH}',
      fileTemplate: '${ALEMBIC_NO_SUCH}',
      postWriteHooks: [{ name: 'lint', type: 'exec', executable: '${ALEMBIC_NO_SUCH}' }],
    }
    const object = new Config({ settings, settingsFile: 'alembic.config.ts' })
    expect(message(() => object.getMainOption('sqlalchemy.url'))).toBe(
      `${begin}'url' in alembic.config.ts${end}`,
    )
    expect(message(() => object.getAlembicOption('file_template'))).toBe(
      `${begin}'fileTemplate' in alembic.config.ts${end}`,
    )
    expect(message(() => object.getHooksList())).toBe(
      `${begin}'postWriteHooks: lint' in alembic.config.ts${end}`,
    )
  })

  test('variables and defaults, everywhere', () => {
    vi.stubEnv('ALEMBIC_SOME', 'x')
    const config = ini(
      '[alembic]\nversion_locations = ${ALEMBIC_SOME}/a:${ALEMBIC_NO_SUCH:-y}/b\npath_separator = :\n' +
        'file_template = ${ALEMBIC_SOME}%%(rev)s\n[post_write_hooks]\nhooks = ${ALEMBIC_SOME}\nx.type = ${ALEMBIC_NO_SUCH:-exec}',
    )
    expect(config.getVersionLocationsList()).toEqual(['x/a', 'y/b'])
    expect(config.getAlembicOption('file_template')).toBe('x%(rev)s')
    expect(config.getHooksList()).toEqual([{ name: 'x', type: 'exec' }])
    vi.unstubAllEnvs()
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
    [' x/a : : x/b ', 'path_separator = os', ['x/a', 'x/b']],
    ['%(here)s/a:%(here)s/b', 'path_separator = :', ['<DIR>/a', '<DIR>/b']],
  ])('%j with %j', (value, separator, expected) => {
    expect(
      ini(`[alembic]\nversion_locations = ${value}\n${separator}\n`).getVersionLocationsList(),
    ).toEqual(expected.map((path) => path.replace('<DIR>', folder)))
  })

  test.each([
    ['version_locations = a, b', 'spaces/commas for version_locations'],
    ['prepend_sys_path = a, b:c', 'spaces, commas, and colons for prepend_sys_path'],
  ])('%s without a separator gives the warning of old files', (line, what) => {
    const config = ini(`[alembic]\n${line}\n`)
    const warnings = warningsOf(() => {
      expect(config.getVersionLocationsList() ?? config.getPrependSysPathsList()).toEqual(
        line.startsWith('version') ? ['a', 'b'] : ['a', 'b', 'c'],
      )
    })
    expect(warnings).toEqual([
      `No path_separator found in configuration; falling back to legacy splitting on ${what}.  Consider adding ` +
        'path_separator=os to Alembic config.',
    ])
  })

  test('the old name of the separator gives a warning, the new one none', () => {
    const lists = (line: string): string[] =>
      warningsOf(() =>
        ini(
          `[alembic]\nversion_locations = a b\nprepend_sys_path = .\n${line}\n`,
        ).getVersionLocationsList(),
      )
    expect(lists('version_path_separator = space')).toEqual([
      'The version_path_separator configuration parameter is deprecated; please use path_separator',
    ])
    expect(lists('path_separator = space')).toEqual([])
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
      "'%' must be followed by '%' or '(' in TOML key 'x' of <DIR>/pyproject.toml; a percent sign is written %%",
    ],
  ])('%s', (line, message) => {
    expect(() => toml(`[tool.alembic]\n${line}\n`).getAlembicOption('x')).toThrow(
      message.replace('<DIR>', folder),
    )
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
