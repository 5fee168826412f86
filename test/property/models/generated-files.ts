import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { RevisionContext } from '../../../src/autogenerate/revision-context.ts'
import type { MigrationContext } from '../../../src/runtime/migration-context.ts'
import { ScriptDirectory } from '../../../src/script/script-directory.ts'
import type { Script } from '../../../src/script/script.ts'

const root = resolve(import.meta.dirname, '../../..')

/** The files that are kept to be judged; in a long run the others are taken away. */
const JUDGED = 1_000

/** Files that autogenerate writes, each alone in a history of its own, all to be judged at the end. */
export class GeneratedFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'alembic-ts-generated-'))
  readonly #paths: string[] = []
  #count = 0

  /** The file that leads from the context's database to its `targetMetadata`. */
  async write(context: MigrationContext): Promise<Script> {
    const revId = `r${(this.#count += 1)}`
    const versions = join(this.#folder, 'versions', revId)
    mkdirSync(versions, { recursive: true })
    const script = new ScriptDirectory({
      dir: join(root, 'templates/generic'),
      versionLocations: [versions],
      messaging: { quiet: true },
    })
    const revision = new RevisionContext({
      script,
      args: {
        revId,
        message: 'generated',
        head: 'head',
        splice: false,
        branchLabel: null,
        versionPath: null,
        dependsOn: null,
      },
      templateArgs: {},
    })
    await revision.runAutogenerate([], context)
    const [generated] = await revision.generateScripts()
    if (generated === undefined) throw new TypeError('nothing was written')
    // Where nothing is to be done, the template's imports are there to be used by hand.
    const isEmpty = !this.read(generated).includes('await op.')
    if (this.#paths.length < JUDGED && !isEmpty) this.#paths.push(generated.path)
    return generated
  }

  /** For when a file was run: it stays only where it is to be judged. */
  release({ path }: Script): void {
    if (!this.#paths.includes(path)) rmSync(dirname(path), { recursive: true })
  }

  read({ path }: Script): string {
    return readFileSync(path, 'utf8').replace(/^[^]*?(?=export async function upgrade)/, '')
  }

  /** What `tsc --strict`, the linter and the formatter have against any of the files. */
  judge(): string {
    mkdirSync(join(this.#folder, 'node_modules'))
    symlinkSync(root, join(this.#folder, 'node_modules/alembic-ts'))
    symlinkSync(join(root, 'node_modules/@types'), join(this.#folder, 'node_modules/@types'))
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }')
    copyFileSync(join(root, 'examples/posts/tsconfig.json'), join(this.#folder, 'tsconfig.json'))
    writeFileSync(join(this.#folder, '.oxlintrc.json'), projectRules())
    copyFileSync(join(root, '.oxfmtrc.json'), join(this.#folder, '.oxfmtrc.json'))
    this.#include()
    for (const path of this.#paths) {
      // What follows `Revises:` in a first revision is a blank, which the formatter takes away.
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^ \* Revises: $/m, ' * Revises:'))
    }
    return [
      this.#run('typescript/bin/tsc', '-p', '.'),
      this.#run('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', 'versions'),
      this.#run('oxfmt/bin/oxfmt', '--check', 'versions'),
    ].join('')
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true })
  }

  #include(): void {
    const file = join(this.#folder, 'tsconfig.json')
    const given = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...given, include: ['versions'] }))
  }

  #run(program: string, ...args: readonly string[]): string {
    const done = spawnSync('node', [join(root, 'node_modules', program), ...args], {
      cwd: this.#folder,
      encoding: 'utf8',
    })
    if (done.status === 0) return ''
    const [named] = /versions\/\S+\.ts/.exec(done.stdout) ?? []
    const text = named === undefined ? '' : readFileSync(join(this.#folder, named), 'utf8')
    return `${program}\n${done.stdout}${done.stderr}\nThe first of them:\n${text}`
  }
}

/** This repository's rules, without those for its own file names. */
function projectRules(): string {
  const text = readFileSync(join(root, '.oxlintrc.json'), 'utf8')
  const { ignorePatterns: _, rules, ...config } = JSON.parse(text) as Record<string, object>
  return JSON.stringify({ ...config, rules: { ...rules, 'unicorn/filename-case': 'off' } })
}
