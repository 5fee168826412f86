// Whatever a message, a label, a name, a comment, a default or a value holds: in a generated file it is data.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../src/dialects/builtin.ts'
import { RevisionContext } from '../../src/autogenerate/revision-context.ts'
import { createEngine } from '../../src/engine/engine.ts'
import * as sa from '../../src/sa.ts'
import { createAll } from '../../src/runtime/create-all.ts'
import { MigrationContext } from '../../src/runtime/migration-context.ts'
import { ScriptDirectory } from '../../src/script/script-directory.ts'
import { describeDatabases } from '../live/servers.ts'
import { CALLED, HOSTILE, readSource } from './generated-source.ts'
import { runHere } from './run-here.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'alembic-injection-')))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function makeProject(more = ''): void {
  mkdirSync(join(folder, 'alembic/versions'), { recursive: true })
  writeFileSync(
    join(folder, 'alembic.config.ts'),
    `export default { url: 'sqlite://', scriptLocation: 'alembic', ${more} }\n`,
  )
}

const files = (): string[] =>
  readdirSync(join(folder, 'alembic/versions')).map((name) =>
    readFileSync(join(folder, 'alembic/versions', name), 'utf8'),
  )

/** A file that parses, calls nothing but operations, and names nothing that it should not. */
function expectHarmless(text: string): ReturnType<typeof readSource> {
  const found = readSource(text)
  expect([...found.identifiers].filter((name) => name.includes(CALLED))).toEqual([])
  expect(
    [...found.calls].filter(
      (name) =>
        !/^(?:(?:op|sa|\w*[bB]atch\w*|postgresql|mysql|mariadb|sqlite)\.\w+|\.\w+)$/.test(name),
    ),
  ).toEqual([])
  return found
}

describe('revision', () => {
  it.each(HOSTILE)('with the message %j', async (message) => {
    makeProject()
    for (const kind of ['ts', 'sql']) {
      const line = ['revision', '-m', message, '--rev-id', `r${kind}`, '--kind', kind]
      expect(await runHere(folder, line)).toMatchObject({ status: 0 })
    }
    const [sql = '', ts = ''] = files().toSorted()
    expect(sql).toMatch(/^-- /)
    for (const row of sql.split(/\r\n|\r|\n/).filter((text) => text.includes(CALLED)))
      expect(row).toMatch(/^--/)
    expectHarmless(ts)
    // The rest of the tool reads them as it wrote them.
    const { status, output } = await runHere(folder, ['heads', '--json'])
    expect({ status, ids: /"revision": "rsql"/.test(output) }).toEqual({ status: 0, ids: true })
  })

  it.each(HOSTILE)('with the branch label %j', async (label) => {
    makeProject()
    const line = ['revision', '-m', 'x', '--rev-id', 'a1', `--branch-label=${label}`]
    const { status } = await runHere(folder, line)
    for (const text of files()) expect(expectHarmless(text).strings).toContain(label)
    expect(files()).toHaveLength(status === 0 ? 1 : 0)
    if (status !== 0) return
    const { output } = await runHere(folder, ['heads', '--json'])
    expect(JSON.parse(output)).toMatchObject({ heads: [{ branchLabels: [label] }] })
  })

  it.each(HOSTILE)('with the id %j', async (id) => {
    makeProject()
    const { status } = await runHere(folder, ['revision', '-m', 'x', `--rev-id=${id}`])
    expect(files()).toHaveLength(status === 0 ? 1 : 0)
    for (const text of files()) expect(expectHarmless(text).strings).toContain(id)
  })
})

/** A table whose every text is `text`, as far as the database takes it. */
function models(text: string, database: string): sa.MetaData {
  const metadata = sa.MetaData()
  // Names have 63 bytes at most, and no line breaks on MariaDB's paths of files.
  const name = (prefix: string): string => `${prefix}${text}`.slice(0, 40)
  const hasComments = database !== 'sqlite'
  const comment = hasComments ? { comment: text } : {}
  sa.Table(
    name('t'),
    metadata,
    sa.Column('id', sa.Integer(), { primaryKey: true, ...comment }),
    sa.Column(name('c'), sa.String(200), { serverDefault: text, ...comment }),
    sa.Column('kind', sa.Enum('plain', name('v'), { name: name('e') })),
    sa.Column('amount', sa.Integer()),
    sa.CheckConstraint(sa.text('amount <> 5'), { name: name('k') }),
    sa.UniqueConstraint('kind', { name: name('u') }),
    sa.Index(name('i'), 'amount'),
    comment,
  )
  return metadata
}

