import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { heads } from '../../src/command/heads.ts'
import { revision } from '../../src/command/revision.ts'
import { Config } from '../../src/config/config.ts'
import type { Script } from '../../src/script/script.ts'
import { makeProject, type Project } from '../command/project.ts'

let project: Project
afterEach(() => {
  project.dispose()
  vi.unstubAllEnvs()
})

test('every option of an alembic.ini counts', async () => {
  vi.stubEnv('ALEMBIC_TEST_AREA', 'billing')
  project = makeProject(`
version_locations =
    %(here)s/alembic/versions
    %(here)s/\${ALEMBIC_TEST_AREA}/versions
path_separator = newline
recursive_version_locations = true
file_template = %%(year)d/%%(month).2d/%%(day).2d-%%(hour).2d%%(minute).2d%%(second).2d-%%(epoch)d-%%(rev)s-%%(slug)s
truncate_slug_length = 12
timezone = utc
output_encoding = utf-8
revision_environment = false
sourceless = true
prepend_sys_path = .
[post_write_hooks]
hooks = first second
first.type = exec
first.executable = node
first.options = -e "require('fs').appendFileSync(process.argv[1], '// first\\n')" REVISION_SCRIPT_FILENAME
second.type = module
second.module = %(here)s/hook.mjs
second.text = \${ALEMBIC_TEST_TEXT:-second}
`)
  project.write(
    'hook.mjs',
    `import { appendFileSync } from 'node:fs'
export default (path, { text }) => appendFileSync(path, '// ' + text + '\\n')`,
  )
  project.write('alembic/script.ts.eta', readFileSync('templates/generic/script.ts.eta', 'utf8'))
  const made = (await revision(project.config, {
    message: 'Straße nach Süden',
    revId: 'a1',
    versionPath: `${project.folder}/billing/versions`,
  })) as Script
  expect(made.path).toMatch(
    /\/billing\/versions\/20\d\d\/[01]\d\/[0-3]\d-[0-2]\d[0-5]\d[0-5]\d-\d{10}-a1-straße_nach_\.ts$/,
  )
  const text = readFileSync(made.path, 'utf8')
  expect(text).toMatch(/ \* Create Date: [-\d]+ [:.\d]+\+00:00\n/)
  expect(text).toMatch(/\}\n\/\/ first\n\/\/ second\n$/)
  expect((await heads(project.config)).heads.map(({ revision: id }) => id)).toEqual(['a1'])
})

test('each section is a configuration of its own', () => {
  project = makeProject(
    'sqlalchemy.url = one\n[DEFAULT]\nshared = %(here)s/x\n[other]\nsqlalchemy.url = %(shared)s/two\n',
  )
  const { configFileName: file } = project.config
  const url = (section: string): string | null =>
    new Config({ file, section }).getMainOption('sqlalchemy.url')
  expect([url('alembic'), url('other')]).toEqual(['one', `${project.folder}/x/two`])
  expect(() => url('third')).toThrow("or file has no '[third]' section")
})