describeDatabases(['sqlite', 'postgresql', 'mariadb'], 'autogenerate', (db) => {
  it.each(HOSTILE)('of %j, from the models and from the database', async (text) => {
    const scratch = await db.createScratch()
    const connection = await createEngine(scratch.url).connect()
    try {
      const written: string[] = []
      const generate = async (targetMetadata: sa.MetaData, revId: string): Promise<void> => {
        const dir = join(folder, revId)
        mkdirSync(join(dir, 'versions'), { recursive: true })
        const script = new ScriptDirectory({
          dir,
          defaultTemplate: join(process.cwd(), 'templates/generic/script.ts.eta'),
          messaging: { quiet: true },
        })
        const context = await MigrationContext.configure({ connection, targetMetadata, script })
        const revision = new RevisionContext({
          script,
          templateArgs: {},
          args: {
            ...{ revId, message: text, head: 'head', splice: false },
            ...{ branchLabel: null, versionPath: null, dependsOn: null },
          },
        })
        await revision.runAutogenerate([], context)
        for (const made of await revision.generateScripts())
          written.push(readFileSync(made.path, 'utf8'))
      }
      await generate(models(text, db.name), 'added')
      await createAll(models(text, db.name), connection)
      await generate(sa.MetaData(), 'dropped')
      expect(written).toHaveLength(2)
      for (const source of written) {
        const { strings } = expectHarmless(source)
        for (const prefix of ['t', 'c', 'i', 'u'])
          expect(strings).toContain(`${prefix}${text}`.slice(0, 40))
      }
    } finally {
      await connection.close()
      await scratch.dispose()
    }
  })
})

describe('programs are started without a shell', () => {
  const AWKWARD = 'it\'s; touch PWNED && $(touch PWNED) `touch PWNED` | "x"'

  /** A program that notes what it was given. */
  function program(path: string): string {
    writeFileSync(
      path,
      `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(join(tmpdir(), `argv-${process.pid}.json`))}, JSON.stringify(process.argv.slice(2)))\n`,
    )
    chmodSync(path, 0o755)
    return path
  }
  const given = (): unknown =>
    JSON.parse(readFileSync(join(tmpdir(), `argv-${process.pid}.json`), 'utf8'))

  let project: string
  beforeEach(() => {
    project = join(folder, AWKWARD)
    mkdirSync(join(project, 'alembic/versions'), { recursive: true })
    cpSync('templates/generic/script.ts.eta', join(project, 'alembic/script.ts.eta'))
  })
  afterEach(() => rmSync(join(tmpdir(), `argv-${process.pid}.json`), { force: true }))

  it('post-write hooks get the file as one argument', async () => {
    const executable = program(join(folder, "a program's name; x.cjs"))
    const hook = {
      name: 'note',
      type: 'exec',
      executable,
      options: '--write REVISION_SCRIPT_FILENAME',
    }
    writeFileSync(
      join(project, 'alembic.config.ts'),
      `export default { url: 'sqlite://', scriptLocation: 'alembic', postWriteHooks: [${JSON.stringify(hook)}] }\n`,
    )
    const { status } = await runHere(project, ['revision', '-m', AWKWARD, '--rev-id', 'a1'])
    expect(status).toBe(0)
    const [file = ''] = readdirSync(join(project, 'alembic/versions'))
    expect(given()).toEqual(['--write', join(project, 'alembic/versions', file)])
    expect(existsSync(join(project, 'PWNED'))).toBe(false)
  })

  it('the editor gets the file as one argument, and its name is no command line', async () => {
    writeFileSync(
      join(project, 'alembic.config.ts'),
      "export default { url: 'sqlite://', scriptLocation: 'alembic' }\n",
    )
    await runHere(project, ['revision', '-m', 'x', '--rev-id', 'a1'])
    vi.stubEnv('EDITOR', program(join(folder, "my editor's.cjs")))
    expect(await runHere(project, ['edit', 'head'])).toMatchObject({ status: 0 })
    expect(given()).toEqual([join(project, 'alembic/versions/a1_x.ts')])
    vi.stubEnv('EDITOR', 'true; touch PWNED')
    vi.stubEnv('VISUAL', '$(touch PWNED)')
    vi.stubEnv('PATH', '')
    const { status, output } = await runHere(project, ['edit', 'head'])
    expect(status).not.toBe(0)
    expect(output).toContain('No suitable editor found')
    expect(existsSync(join(project, 'PWNED'))).toBe(false)
  })
})
